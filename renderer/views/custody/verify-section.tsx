import { useState } from 'react';
import { useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';
import { VerifyResult } from '../export/verify-result.tsx';
import { JobPanel } from '../settings/job-panel.tsx';
import { useStartedJob } from '../settings/use-started-job.ts';
import styles from './custody-view.module.css';

/** Checks the whole archive as a job, on request against a checkpoint from elsewhere. */
export function VerifySection() {
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
