import { clsx } from 'clsx';
import { apart, axisTo, everyNth } from './axis.ts';
import { Told } from './chart.tsx';
import { useMarks, type Mark } from './marks.ts';
import { EndNames, ValueAxis } from './plot-parts.tsx';
import { useWidth } from './use-width.ts';
import styles from './plot.module.css';

export interface Column {
  /** Under the axis. */
  tick: string;
  /** From the axis upwards, one a series. */
  segments: readonly (Mark & { value: number })[];
  /** In the period before. */
  before: number | null;
  /** Not whole: not to be compared with its neighbours. */
  part?: boolean;
}

interface ColumnsProps {
  /** Columns that follow each other in time, or a scale whose ticks stand between them. */
  kind: 'time' | 'scale';
  columns: readonly Column[];
  /** Beside the last column, instead of a legend; one a segment. Empty: none. */
  names: readonly string[];
  /** At the end of the grey line. */
  beforeName: string;
  height: number;
  format: (value: number) => string;
}

const left = 48;
const top = 8;
const bottom = 24;

/** Columns from zero, stacked by series, with the period before as a thin line. */
export function Columns({ kind, columns, names, beforeName, height, format }: ColumnsProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { told, container, tabIndexOf } = useMarks();
  const right = names.length > 0 || columns.some(({ before }) => before !== null) ? 96 : 8;
  const sums = columns.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0));
  const axis = axisTo(Math.max(...sums, ...columns.map(({ before }) => before ?? 0)));
  const step = (width - left - right) / Math.max(1, columns.length);
  const yOf = (value: number) => top + (1 - value / axis.top) * (height - top - bottom);
  const nth = everyNth(columns.length, width - left - right, kind === 'scale' ? 44 : 56);
  const xOf = (index: number) => left + index * step;
  // In time a line from middle to middle; on a scale each column has a stroke of its own.
  const strokes = columns
    .flatMap(({ before }, index) => {
      if (before === null) return [];
      const y = yOf(before);
      return [kind === 'scale' ? `M${xOf(index)},${y}H${xOf(index + 1)}` : `${xOf(index + 0.5)},${y}`];
    })
    .join(kind === 'scale' ? '' : 'L');
  const line = kind === 'scale' || strokes === '' ? strokes : `M${strokes}`;
  const last = columns.at(-1);
  const lastBefore = last?.before ?? null;
  const labels = [
    ...names.map((name, series) => ({ name, kind: 'now', y: yOf(middleOf(last, series)) })),
    ...(lastBefore === null ? [] : [{ name: beforeName, kind: 'before', y: yOf(lastBefore) }]),
  ];
  const places = apart(
    labels.map(({ y }) => y),
    14,
  );
  let mark = -1;
  return (
    <div ref={box} className={styles.plot}>
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.svg} role="group" {...container}>
        <ValueAxis axis={axis} left={left} right={width - right} yOf={yOf} format={format} />
        {columns.map((column, index) => {
          const gap = Math.min(8, step * 0.18);
          let under = 0;
          return (
            <g key={index} className={clsx(column.part === true && styles.part)}>
              {index % nth === 0 && (
                <text
                  x={xOf(kind === 'scale' ? index : index + 0.5)}
                  y={height - 6}
                  textAnchor="middle"
                  className={styles.tick}
                  aria-hidden
                >
                  {column.tick}
                </text>
              )}
              {column.segments.map((segment, series) => {
                const from = under;
                under += segment.value;
                if (segment.value === 0 || segment.href === null) return null;
                mark += 1;
                return (
                  <a
                    key={series}
                    href={segment.href}
                    aria-label={segment.label}
                    data-mark=""
                    tabIndex={tabIndexOf(mark)}
                    className={styles.mark}
                  >
                    <rect
                      x={xOf(index) + gap / 2}
                      width={Math.max(1, step - gap)}
                      y={yOf(under)}
                      height={Math.max(1.5, yOf(from) - yOf(under))}
                      data-tone={series}
                      className={clsx(styles.segment, styles.area)}
                    />
                  </a>
                );
              })}
            </g>
          );
        })}
        <path d={line} className={styles.halo} aria-hidden />
        <path d={line} className={styles.before} aria-hidden />
        <EndNames x={width - right + 8} names={labels} places={places} />
      </svg>
      <Told>{told}</Told>
    </div>
  );
}

/** The height at which a series stands in a column. */
function middleOf(column: Column | undefined, series: number): number {
  const values = column?.segments.map(({ value }) => value) ?? [];
  return values.slice(0, series).reduce((sum, value) => sum + value, 0) + (values[series] ?? 0) / 2;
}
