import type { Mark } from './marks.ts';
import styles from './bar-list.module.css';

export interface Bar extends Mark {
  name: string;
  value: number;
  /** As it is shown. */
  text: string;
  before: number | null;
}

/** Values beside each other, the longest bar being the most; a grey tick where each was in the period before. */
export function BarList({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...bars.flatMap(({ value, before }) => [value, before ?? 0]));
  const share = (value: number) => `${(value / most) * 100}%`;
  return (
    <ul className={styles.list} aria-label={label}>
      {bars.map((bar) => {
        const inside = (
          <>
            <span className={styles.name}>{bar.name}</span>
            <span className={styles.track} aria-hidden>
              <span className={styles.bar} style={{ width: share(bar.value) }} />
              {bar.before !== null && (
                <span className={styles.before} style={{ insetInlineStart: share(bar.before) }} />
              )}
            </span>
            <span className={styles.value}>{bar.text}</span>
          </>
        );
        return (
          <li key={bar.name}>
            {bar.href === null ? (
              <span className={styles.row} title={bar.label}>
                {inside}
              </span>
            ) : (
              <a href={bar.href} className={styles.row} title={bar.label}>
                {inside}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
