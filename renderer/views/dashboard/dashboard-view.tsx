import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import type { Dashboard, DashboardPart } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Segments } from '../../parts/segments.tsx';
import { useNow } from '../../state/use-now.ts';
import { useZone } from '../../state/use-zone.ts';
import { formatDays } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { QueryField } from '../search/query-field.tsx';
import { QueryProblem } from '../search/query-problem.tsx';
import { useHistory } from '../search/use-history.ts';
import { daysOf, periods, useDashboardAddress } from './dashboard-state.ts';
import { HoursChart } from './hours-chart.tsx';
import { RateChart } from './rate-chart.tsx';
import { ScoreChart } from './score-chart.tsx';
import { SpanChart } from './span-chart.tsx';
import { ValuesChart } from './values-chart.tsx';
import { VolumeChart } from './volume-chart.tsx';
import { sentences } from './words.ts';
import styles from './dashboard-view.module.css';

/** Two questions, so that the first charts need not wait for the rest. */
const first: DashboardPart[] = ['volume', 'scores', 'rates'];
const rest: DashboardPart[] = ['spans', 'hours', 'values'];

/** What is in the archive, at a glance: figures of any query, each leading to its conversations. */
export function DashboardView() {
  const { address, go } = useDashboardAddress();
  const zone = useZone();
  const now = useNow(60_000);
  const days = daysOf(address, now, zone);
  const upper = useFigures(address.query, days, zone, first);
  const lower = useFigures(address.query, days, zone, rest);
  const problem = upper.error === null ? null : asErrorValue(upper.error);
  const figures = problem === null ? upper.data : undefined;
  const inQuery = problem?.details?.['position'] !== undefined;
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1>{t('nav.dashboard')}</h1>
          <div className={styles.choice} data-print="no">
            <Segments
              label={t('dashboard.period')}
              choices={periods.map((id) => ({ id, label: t(`dashboard.period.${id}`) }))}
              value={address.period}
              onChange={(period) => {
                const shown = figures?.period.days;
                go({ period, ...(period === 'days' && shown !== undefined ? shown : {}) });
              }}
            />
            <Button onPress={() => print()}>{t('dashboard.print')}</Button>
          </div>
        </header>
        {address.period === 'days' && (
          <div className={styles.days} data-print="no">
            <TextField
              label={t('dashboard.from')}
              type="date"
              value={address.from}
              onChange={(from) => go({ from }, true)}
            />
            <TextField label={t('dashboard.to')} type="date" value={address.to} onChange={(to) => go({ to }, true)} />
          </div>
        )}
        <Filter query={address.query} onQuery={(query) => go({ query })} invalid={inQuery} />
        {problem !== null && inQuery && <QueryProblem query={address.query} problem={problem} />}
        {problem !== null && !inQuery && <ErrorNotice error={problem} onRetry={() => void upper.refetch()} />}
        {figures !== undefined && <About figures={figures} zone={zone} />}
        {upper.isPending && problem === null && days !== undefined && (
          <Skeleton rows={12} label={t('dashboard.loading')} />
        )}
        {figures?.period.total.total === 0 && (
          <Empty
            title={t('dashboard.none')}
            action={
              address.period !== 'all' && (
                <Button onPress={() => go({ period: 'all' })}>{t('dashboard.everything')}</Button>
              )
            }
          >
            {t('dashboard.none.what')}
          </Empty>
        )}
        {figures !== undefined && figures.period.total.total > 0 && (
          <div className={clsx(styles.charts, upper.isPlaceholderData && styles.stale)}>
            <VolumeChart figures={figures} />
            {figures.period.scores?.map((score) => (
              <ScoreChart key={score.field} figures={figures} score={score} />
            ))}
            {figures.period.rates?.map((rate) => (
              <RateChart key={rate.feature} figures={figures} rate={rate} />
            ))}
            {lower.data !== undefined && <Lower figures={lower.data} zone={zone} />}
            {lower.isPending && <Skeleton rows={8} label={t('dashboard.loading')} />}
          </div>
        )}
      </div>
    </main>
  );
}

function Lower({ figures, zone }: { figures: Dashboard; zone: string }) {
  const { spans = [], hours, values = [] } = figures.period;
  return (
    <>
      {spans.map((span) => (
        <SpanChart key={span.field} figures={figures} span={span} />
      ))}
      {hours !== undefined && <HoursChart marks={hours} zone={zone} />}
      {values.map((figure) => (
        <ValuesChart key={figure.field} figures={figures} figure={figure} />
      ))}
    </>
  );
}

function useFigures(
  query: string,
  days: { from: string; to: string } | null | undefined,
  timeZone: string,
  parts: DashboardPart[],
) {
  const client = useClient();
  return useQuery({
    queryKey: ['dashboard.figures', query, timeZone, days?.from, days?.to, parts[0]],
    queryFn: ({ signal }) => client.call('dashboard.figures', { query, timeZone, parts, ...days }, signal),
    enabled: days !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Typed figures follow when the typing pauses; Enter does not wait. */
function Filter({ query, onQuery, invalid }: { query: string; onQuery: (query: string) => void; invalid: boolean }) {
  const [draft, setDraft] = useState(query);
  const [seen, setSeen] = useState(query);
  const field = useRef(null);
  // Somebody else changed the address (back, a link): the field follows.
  if (seen !== query) {
    setSeen(query);
    setDraft(query);
  }
  useEffect(() => {
    if (draft === query) return undefined;
    const timer = setTimeout(() => onQuery(draft), 600);
    return () => clearTimeout(timer);
  }, [draft, query, onQuery]);
  const zone = useZone();
  const [history] = useHistory();
  return (
    <div data-print={query === '' ? 'no' : 'yes'}>
      <QueryField
        query={draft}
        problem={invalid && draft === query ? { code: 'invalid-input', message: '', retryable: false } : null}
        zone={zone}
        history={history}
        onType={setDraft}
        onSubmit={() => onQuery(draft)}
        handle={field}
      />
    </div>
  );
}

/** Which conversations and days the figures are of. */
function About({ figures, zone }: { figures: Dashboard; zone: string }) {
  const { period, before, understoodAs } = figures;
  return (
    <p className={styles.about} id="query-words">
      {sentences(
        `${t('search.understood', { words: understoodAs })}.`,
        t('dashboard.days', { days: formatDays(period.days.from, period.days.to), zone }),
        before === null ? '' : t('dashboard.against', { days: formatDays(before.days.from, before.days.to) }),
        t('dashboard.how'),
      )}
    </p>
  );
}
