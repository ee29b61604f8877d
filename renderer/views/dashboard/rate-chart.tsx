import type { Dashboard, DashboardSlice } from '../../../preload/model.ts';
import { axisTo } from '../../charts/axis.ts';
import { Chart } from '../../charts/chart.tsx';
import { Lines } from '../../charts/lines.tsx';
import { formatNumber, formatPercent } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { bucketName, bucketTick, hrefOf, sentences } from './words.ts';

type Rate = NonNullable<DashboardSlice['rates']>[number];

/** What part of all conversations has something, over time. */
export function RateChart({ figures, rate }: { figures: Dashboard; rate: Rate }) {
  const { period, before, unit } = figures;
  const { feature, mark } = rate;
  const earlier = before?.rates?.find((each) => each.feature === feature);
  const shares = sharesOf(period, rate);
  const befores = before === null || earlier === undefined ? null : sharesOf(before, earlier);
  const axis = axisTo(Math.max(0.01, ...[...shares, ...(befores ?? [])].map((share) => share ?? 0)));
  const overall = shareOf(mark.total, period.total.total);
  const overallBefore = before === null ? null : shareOf(earlier?.mark.total ?? 0, before.total.total);
  const text = (share: number | null | undefined) =>
    share === null || share === undefined ? '–' : formatPercent(share);
  return (
    <Chart
      size="half"
      title={t(`dashboard.${feature}`)}
      sentence={sentences(
        t(`dashboard.${feature}.rate`, { share: text(overall), count: mark.total }),
        overallBefore === null ? '' : t('dashboard.rate.before', { share: text(overallBefore) }),
      )}
      table={{
        head: [
          t('dashboard.when'),
          t('dashboard.share'),
          t('dashboard.total'),
          ...(befores === null ? [] : [t('dashboard.share-before')]),
        ],
        rows: period.buckets.map((bucket, index) => {
          const here = rate.buckets[index] ?? { total: 0, query: null };
          return {
            name: bucketName(bucket, unit),
            cells: [
              text(shares[index]),
              { text: formatNumber(here.total), href: hrefOf(here) },
              ...(befores === null ? [] : [text(befores[index])]),
            ],
          };
        }),
      }}
    >
      <Lines
        height={180}
        axis={axis}
        format={formatPercent}
        beforeName={t('chart.before')}
        points={period.buckets.map((bucket, index) => {
          const here = rate.buckets[index] ?? { total: 0, query: null };
          const share = shares[index] ?? null;
          return {
            tick: bucketTick(bucket, unit),
            value: share,
            before: befores?.[index] ?? null,
            href: hrefOf(here),
            label: t('dashboard.rate.mark', { when: bucketName(bucket, unit), share: text(share), count: here.total }),
          };
        })}
      />
    </Chart>
  );
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sharesOf({ volume = [], buckets }: DashboardSlice, rate: Rate): (number | null)[] {
  return buckets.map((_, index) => {
    const whole = volume.reduce((sum, source) => sum + (source.buckets[index]?.total ?? 0), 0);
    return shareOf(rate.buckets[index]?.total ?? 0, whole);
  });
}
