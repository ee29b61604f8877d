import { apart, everyNth, type Axis } from './axis.ts';
import { Told } from './chart.tsx';
import { useMarks, type Mark } from './marks.ts';
import { EndNames, ValueAxis } from './plot-parts.tsx';
import { useWidth } from './use-width.ts';
import styles from './plot.module.css';

export interface LinePoint extends Mark {
  tick: string;
  /** Null: nothing to measure here; the line is broken. */
  value: number | null;
  before: number | null;
}

interface LinesProps {
  points: readonly LinePoint[];
  axis: Axis;
  beforeName: string;
  height: number;
  format: (value: number) => string;
}

const left = 48;
const right = 64;
const top = 10;
const bottom = 24;

/** A line of points from zero, with the period before as a thin one. */
export function Lines({ points, axis, beforeName, height, format }: LinesProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const { told, container, tabIndexOf } = useMarks();
  const step = (width - left - right) / Math.max(1, points.length);
  const xOf = (index: number) => left + (index + 0.5) * step;
  const yOf = (value: number) => top + (1 - Math.min(1, value / axis.top)) * (height - top - bottom);
  const nth = everyNth(points.length, width - left - right, 56);
  const paths = (values: readonly (number | null)[]) =>
    values
      .map((value, index) =>
        value === null ? '' : `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${xOf(index)},${yOf(value)}`,
      )
      .join(' ');
  const ends = [
    { kind: 'now', value: points.findLast(({ value }) => value !== null)?.value ?? null, name: '' },
    { kind: 'before', value: points.findLast(({ before }) => before !== null)?.before ?? null, name: beforeName },
  ].flatMap(({ kind, value, name }) => (value === null ? [] : [{ kind, y: yOf(value), name: name || format(value) }]));
  const places = apart(
    ends.map(({ y }) => y),
    14,
  );
  let mark = -1;
  return (
    <div ref={box} className={styles.plot}>
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.svg} role="group" {...container}>
        <ValueAxis axis={axis} left={left} right={width - right} yOf={yOf} format={format} />
        {points.map(
          ({ tick }, index) =>
            index % nth === 0 && (
              <text key={index} x={xOf(index)} y={height - 6} textAnchor="middle" className={styles.tick} aria-hidden>
                {tick}
              </text>
            ),
        )}
        <path d={paths(points.map(({ before }) => before))} className={styles.before} aria-hidden />
        <path d={paths(points.map(({ value }) => value))} className={styles.line} aria-hidden />
        {points.map(({ value, href, label }, index) => {
          if (value === null || href === null) return null;
          mark += 1;
          return (
            <a
              key={index}
              href={href}
              aria-label={label}
              data-mark=""
              tabIndex={tabIndexOf(mark)}
              className={styles.mark}
            >
              <rect
                x={xOf(index) - Math.min(14, step / 2)}
                width={Math.min(28, step)}
                y={Math.max(0, yOf(value) - 14)}
                height={28}
                className={styles.area}
              />
              <circle cx={xOf(index)} cy={yOf(value)} r={points.length > 40 ? 2 : 3.5} className={styles.point} />
            </a>
          );
        })}
        <EndNames x={width - right + 6} names={ends} places={places} />
      </svg>
      <Told>{told}</Told>
    </div>
  );
}
