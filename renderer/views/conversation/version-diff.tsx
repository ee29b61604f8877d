import { useQuery } from '@tanstack/react-query';
import type { Message, VersionDiff as Diff } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatSeconds } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './version-diff.module.css';

/** What a version has that the one before it had not, and the other way round. */
export function VersionDiff({ id, from, to, zone }: { id: string; from: number; to: number; zone: string }) {
  const client = useClient();
  const diff = useQuery({
    queryKey: ['conversations.diff', id, from, to],
    queryFn: ({ signal }) => client.call('conversations.diff', { id, from, to }, signal),
  });
  if (diff.error !== null) return <ErrorNotice error={asErrorValue(diff.error)} />;
  if (diff.data === undefined) return <p role="status">{t('state.loading')}</p>;
  return <Changes diff={diff.data} zone={zone} />;
}

function Changes({ diff, zone }: { diff: Diff; zone: string }) {
  const { messages, fields } = diff;
  const changes = messages.added.length + messages.removed.length + messages.changed.length + fields.length;
  if (changes === 0) return <p className={styles.aside}>{t('diff.nothing')}</p>;
  return (
    <ul className={styles.changes} aria-label={t('diff.label', { from: diff.from, to: diff.to })}>
      {messages.removed.map((message) => (
        <li key={`removed ${message.index}`}>
          <b>{t('diff.removed')}</b> <Line message={message} zone={zone} /> <del>{message.text}</del>
        </li>
      ))}
      {messages.added.map((message) => (
        <li key={`added ${message.index}`}>
          <b>{t('diff.added')}</b> <Line message={message} zone={zone} /> <ins>{message.text}</ins>
        </li>
      ))}
      {messages.changed.map(({ before, after }) => (
        <li key={`changed ${after.index}`}>
          <b>{t('diff.changed')}</b> <Line message={after} zone={zone} /> <del>{before.text}</del>{' '}
          <ins>{after.text}</ins>
        </li>
      ))}
      {fields.map(({ field, before, after }, index) => (
        <li key={`field ${index}`}>
          <b>{field}</b> {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
        </li>
      ))}
    </ul>
  );
}

function Line({ message, zone }: { message: Message; zone: string }) {
  return (
    <span className={styles.aside}>
      {message.time !== null && `${formatSeconds(message.time, zone)} `}
      {message.speaker}
    </span>
  );
}
