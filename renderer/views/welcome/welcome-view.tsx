import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Database, Plug } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useAccounts, useAppInfo, useJobs, useStartSync } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import { ConnectForm } from './connect-form.tsx';
import { FirstSync } from './first-sync.tsx';
import styles from './welcome-view.module.css';

/** The first screen of an empty archive, and the place where further accounts are connected. */
export function WelcomeView() {
  const client = useClient();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const accounts = useAccounts().data ?? [];
  const info = useAppInfo().data;
  const jobs = useJobs().data ?? [];
  const startSync = useStartSync();
  const [connecting, setConnecting] = useState(false);
  const [jobId, setJobId] = useState<string | null>(null);

  const sync = async (accountId: string) => {
    const { jobId: started } = await startSync.mutateAsync({ accountId });
    setJobId(started);
  };
  const demo = useMutation({
    mutationFn: async () => {
      const account = await client.call('demo.connect', {});
      await queries.invalidateQueries({ queryKey: ['accounts.list'] });
      await sync(account.accountId);
    },
  });
  const hasDemo = accounts.some((account) => account.demo);
  const running = jobId ?? jobs.find((job) => job.kind === 'sync' && job.state === 'running')?.id ?? null;

  if (running !== null) {
    return (
      <main className={styles.view}>
        <div className={styles.column}>
          <FirstSync
            jobId={running}
            onDone={() => navigate('/search')}
            onAgain={() => {
              setJobId(null);
            }}
          />
        </div>
      </main>
    );
  }
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1>{accounts.length === 0 ? t('welcome.title') : t('welcome.another')}</h1>
          {accounts.length === 0 && <p className={styles.lead}>{t('welcome.lead')}</p>}
        </header>
        {connecting || accounts.length > 0 ? (
          <ConnectForm
            onConnected={(accountId) => void sync(accountId)}
            onCancel={() => (accounts.length > 0 ? navigate('/settings') : setConnecting(false))}
          />
        ) : (
          <div className={styles.choices}>
            <section className={styles.choice}>
              <Plug size={18} aria-hidden />
              <h2>{t('welcome.connect')}</h2>
              <p>{t('welcome.connect.what')}</p>
              <Button kind="primary" onPress={() => setConnecting(true)}>
                {t('welcome.connect.do')}
              </Button>
            </section>
            <section className={styles.choice}>
              <Database size={18} aria-hidden />
              <h2>{t('welcome.demo')}</h2>
              <p>{t('welcome.demo.what')}</p>
              <Button onPress={() => demo.mutate()} isDisabled={demo.isPending || hasDemo}>
                {demo.isPending ? t('welcome.demo.starting') : t('welcome.demo.do')}
              </Button>
            </section>
          </div>
        )}
        {demo.error !== null && <ErrorNotice error={asErrorValue(demo.error)} onRetry={() => demo.mutate()} />}
        {startSync.error !== null && <ErrorNotice error={asErrorValue(startSync.error)} />}
        {info !== undefined && (
          <dl className={styles.facts}>
            <dt>{t('welcome.where')}</dt>
            <dd>
              <code>{info.archiveFolder}</code>
            </dd>
            <dt>{t('welcome.secrets')}</dt>
            <dd data-words="engine">{info.secretProtection}</dd>
          </dl>
        )}
      </div>
    </main>
  );
}
