import { clsx } from 'clsx';
import { ProgressBar } from 'react-aria-components';
import styles from './progress.module.css';

/** A hairline of progress; without a known total it says so by a hatch, never by a lie. */
export function Progress({ label, fraction }: { label: string; fraction: number | null }) {
  const known = fraction !== null;
  return (
    <ProgressBar
      aria-label={label}
      className={clsx(styles.track)}
      isIndeterminate={!known}
      value={known ? Math.round(fraction * 1000) / 10 : 0}
    >
      <div
        className={clsx(styles.bar, !known && styles.unknown)}
        style={known ? { transform: `scaleX(${fraction})` } : undefined}
      />
    </ProgressBar>
  );
}
