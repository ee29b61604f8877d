import type { Transcript } from '../../../preload/model.ts';
import { formatDuration, formatList, formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { FlagSentences } from './flags.tsx';
import { Score } from './score.tsx';
import styles from './reader-title.module.css';

/** Who, with whom, when, how long, how it was judged; then what the reader must know about the record. */
export function ReaderTitle({ transcript, zone }: { transcript: Transcript; zone: string }) {
  const agents = transcript.agents.map((agent) => agent.name);
  return (
    <div className={styles.title}>
      <h2 className={styles.name}>
        <bdi>{transcript.customer.name ?? transcript.customer.id ?? t('conversation.unknown-customer')}</bdi>
        {agents.length > 0 && (
          <span className={styles.with}>
            {' '}
            → <bdi>{formatList(agents)}</bdi>
          </span>
        )}
      </h2>
      <p className={styles.facts}>
        <span>{t(`source.${transcript.source}`)}</span>
        <time dateTime={new Date(transcript.startedAt).toISOString()}>{formatMoment(transcript.startedAt, zone)}</time>
        {transcript.durationMs !== null && <span>{formatDuration(transcript.durationMs)}</span>}
        {transcript.skills.length > 0 && <bdi>{transcript.skills.map((skill) => skill.name).join(', ')}</bdi>}
        {transcript.csat !== null && <Score name="CSAT" value={transcript.csat} />}
        {transcript.nps !== null && <Score name="NPS" value={transcript.nps} />}
        {transcript.mcs !== null && <Score name="MCS" value={transcript.mcs} />}
      </p>
      <FlagSentences flags={transcript.flags} />
    </div>
  );
}
