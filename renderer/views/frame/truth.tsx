import { clsx } from 'clsx';
import { RefreshCw, TriangleAlert } from 'lucide-react';
import { Link } from 'wouter';
import type { Status } from '../../../preload/model.ts';
import { asErrorValue } from '../../bridge/client.ts';
import { useJobs, useStartSync, useStatus } from '../../bridge/queries.ts';
import { IconButton } from '../../parts/button.tsx';
import { toast } from '../../parts/toast.tsx';
import { useNow } from '../../state/use-now.ts';
import { formatRelative } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { countGaps, countLosses } from '../coverage/coverage-days.ts';
import styles from './truth.module.css';

/** The bar's right end: when the archive last heard from the source, and whether anything is missing. */
export function Truth() {
  const status = useStatus().data;
  const jobs = useJobs().data ?? [];
  const now = useNow();
  const startSync = useStartSync();
  const syncing = jobs.some((job) => job.kind === 'sync' && job.state === 'running');
  const gaps = status === undefined ? 0 : countGaps(status);
  const losses = status === undefined ? { lost: 0, closing: 0 } : countLosses(status);
  return (
    <>
      {losses.lost > 0 && (
        <Link href="/coverage" className={clsx(styles.truth, styles.lost)}>
          {t('truth.lost', { count: losses.lost })}
        </Link>
      )}
      {losses.closing > 0 && !syncing && (
        <Link href="/coverage" className={clsx(styles.truth, styles.closing)}>
          <TriangleAlert size={14} aria-hidden />
          {t('truth.closing', { count: losses.closing })}
        </Link>
      )}
      {gaps > 0 && losses.closing === 0 && !syncing && (
        <Link href="/coverage" className={clsx(styles.truth, styles.gaps)}>
          {t('truth.gaps', { count: gaps })}
        </Link>
      )}
      {!syncing && (
        <Link href="/coverage" className={clsx(styles.truth)}>
          <span className={styles.dot} data-state={dotState(status, gaps)} aria-hidden />
          {lastSyncWords(status, now)}
        </Link>
      )}
      <IconButton
        label={t('truth.sync')}
        size="small"
        isDisabled={syncing || startSync.isPending}
        onPress={() => startSync.mutate({}, { onError: (error) => toast(asErrorValue(error).message) })}
      >
        <RefreshCw size={14} aria-hidden />
      </IconButton>
    </>
  );
}

function lastSync(status: Status | undefined): number | null {
  const times =
    status?.accounts.flatMap((account) => account.sources.flatMap((source) => source.lastSyncAt ?? [])) ?? [];
  return times.length === 0 ? null : Math.max(...times);
}

function lastSyncWords(status: Status | undefined, now: number): string {
  if (status === undefined) return t('state.loading');
  const last = lastSync(status);
  return last === null ? t('truth.never') : t('truth.synced', { when: formatRelative(last, now) });
}

function dotState(status: Status | undefined, gaps: number): 'good' | 'gap' | 'failed' | 'none' {
  if (status?.accounts.some((account) => account.sources.some((source) => source.lastError !== null)) === true)
    return 'failed';
  if (gaps > 0) return 'gap';
  return lastSync(status) === null ? 'none' : 'good';
}
