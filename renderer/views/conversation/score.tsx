import { clsx } from 'clsx';
import { formatNumber } from '../../text/format.ts';
import styles from './score.module.css';

/** A satisfaction figure with its name. Low CSAT stands out by weight, not by alarm. */
export function Score({ name, value }: { name: string; value: number }) {
  return (
    <span className={clsx(styles.score, name === 'CSAT' && value <= 2 && styles.low)}>
      {name} <b>{formatNumber(value)}</b>
    </span>
  );
}
