import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportResult } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useJob } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { toast } from '../../parts/toast.tsx';
import { asErrorValueOfJob } from '../../state/job-words.ts';
import { formatBytes, fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { VerifyResult } from './verify-result.tsx';
import styles from './export-seal.module.css';

/** What was written, and how anyone can check it. */
export function ExportSeal({ result, onClose }: { result: ExportResult; onClose: () => void }) {
  const client = useClient();
  const { checkpoint } = result;
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const verify = useMutation({
    mutationFn: () => client.call('verify.start', { path: result.path }),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const running = verify.isPending || (jobId !== null && (job === undefined || job.state === 'running'));
  const failure =
    verify.error !== null
      ? asErrorValue(verify.error)
      : job?.state === 'failed' && job.error !== undefined
        ? asErrorValueOfJob(job.error)
        : null;
  return (
    <div className={styles.seal}>
      <p className={styles.title} role="status">
        {t('seal.title', { count: result.conversations })}
      </p>
      <dl className={styles.facts}>
        <dt>{t('seal.path')}</dt>
        <dd>
          <code>{result.path}</code>
        </dd>
        <dt>{t('seal.contents')}</dt>
        <dd>
          {t('search.messages', { count: result.messages })} · {t('seal.files', { count: result.files })} ·{' '}
          {formatBytes(result.bytes)} · {result.formats.join(', ').toUpperCase()}
        </dd>
        {checkpoint !== null && (
          <>
            <dt>{t('seal.checkpoint')}</dt>
            <dd>
              <code className={styles.note}>{checkpoint.split('\n').slice(0, 3).join(' · ')}</code>
              <p className={styles.aside}>{t('seal.checkpoint.keep')}</p>
            </dd>
          </>
        )}
      </dl>
      {result.errors > 0 && (
        <Notice tone="warning" title={t('seal.errors', { count: result.errors })}>
          {t('seal.errors.where')}
        </Notice>
      )}
      <p className={styles.aside}>{t('seal.recipient')}</p>
      {job?.kind === 'verify' && job.result !== undefined && <VerifyResult report={job.result} />}
      {running && (
        <Progress
          label={t('job.verify.running')}
          fraction={job === undefined ? null : fractionOf(job.done, job.total)}
        />
      )}
      {failure !== null && <ErrorNotice error={failure} />}
      <div className={styles.actions}>
        <Button kind="primary" onPress={() => verify.mutate()} isDisabled={running}>
          {t('seal.verify')}
        </Button>
        {client.host === 'electron' ? (
          <Button onPress={() => void client.call('app.showInFolder', { path: result.path })}>{t('seal.show')}</Button>
        ) : (
          <Button
            onPress={() => void navigator.clipboard.writeText(result.path).then(() => toast(t('seal.path-copied')))}
          >
            {t('seal.copy-path')}
          </Button>
        )}
        {checkpoint !== null && (
          <Button
            onPress={() =>
              void navigator.clipboard.writeText(checkpoint).then(() => toast(t('seal.checkpoint.copied')))
            }
          >
            {t('seal.checkpoint.copy')}
          </Button>
        )}
        <Button kind="quiet" onPress={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </div>
  );
}
