import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SyncLogEntry, SyncSchedule } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useAppInfo, useStatus } from '../../bridge/queries.ts';
import { Check } from '../../parts/check.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { useNow } from '../../state/use-now.ts';
import { useZone } from '../../state/use-zone.ts';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { PauseButton } from '../coverage/pause-button.tsx';
import styles from './schedule.module.css';
import { Setting } from './setting.tsx';

const minuteMs = 60_000;
const offered = [15, 30, 60, 180, 360, 720, 1440];

/** When the archive syncs by itself, and which accounts it leaves alone. */
export function Schedule() {
  const client = useClient();
  const queries = useQueryClient();
  const schedule = useQuery({
    queryKey: ['sync.getSchedule'],
    queryFn: ({ signal }) => client.call('sync.getSchedule', {}, signal),
  });
  const save = useMutation({
    mutationFn: (next: SyncSchedule) => client.call('sync.setSchedule', next),
    // A box must follow the click at once; a refusal takes it back.
    onMutate: (next) => {
      const before = queries.getQueryData<SyncSchedule>(['sync.getSchedule']);
      queries.setQueryData(['sync.getSchedule'], next);
      return { before };
    },
    onError: (_error, _next, context) => queries.setQueryData(['sync.getSchedule'], context?.before),
  });
  const managed = useAppInfo().data?.managed.schedule === true;
  if (schedule.error !== null)
    return <ErrorNotice error={asErrorValue(schedule.error)} onRetry={() => void schedule.refetch()} />;
  if (schedule.data === undefined) return <Skeleton rows={4} label={t('state.loading')} />;
  const now = schedule.data;
  const change = (patch: Partial<SyncSchedule>) => save.mutate({ ...now, ...patch });
  const inBrowser = client.host !== 'electron';
  return (
    <>
      {managed && <p>{t('managed.schedule')}</p>}
      {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
      <Setting name={t('schedule.interval')} note={t('schedule.interval.what')}>
        <Select
          label={t('schedule.interval')}
          labelHidden
          choices={intervals(now.intervalMinutes)}
          value={String(now.intervalMinutes)}
          isDisabled={managed}
          onChange={(value) => change({ intervalMinutes: value === 'null' ? null : Number(value) })}
        />
      </Setting>
      <Setting name={t('schedule.also')}>
        <div role="group" aria-label={t('schedule.also')}>
          <Check
            label={t('schedule.on-start')}
            value={now.onStart}
            onChange={(onStart) => change({ onStart })}
            isDisabled={managed}
          />
          <Check
            label={t('schedule.on-resume')}
            {...(inBrowser ? { note: t('schedule.on-resume.unknown') } : {})}
            value={now.onResume}
            onChange={(onResume) => change({ onResume })}
            isDisabled={managed}
          />
        </div>
      </Setting>
      <Setting name={t('schedule.only')}>
        <div role="group" aria-label={t('schedule.only')}>
          <Check
            label={t('schedule.only-ac')}
            {...(inBrowser ? { note: t('schedule.only-ac.unknown') } : {})}
            value={now.onlyOnAc}
            onChange={(onlyOnAc) => change({ onlyOnAc })}
            isDisabled={managed}
          />
          <Check
            label={t('schedule.only-unmetered')}
            // Electron has no such question either (main/electron/power.ts).
            note={t('schedule.only-unmetered.unknown')}
            value={now.onlyUnmetered}
            onChange={(onlyUnmetered) => change({ onlyUnmetered })}
            isDisabled={managed}
          />
        </div>
      </Setting>
      <NextDue schedule={now} />
      <Accounts />
    </>
  );
}

/** The choices offered, with the one in force among them even where the command line set an odd one. */
function intervals(inForce: number | null) {
  const minutes = [...new Set([...offered, ...(inForce === null ? [] : [inForce])])].toSorted((a, b) => a - b);
  return [
    { id: 'null', label: t('schedule.never') },
    ...minutes.map((count) => ({ id: String(count), label: intervalWords(count) })),
  ];
}

function intervalWords(minutes: number): string {
  if (minutes % 1440 === 0) return t('schedule.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return t('schedule.hours', { count: minutes / 60 });
  return t('schedule.minutes', { count: minutes });
}

/** The clock's next turn, reckoned from the newest run as the scheduler does. After a failure only the engine knows. */
function NextDue({ schedule }: { schedule: SyncSchedule }) {
  const client = useClient();
  const zone = useZone();
  const now = useNow();
  const log = useQuery({
    queryKey: ['sync.log', 'newest'],
    queryFn: ({ signal }) => client.call('sync.log', { limit: 1 }, signal),
  });
  // The line is there from the start: what comes below must not move when the answer arrives.
  const words = log.data === undefined ? t('state.loading') : dueWords(schedule, log.data[0], now, zone);
  return <Setting name={t('schedule.next')}>{words}</Setting>;
}

function dueWords(schedule: SyncSchedule, last: SyncLogEntry | undefined, now: number, zone: string): string {
  if (schedule.intervalMinutes === null) return t('schedule.next.none');
  if (last?.state === 'failed') return t('schedule.next.after-failure');
  const due = last === undefined ? now : last.startedAt + schedule.intervalMinutes * minuteMs;
  return due <= now ? t('schedule.next.now') : t('schedule.next.at', { when: formatMoment(due, zone) });
}

function Accounts() {
  const accounts = useStatus().data?.accounts.filter((account) => !account.removed) ?? [];
  if (accounts.length === 0) return null;
  return (
    <Setting name={t('schedule.accounts')}>
      <ul className={styles.accounts}>
        {accounts.map(({ accountId, label, paused = false }) => (
          <li key={accountId} className={styles.account}>
            <span>
              {label ?? accountId}{' '}
              <span className={styles.aside}>{paused ? t('schedule.paused') : t('schedule.active')}</span>
            </span>
            <PauseButton accountId={accountId} name={label ?? accountId} paused={paused} />
          </li>
        ))}
      </ul>
    </Setting>
  );
}
