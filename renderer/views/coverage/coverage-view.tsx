import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Status } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useJob, useJobs, useStartSync, useStatus } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Progress } from '../../parts/progress.tsx';
import { asErrorValueOfJob } from '../../state/job-words.ts';
import { useZone } from '../../state/use-zone.ts';
import { formatBytes, fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { VerifyResult } from '../export/verify-result.tsx';
import { PauseButton } from './pause-button.tsx';
import { RunLog } from './run-log.tsx';
import { SourceCoverage } from './source-coverage.tsx';
import { Statement } from './statement.tsx';
import styles from './coverage-view.module.css';

/** Is everything here, and is it safe? */
export function CoverageView() {
  const status = useStatus();
  const zone = useZone();
  const jobs = useJobs().data ?? [];
  const startSync = useStartSync();
  const syncing = jobs.some((job) => job.kind === 'sync' && job.state === 'running');
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1>{t('nav.coverage')}</h1>
          <Button kind="primary" isDisabled={syncing || startSync.isPending} onPress={() => startSync.mutate({})}>
            {syncing ? t('coverage.syncing') : t('truth.sync')}
          </Button>
        </header>
        {startSync.error !== null && <ErrorNotice error={asErrorValue(startSync.error)} />}
        {status.error !== null && (
          <ErrorNotice error={asErrorValue(status.error)} onRetry={() => void status.refetch()} />
        )}
        {status.isPending && <Skeleton rows={10} label={t('state.loading')} />}
        {status.data !== undefined && <Accounts status={status.data} zone={zone} />}
        {status.data !== undefined && <Statement status={status.data} />}
        {status.data !== undefined && <Integrity status={status.data} />}
        <RunLog zone={zone} />
      </div>
    </main>
  );
}

function Accounts({ status, zone }: { status: Status; zone: string }) {
  // An account that was tried and taken out again before anything was archived is of no interest here.
  const accounts = status.accounts.filter(
    (account) => !account.removed || account.sources.some((source) => source.conversations > 0),
  );
  if (accounts.every((account) => account.sources.length === 0))
    return <Empty title={t('coverage.none')}>{t('coverage.none.what')}</Empty>;
  return accounts.map((account) => (
    <section key={account.accountId} className={styles.account} aria-labelledby={`account-${account.accountId}`}>
      <div className={styles.title}>
        <h2 id={`account-${account.accountId}`}>
          {account.label ?? account.accountId}
          <span className={styles.aside}>
            {account.label !== null && ` ${account.accountId}`}
            {account.demo && ` · ${t('frame.demo')}`}
            {account.removed && ` · ${t('coverage.removed')}`}
            {account.paused === true && ` · ${t('coverage.paused')}`}
          </span>
        </h2>
        {!account.removed && (
          <PauseButton
            accountId={account.accountId}
            name={account.label ?? account.accountId}
            paused={account.paused === true}
          />
        )}
      </div>
      {account.sources.map((source) => (
        <SourceCoverage key={source.source} source={source} accountId={account.accountId} zone={zone} />
      ))}
    </section>
  ));
}

/** Where the archive is, how large, and whether every record is still what it was. */
function Integrity({ status }: { status: Status }) {
  const client = useClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const verify = useMutation({
    mutationFn: () => client.call('verify.start', {}),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const running = verify.isPending || job?.state === 'running';
  const failure =
    verify.error !== null
      ? asErrorValue(verify.error)
      : job?.state === 'failed' && job.error !== undefined
        ? asErrorValueOfJob(job.error)
        : null;
  return (
    <section className={styles.account} aria-labelledby="integrity">
      <h2 id="integrity">{t('integrity.title')}</h2>
      <div className={styles.line}>
        <p className={styles.aside}>
          <code>{status.archiveFolder}</code> · {formatBytes(status.diskBytes)}
        </p>
        <Button onPress={() => verify.mutate()} isDisabled={running}>
          {t('integrity.verify')}
        </Button>
      </div>
      {running && (
        <Progress
          label={t('job.verify.running')}
          fraction={job === undefined ? null : fractionOf(job.done, job.total)}
        />
      )}
      {failure !== null && <ErrorNotice error={failure} />}
      {job?.kind === 'verify' && job.result !== undefined && <VerifyResult report={job.result} />}
    </section>
  );
}
