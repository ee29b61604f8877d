import type { Figure } from '../../../preload/model.ts';
import { Chart } from '../../charts/chart.tsx';
import { HourGrid } from '../../charts/hour-grid.tsx';
import { formatNumber, formatWeekday } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { hrefOf, sentences } from './words.ts';

const weekdays = [0, 1, 2, 3, 4, 5, 6];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When in the week conversations begin, by the reader's own clock. */
export function HoursChart({ marks, zone }: { marks: readonly Figure[]; zone: string }) {
  const most = marks.reduce((best, mark, index) => (mark.total > (marks[best]?.total ?? 0) ? index : best), 0);
  const markAt = (day: number, hour: number) => marks[day * 24 + hour] ?? { total: 0, query: null };
  return (
    <Chart
      size="whole"
      title={t('dashboard.hours')}
      sentence={sentences(
        t('dashboard.hours.most', {
          day: formatWeekday(Math.floor(most / 24), 'long'),
          hour: String(most % 24),
          total: marks[most]?.total ?? 0,
        }),
        t('dashboard.hours.zone', { zone }),
      )}
      table={{
        head: [t('dashboard.when'), ...weekdays.map((day) => formatWeekday(day, 'short'))],
        rows: hours.map((hour) => ({
          name: `${hour}:00`,
          cells: weekdays.map((day) => {
            const mark = markAt(day, hour);
            return { text: formatNumber(mark.total), href: mark.total === 0 ? null : hrefOf(mark) };
          }),
        })),
      }}
    >
      <HourGrid
        label={t('dashboard.hours')}
        rows={weekdays.map((day) => ({
          name: formatWeekday(day, 'short'),
          hours: hours.map((hour) => {
            const mark = markAt(day, hour);
            const label = t('dashboard.hour.mark', {
              day: formatWeekday(day, 'long'),
              hour: String(hour),
              count: mark.total,
            });
            return { value: mark.total, text: formatNumber(mark.total), href: hrefOf(mark), label };
          }),
        }))}
      />
    </Chart>
  );
}
