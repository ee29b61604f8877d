import type { Dashboard, SpanFigure } from '../../../preload/model.ts';
import { Chart } from '../../charts/chart.tsx';
import { Columns } from '../../charts/columns.tsx';
import { formatDuration, formatNumber, formatPercent } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { hrefOf, sentences, spanName } from './words.ts';
import styles from './dashboard-view.module.css';

/** How many conversations took how long, or let a customer wait so long. */
export function SpanChart({ figures, span }: { figures: Dashboard; span: SpanFigure }) {
  const { field, percentiles, bars } = span;
  const earlier = figures.before?.spans?.find((each) => each.field === field);
  const at = (percent: number) => percentiles.find((each) => each.percent === percent);
  const [half, most] = [at(50), at(90)];
  const what = field === 'waiting' ? t('dashboard.waiting.what') : '';
  const sentence =
    half === undefined || most === undefined
      ? t('dashboard.values.none')
      : sentences(t(`dashboard.${field}.half`, { half: formatDuration(half.ms), most: formatDuration(most.ms) }), what);
  return (
    <Chart
      size="half"
      title={t(`dashboard.${field}`)}
      sentence={sentence}
      table={{
        head: [
          t('dashboard.length'),
          t('dashboard.total'),
          ...(earlier === undefined ? [] : [t('dashboard.total-before')]),
        ],
        rows: bars.map(({ from, to, mark }, index) => ({
          name: spanName(from, to),
          cells: [
            { text: formatNumber(mark.total), href: hrefOf(mark) },
            ...(earlier === undefined ? [] : [formatNumber(earlier.bars[index]?.mark.total ?? 0)]),
          ],
        })),
      }}
    >
      <Columns
        kind="scale"
        height={200}
        format={formatNumber}
        names={[]}
        beforeName={t('chart.before')}
        columns={bars.map(({ from, to, mark }, index) => ({
          tick: formatDuration(from),
          before: earlier?.bars[index]?.mark.total ?? null,
          segments: [
            {
              value: mark.total,
              href: hrefOf(mark),
              label: t('dashboard.mark', { what: spanName(from, to), count: mark.total }),
            },
          ],
        }))}
      />
      <ul className={styles.percentiles}>
        {percentiles.map(({ percent, ms, mark }) => (
          <li key={percent}>
            <a href={hrefOf(mark) ?? undefined}>
              {t('dashboard.percentile', { percent: formatPercent(percent / 100), time: formatDuration(ms) })}
            </a>
          </li>
        ))}
      </ul>
    </Chart>
  );
}
