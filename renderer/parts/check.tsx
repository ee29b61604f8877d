import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import styles from './check.module.css';

interface CheckProps {
  label: string;
  note?: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  isDisabled?: boolean;
}

/** One thing that is on or off, with what there is to know about it. */
export function Check({ label, note, value, onChange, isDisabled = false }: CheckProps) {
  return (
    <Checkbox className={clsx(styles.check)} isSelected={value} onChange={onChange} isDisabled={isDisabled}>
      <span className={styles.box} aria-hidden />
      <span className={styles.words}>
        {label}
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </span>
    </Checkbox>
  );
}
