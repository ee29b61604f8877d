import { useCancelJob } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { jobProgressWords } from '../../state/job-words.ts';
import { fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './job-panel.module.css';
import type { StartedJob } from './use-started-job.ts';

/** Progress with a way to stop it, or why it ended early. */
export function JobPanel({ started, label, cancelled }: { started: StartedJob; label: string; cancelled: string }) {
  const cancel = useCancelJob();
  const { job, running, failure } = started;
  if (failure !== null) return <ErrorNotice error={failure} />;
  if (job?.state === 'cancelled') return <Notice tone="info">{cancelled}</Notice>;
  if (!running) return null;
  return (
    <div className={styles.running} role="status">
      <Progress label={label} fraction={job === undefined ? null : fractionOf(job.done, job.total)} />
      <div className={styles.line}>
        <span className={styles.aside}>
          {label}
          {job !== undefined && ` · ${job.phase} · ${jobProgressWords(job)}`}
        </span>
        {job !== undefined && (
          <Button size="small" onPress={() => cancel.mutate(job.id)}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}
