import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportFormat, ExportSplit, Redaction } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useAppInfo, useCancelJob, useJob, useSettings } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { asErrorValueOfJob, jobProgressWords } from '../../state/job-words.ts';
import { fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { useCount } from '../search/use-results.ts';
import { ExportForm } from './export-form.tsx';
import { ExportSeal } from './export-seal.tsx';
import styles from './export-dialog.module.css';

interface ExportDialogProps {
  isOpen: boolean;
  onClose: () => void;
  query: string;
  /** Exactly these conversations instead of what the query finds. */
  ids?: readonly string[] | undefined;
  zone: string;
}

export interface ExportChoice {
  formats: ExportFormat[];
  out: string;
  timeZone: string;
  /** Absent: everything in one part. */
  split?: ExportSplit;
  /** Absent: nothing is hidden. */
  redaction?: Redaction;
}

/** One panel: what, in which formats, where; then progress; then the seal. Closing it doesn't stop the export. */
export function ExportDialog({ isOpen, onClose, ...what }: ExportDialogProps) {
  return (
    <Dialog title={t('export.title')} isOpen={isOpen} onClose={onClose} size="normal" dismissable={false}>
      <ExportPanel {...what} onClose={onClose} />
    </Dialog>
  );
}

function ExportPanel({ query, ids, zone, onClose }: Omit<ExportDialogProps, 'isOpen'>) {
  const client = useClient();
  const count = useCount(query, zone);
  const info = useAppInfo().data;
  const settings = useSettings().data;
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const cancel = useCancelJob();
  const start = useMutation({
    mutationFn: (choice: ExportChoice) =>
      client.call('export.start', { query, ...(ids === undefined ? {} : { ids: [...ids] }), ...choice }),
    onSuccess: (started) => setJobId(started.jobId),
  });

  if (job?.kind === 'export' && job.state === 'done' && job.result !== undefined) {
    return <ExportSeal result={job.result} onClose={onClose} />;
  }
  if (jobId !== null && (job === undefined || job.state === 'running')) {
    return (
      <div className={styles.progress} role="status">
        <p>
          <b>{job === undefined ? t('export.starting') : jobProgressWords(job)}</b>
        </p>
        <Progress
          label={t('job.export.running')}
          fraction={job === undefined ? null : fractionOf(job.done, job.total)}
        />
        <p className={styles.aside}>{t('export.atomic')}</p>
        <div className={styles.actions}>
          <Button onPress={() => cancel.mutate(jobId)} isDisabled={cancel.isPending}>
            {t('action.cancel')}
          </Button>
          <Button kind="quiet" onPress={onClose}>
            {t('export.background')}
          </Button>
        </div>
      </div>
    );
  }
  const failure =
    start.error !== null
      ? asErrorValue(start.error)
      : job?.state === 'failed' && job.error !== undefined
        ? asErrorValueOfJob(job.error)
        : null;
  return (
    <div className={styles.panel}>
      {job?.state === 'cancelled' && <Notice tone="info">{t('export.cancelled')}</Notice>}
      {failure !== null && <ErrorNotice error={failure} />}
      {count.error !== null && <ErrorNotice error={asErrorValue(count.error)} />}
      {count.data !== undefined && info !== undefined && (
        <ExportForm
          query={query}
          ids={ids}
          total={ids?.length ?? count.data.total}
          words={wordsOf(query, ids, count.data.understoodAs)}
          folder={settings?.exportFolder ?? info.exportFolder}
          separator={info.platform === 'win32' ? '\\' : '/'}
          zone={zone}
          busy={start.isPending}
          onExport={(choice) => start.mutate(choice)}
          onCancel={onClose}
        />
      )}
    </div>
  );
}

function wordsOf(query: string, ids: readonly string[] | undefined, understoodAs: string): string {
  if (ids !== undefined) return t('export.selected');
  return query.trim() === '' ? t('export.everything') : understoodAs;
}
