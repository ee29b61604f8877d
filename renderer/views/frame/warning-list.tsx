import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Bell } from 'lucide-react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useClient } from '../../bridge/client.ts';
import { useSavedSearches, useSavedSearchNews, useStartSync, useStatus } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { navigate } from '../../state/hash-location.ts';
import { useNow } from '../../state/use-now.ts';
import { warningsOf, type Warning } from '../../state/warnings.ts';
import { formatRelative } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { countDays } from '../coverage/coverage-days.ts';
import { searchHref } from '../search/search-state.ts';
import styles from './warning-list.module.css';

/** What needs somebody: days about to be lost, syncs that fail, new hits of saved searches; each with what to do. */
export function WarningList() {
  const now = useNow(60_000);
  const warnings = warningsOf(useStatus().data, useSavedSearches().data ?? [], useSavedSearchNews().data ?? [], now);
  if (warnings.length === 0) return null;
  return (
    <DialogTrigger>
      <AriaButton className={clsx(styles.button)} aria-label={t('warnings.open', { count: warnings.length })}>
        <Bell size={14} aria-hidden />
        <span>{t('warnings.count', { count: warnings.length })}</span>
      </AriaButton>
      <Popover className={clsx(styles.popover)} placement="bottom end" data-popover="">
        <Dialog className={clsx(styles.dialog)} aria-label={t('warnings.title')}>
          {({ close }) => (
            <>
              <h2>{t('warnings.title')}</h2>
              <ul className={styles.list}>
                {warnings.map((warning, index) => (
                  <li key={index} className={styles.warning}>
                    <WarningWords warning={warning} now={now} onGone={close} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function WarningWords({ warning, now, onGone }: { warning: Warning; now: number; onGone: () => void }) {
  const sync = useStartSync();
  const client = useClient();
  const queries = useQueryClient();
  const see = useMutation({
    mutationFn: (name: string) => client.call('savedSearches.seen', { name }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['savedSearches.news'] }),
  });
  const go = (path: string) => {
    onGone();
    navigate(path);
  };
  if (warning.kind === 'news') {
    const { name, query, sort } = warning.search;
    return (
      <>
        <b>{t('warnings.news', { name, count: warning.newHits })}</b>
        <div className={styles.actions}>
          <Button
            size="small"
            onPress={() => {
              see.mutate(name);
              go(searchHref({ query, sort }));
            }}
          >
            {t('warnings.news.show')}
          </Button>
          <Button size="small" kind="quiet" onPress={() => see.mutate(name)}>
            {t('warnings.news.seen')}
          </Button>
        </div>
      </>
    );
  }
  const { accountId, account, source } = warning;
  const place = { account, source: t(`source.${source}`) };
  const syncNow = (
    <Button size="small" isDisabled={sync.isPending} onPress={() => sync.mutate({ accountId, source })}>
      {t('truth.sync')}
    </Button>
  );
  if (warning.kind === 'closing') {
    return (
      <>
        <b>{t('warnings.closing', { ...place, count: countDays(warning.ranges) })}</b>
        <p>{t('warnings.closing.do')}</p>
        <div className={styles.actions}>
          {syncNow}
          <Button size="small" kind="quiet" onPress={() => go('/coverage')}>
            {t('warnings.closing.which')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <b>
        {warning.since === null
          ? t('warnings.failing.always', place)
          : t('warnings.failing', { ...place, when: formatRelative(warning.since, now) })}
      </b>
      <p>{warning.error}</p>
      <p>{t('warnings.failing.do')}</p>
      <div className={styles.actions}>
        {syncNow}
        <Button size="small" kind="quiet" onPress={() => go('/settings')}>
          {t('warnings.failing.test')}
        </Button>
      </div>
    </>
  );
}
