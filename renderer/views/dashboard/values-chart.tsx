import type { Dashboard, ValuesFigure } from '../../../preload/model.ts';
import { BarList } from '../../charts/bar-list.tsx';
import { Chart } from '../../charts/chart.tsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { facetLabel } from '../search/facet-words.ts';
import { hrefOf, sentences } from './words.ts';

type Field = 'agent' | 'skill' | 'channel' | 'reason' | 'language' | 'country';
/** A conversation can have several of these. */
const several: ReadonlySet<string> = new Set<Field>(['agent', 'skill', 'language']);

/** The commonest values of one field. */
export function ValuesChart({ figures, figure }: { figures: Dashboard; figure: ValuesFigure }) {
  const { field, values, others } = figure;
  const earlier = figures.before?.values?.find((each) => each.field === field)?.values;
  const title = t(`dashboard.${field as Field}`);
  const rows = values.map(({ value, mark }, index) => ({
    name: facetLabel(field, value, value),
    mark,
    before: earlier === undefined ? null : (earlier[index]?.mark.total ?? 0),
  }));
  const sentence =
    values.length === 0
      ? t('dashboard.values.none')
      : sentences(
          others === 0
            ? t('dashboard.values.all')
            : t('dashboard.values.more', { shown: formatNumber(values.length), count: others }),
          several.has(field) ? t('dashboard.values.each') : '',
        );
  return (
    <Chart
      size="third"
      title={title}
      sentence={sentence}
      table={{
        head: [title, t('dashboard.total'), ...(earlier === undefined ? [] : [t('dashboard.total-before')])],
        rows: rows.map(({ name, mark, before }) => ({
          name,
          cells: [
            { text: formatNumber(mark.total), href: hrefOf(mark) },
            ...(before === null ? [] : [formatNumber(before)]),
          ],
        })),
      }}
    >
      <BarList
        label={title}
        bars={rows.map(({ name, mark, before }) => ({
          name,
          value: mark.total,
          text: formatNumber(mark.total),
          before,
          href: hrefOf(mark),
          label:
            before === null
              ? t('dashboard.mark', { what: name, count: mark.total })
              : t('dashboard.value.mark', { name, count: mark.total, before: formatNumber(before) }),
        }))}
      />
    </Chart>
  );
}
