import type { Dashboard } from '../../../preload/model.ts';
import { Chart } from '../../charts/chart.tsx';
import { Columns } from '../../charts/columns.tsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { facetLabel } from '../search/facet-words.ts';
import { bucketName, bucketTick, changeWords, hrefOf, sentences } from './words.ts';

/** How many conversations began when, by source. */
export function VolumeChart({ figures }: { figures: Dashboard }) {
  const { period, before, unit } = figures;
  const sources = period.volume ?? [];
  const names = sources.map(({ source }) => facetLabel('source', source, source));
  const sumOf = (volume: typeof sources, index: number) =>
    volume.reduce((sum, { buckets }) => sum + (buckets[index]?.total ?? 0), 0);
  const totals = period.buckets.map((_, index) => sumOf(sources, index));
  const befores = period.buckets.map((_, index) =>
    before?.buckets[index] === undefined ? null : sumOf(before.volume ?? [], index),
  );
  const most = totals.indexOf(Math.max(...totals));
  const busiest = period.buckets[most];
  const busy =
    busiest === undefined || totals.length < 2
      ? ''
      : t(`dashboard.volume.most.${unit}`, { when: bucketName(busiest, unit), total: totals[most] ?? 0 });
  return (
    <Chart
      size="whole"
      title={t('dashboard.volume')}
      sentence={sentences(
        `${t('dashboard.conversations', { count: period.total.total })}.`,
        changeWords(period.total.total, before?.total.total),
        busy,
      )}
      table={{
        head: [
          t('dashboard.when'),
          ...names,
          t('dashboard.total'),
          ...(before === null ? [] : [t('dashboard.total-before')]),
        ],
        rows: period.buckets.map((bucket, index) => ({
          name: bucketName(bucket, unit),
          cells: [
            ...sources.map(({ buckets }) => {
              const mark = buckets[index] ?? { total: 0, query: null };
              return { text: formatNumber(mark.total), href: hrefOf(mark) };
            }),
            formatNumber(totals[index] ?? 0),
            ...(before === null ? [] : [formatNumber(befores[index] ?? 0)]),
          ],
        })),
      }}
    >
      <Columns
        kind="time"
        height={260}
        format={formatNumber}
        names={names}
        beforeName={t('chart.before')}
        columns={period.buckets.map((bucket, index) => ({
          tick: bucketTick(bucket, unit),
          part: !bucket.whole,
          before: befores[index] ?? null,
          segments: sources.map(({ buckets }, series) => {
            const mark = buckets[index] ?? { total: 0, query: null };
            const what = `${names[series] ?? ''}, ${bucketName(bucket, unit)}`;
            return { value: mark.total, href: hrefOf(mark), label: t('dashboard.mark', { what, count: mark.total }) };
          }),
        }))}
      />
    </Chart>
  );
}
