import type { Dashboard, Score } from '../../../preload/model.ts';
import type { Axis } from '../../charts/axis.ts';
import { Chart } from '../../charts/chart.tsx';
import { Lines } from '../../charts/lines.tsx';
import { formatDecimal, formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { bucketName, bucketTick, hrefOf, sentences } from './words.ts';

/** The whole scale, so that a small change looks small. */
const scales: Record<Score['field'], Axis> = {
  csat: { top: 5, ticks: [0, 1, 2, 3, 4, 5] },
  nps: { top: 10, ticks: [0, 2, 4, 6, 8, 10] },
  mcs: { top: 100, ticks: [0, 25, 50, 75, 100] },
};
const meanText = (mean: number | null) => (mean === null ? '–' : formatDecimal(mean));

/** A score over time: its mean, and from how many. */
export function ScoreChart({ figures, score }: { figures: Dashboard; score: Score }) {
  const { period, before, unit } = figures;
  const { field, mean, scored, buckets } = score;
  const earlier = before?.scores?.find((each) => each.field === field);
  const title = t(`dashboard.${field}`);
  const sentence =
    mean === null
      ? t('dashboard.score.none')
      : sentences(
          t('dashboard.score', { mean: formatDecimal(mean), count: scored.total }),
          earlier === undefined || earlier.mean === null
            ? ''
            : t('dashboard.score.before', { mean: formatDecimal(earlier.mean) }),
        );
  const compared = earlier !== undefined;
  return (
    <Chart
      size="third"
      title={title}
      sentence={sentence}
      table={{
        head: [
          t('dashboard.when'),
          t('dashboard.mean'),
          t('dashboard.answers'),
          ...(compared ? [t('dashboard.mean-before')] : []),
        ],
        rows: period.buckets.map((bucket, index) => {
          const here = buckets[index];
          return {
            name: bucketName(bucket, unit),
            cells: [
              meanText(here?.mean ?? null),
              { text: formatNumber(here?.scored.total ?? 0), href: here === undefined ? null : hrefOf(here.scored) },
              ...(compared ? [meanText(earlier.buckets[index]?.mean ?? null)] : []),
            ],
          };
        }),
      }}
    >
      <Lines
        height={180}
        axis={scales[field]}
        format={formatDecimal}
        beforeName={t('chart.before')}
        points={period.buckets.map((bucket, index) => {
          const here = buckets[index];
          const when = bucketName(bucket, unit);
          return {
            tick: bucketTick(bucket, unit),
            value: here?.mean ?? null,
            before: earlier?.buckets[index]?.mean ?? null,
            href: here === undefined ? null : hrefOf(here.scored),
            label: t('dashboard.score.mark', {
              when,
              mean: meanText(here?.mean ?? null),
              count: here?.scored.total ?? 0,
            }),
          };
        })}
      />
    </Chart>
  );
}
