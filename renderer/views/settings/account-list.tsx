import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Account } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useAccounts } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { TestResult } from '../welcome/test-result.tsx';
import styles from './account-list.module.css';

export function AccountList() {
  const accounts = useAccounts();
  const [, navigate] = useLocation();
  if (accounts.error !== null)
    return <ErrorNotice error={asErrorValue(accounts.error)} onRetry={() => void accounts.refetch()} />;
  if (accounts.data === undefined) return <Skeleton rows={2} label={t('state.loading')} />;
  return (
    <>
      {accounts.data.length === 0 && <Empty title={t('accounts.none')}>{t('accounts.none.what')}</Empty>}
      <ul>
        {accounts.data.map((account) => (
          <AccountRow key={account.accountId} account={account} />
        ))}
      </ul>
      <div className={styles.add}>
        <Button onPress={() => navigate('/welcome')}>{t('settings.connect')}</Button>
      </div>
    </>
  );
}

function AccountRow({ account }: { account: Account }) {
  const client = useClient();
  const zone = useZone();
  const [removing, setRemoving] = useState(false);
  const { accountId } = account;
  const test = useMutation({ mutationFn: () => client.call('accounts.test', { accountId }) });
  const remove = useMutation({
    mutationFn: () => client.call('accounts.remove', { accountId }),
    onSuccess: () => setRemoving(false),
  });
  return (
    <li className={styles.account}>
      <div className={styles.line}>
        <div className={styles.words}>
          <p className={styles.name}>
            {account.label ?? accountId} {account.demo && <span className={styles.aside}>{t('frame.demo')}</span>}
          </p>
          <p className={styles.aside}>
            {accountId} · {account.sources.map((source) => t(`source.${source}`)).join(', ')} ·{' '}
            {t(`credentials.${account.credentialType}`)} ·{' '}
            {t('accounts.since', { day: formatDay(account.addedAt, zone) })}
          </p>
        </div>
        {account.credentialType !== 'none' && (
          <Button size="small" onPress={() => test.mutate()} isDisabled={test.isPending}>
            {test.isPending ? t('connect.testing') : t('accounts.test')}
          </Button>
        )}
        <Button size="small" kind="danger" onPress={() => setRemoving(true)}>
          {t('accounts.remove')}
        </Button>
      </div>
      {test.data !== undefined && <TestResult result={test.data} />}
      {test.error !== null && <ErrorNotice error={asErrorValue(test.error)} />}
      <Dialog
        title={t('accounts.remove.title', { account: account.label ?? accountId })}
        isOpen={removing}
        onClose={() => setRemoving(false)}
        size="small"
      >
        <div className={styles.confirm}>
          <p>{t('accounts.remove.what')}</p>
          {remove.error !== null && <ErrorNotice error={asErrorValue(remove.error)} />}
          <div className={styles.actions}>
            <Button kind="danger" onPress={() => remove.mutate()} isDisabled={remove.isPending}>
              {t('accounts.remove.do')}
            </Button>
            <Button onPress={() => setRemoving(false)} autoFocus>
              {t('accounts.keep')}
            </Button>
          </div>
        </div>
      </Dialog>
    </li>
  );
}
