import { useEffect, useRef } from 'react';
import { useCancelJob, useJob } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { asErrorValueOfJob, jobOutcome, jobProgressWords } from '../../state/job-words.ts';
import { useNow } from '../../state/use-now.ts';
import { formatDuration, fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './first-sync.module.css';

interface FirstSyncProps {
  jobId: string;
  onDone: () => void;
  onAgain: () => void;
}

/** The first fill: what is happening, how far it is, and that one may already search or stop. */
export function FirstSync({ jobId, onDone, onAgain }: FirstSyncProps) {
  const job = useJob(jobId);
  const cancel = useCancelJob();
  const now = useNow(1000);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (job === undefined) return <Skeleton rows={3} label={t('state.loading')} />;
  const fraction = fractionOf(job.done, job.total);
  return (
    <section className={styles.sync} aria-labelledby="sync-title">
      <h1 id="sync-title" ref={heading} tabIndex={-1}>
        {job.state === 'running' ? t('sync.title') : t(`sync.${job.state}`)}
      </h1>
      {job.state === 'running' ? (
        <>
          <Progress label={t('sync.title')} fraction={fraction} />
          <p className={styles.line}>
            <b>{jobProgressWords(job)}</b>
            <span>{remaining(fraction, now - job.startedAt)}</span>
          </p>
          <p className={styles.phase}>{job.phase}</p>
          <p className={styles.phase}>{t('sync.meanwhile')}</p>
          <div className={styles.actions}>
            <Button kind="primary" onPress={onDone}>
              {t('sync.search-now')}
            </Button>
            <Button onPress={() => cancel.mutate(job.id)} isDisabled={cancel.isPending}>
              {t('sync.stop')}
            </Button>
          </div>
        </>
      ) : (
        <>
          {job.error !== undefined && job.state === 'failed' ? (
            <ErrorNotice error={asErrorValueOfJob(job.error)} />
          ) : (
            <p className={styles.outcome}>{job.state === 'cancelled' ? t('sync.cancelled.means') : jobOutcome(job)}</p>
          )}
          <div className={styles.actions}>
            <Button kind="primary" onPress={onDone}>
              {t('sync.to-search')}
            </Button>
            {job.state !== 'done' && <Button onPress={onAgain}>{t('reader.back')}</Button>}
          </div>
        </>
      )}
    </section>
  );
}

/** An honest guess: none before a tenth is done, and never more exact than it can be. */
function remaining(fraction: number | null, elapsedMs: number): string {
  if (fraction === null || fraction < 0.1 || elapsedMs < 3000) return t('sync.remaining.unknown');
  const left = (elapsedMs / fraction) * (1 - fraction);
  return left < 60_000
    ? t('sync.remaining.soon')
    : t('sync.remaining', { duration: formatDuration(Math.ceil(left / 60_000) * 60_000) });
}
