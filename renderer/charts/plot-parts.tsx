import type { Axis } from './axis.ts';
import styles from './plot.module.css';

interface ValueAxisProps {
  axis: Axis;
  /** Where the plot begins and ends, in pixels of the drawing. */
  left: number;
  right: number;
  yOf: (value: number) => number;
  format: (value: number) => string;
}

/** The lines of an axis of values, from zero, with their figures to the left. */
export function ValueAxis({ axis, left, right, yOf, format }: ValueAxisProps) {
  return axis.ticks.map((value) => (
    <g key={value} aria-hidden>
      <line x1={left} x2={right} y1={yOf(value)} y2={yOf(value)} className={value === 0 ? styles.base : styles.grid} />
      <text x={left - 8} y={yOf(value) + 4} textAnchor="end" className={styles.tick}>
        {format(value)}
      </text>
    </g>
  ));
}

interface EndNamesProps {
  x: number;
  names: readonly { name: string; kind: string }[];
  /** Where each stands, so that none covers another. */
  places: readonly number[];
}

/** Names beside the end of what they name, instead of a legend. */
export function EndNames({ x, names, places }: EndNamesProps) {
  return names.map(({ name, kind }, index) => (
    <text
      key={`${kind} ${name}`}
      x={x}
      y={(places[index] ?? 0) + 4}
      className={styles.name}
      data-kind={kind}
      aria-hidden
    >
      {name}
    </text>
  ));
}
