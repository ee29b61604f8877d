import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { VerifyReport } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatMoment, isoDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { VerifyResult } from '../export/verify-result.tsx';
import { JobPanel } from '../settings/job-panel.tsx';
import { useStartedJob } from '../settings/use-started-job.ts';
import { usePlace } from './use-place.ts';
import styles from './custody-view.module.css';

/** Checks the whole archive as a job, on request against a checkpoint from elsewhere. */
export function VerifySection({ zone }: { zone: string }) {
  const client = useClient();
  const [since, setSince] = useState('');
  // Pasting often loses the last line break, which belongs to what was signed.
  const kept = since.trim() === '' ? {} : { since: `${since.trim()}\n` };
  const started = useStartedJob(() => client.call('verify.start', kept));
  const { job } = started;
  const report = job?.kind === 'verify' ? job.result : undefined;
  return (
    <section className={styles.section} aria-labelledby="verify">
      <h2 id="verify">{t('custody.verify')}</h2>
      <p className={styles.text}>{t('custody.verify.what')}</p>
      <TextField
        label={t('custody.verify.since')}
        description={t('custody.verify.since.what')}
        value={since}
        onChange={setSince}
        rows={5}
        mono
      />
      <div className={styles.actions}>
        <Button kind="primary" onPress={started.start} isDisabled={started.running}>
          {t('custody.verify.do')}
        </Button>
      </div>
      <JobPanel started={started} label={t('job.verify.running')} cancelled={t('custody.verify.cancelled')} />
      {report !== undefined && (
        <>
          <VerifyResult report={report} />
          {report.continued !== undefined && (
            <p className={styles.text}>
              {t('custody.verify.continued', {
                count: report.continued.leaves,
                when: formatMoment(report.continued.startedAt, zone),
              })}
            </p>
          )}
          <SaveReport report={report} />
          <div className={styles.actions}>
            <Button
              size="small"
              onPress={() =>
                void navigator.clipboard
                  .writeText(JSON.stringify(report, null, 2))
                  .then(() => toast(t('custody.verify.copied')))
              }
            >
              {t('custody.verify.copy')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function SaveReport({ report }: { report: VerifyReport }) {
  const client = useClient();
  const place = usePlace();
  const [file, setFile] = useState<string | null>(null);
  const [day] = useState(() => isoDay(Date.now(), 'UTC'));
  const target = (file ?? place(`verification-${day}.json`)).trim();
  const save = useMutation({
    mutationFn: () => client.call('verify.saveReport', { report, file: target }),
    onSuccess: ({ path }) => toast(t('custody.verify.saved', { path })),
  });
  return (
    <>
      <TextField label={t('custody.verify.file')} value={target} onChange={setFile} mono />
      <div className={styles.actions}>
        <Button size="small" isDisabled={target === '' || save.isPending} onPress={() => save.mutate()}>
          {t('custody.verify.save')}
        </Button>
      </div>
      {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
    </>
  );
}
