import { clsx } from 'clsx';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useCancelJob, useJobs } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { asErrorValueOfJob, jobOutcome, jobProgressWords } from '../../state/job-words.ts';
import { useNow } from '../../state/use-now.ts';
import { formatRelative, fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './job-tray.module.css';

/** Work under way, and what lately ended: each with its progress in words and a way to stop it. */
export function JobTray() {
  const jobs = useJobs().data ?? [];
  const cancel = useCancelJob();
  const now = useNow();
  const running = jobs.filter((job) => job.state === 'running');
  const [first] = running;
  if (jobs.length === 0) return null;
  return (
    <DialogTrigger>
      <AriaButton className={clsx(styles.button)} aria-label={t('jobs.open', { count: running.length })}>
        {first === undefined ? (
          t('jobs.none-running')
        ) : (
          <>
            <span className={styles.words}>{t(`job.${first.kind}.running`)}</span>
            <span className={styles.bar}>
              <Progress label={t(`job.${first.kind}.running`)} fraction={fractionOf(first.done, first.total)} />
            </span>
            <span className={styles.figure}>{jobProgressWords(first)}</span>
          </>
        )}
      </AriaButton>
      <Popover className={clsx(styles.popover)} placement="bottom end" data-popover="">
        <Dialog className={clsx(styles.dialog)} aria-label={t('jobs.title')}>
          <h2>{t('jobs.title')}</h2>
          <ul className={styles.list}>
            {jobs.slice(0, 8).map((job) => (
              <li key={job.id} className={styles.job}>
                <div className={styles.line}>
                  <b>{t(`job.${job.kind}`)}</b>
                  <span className={styles.when}>
                    {job.state === 'running'
                      ? jobProgressWords(job)
                      : formatRelative(job.endedAt ?? job.startedAt, now)}
                  </span>
                  {job.state === 'running' && (
                    <Button size="small" onPress={() => cancel.mutate(job.id)}>
                      {t('action.cancel')}
                    </Button>
                  )}
                </div>
                {job.state === 'running' ? (
                  <>
                    <Progress label={t(`job.${job.kind}`)} fraction={fractionOf(job.done, job.total)} />
                    <p className={styles.phase}>{job.phase}</p>
                  </>
                ) : (
                  <p className={styles.phase}>{jobOutcome(job)}</p>
                )}
                {job.error !== undefined && job.state === 'failed' && (
                  <ErrorNotice error={asErrorValueOfJob(job.error)} />
                )}
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
