import type { ReactNode } from 'react';
import styles from './setting.module.css';

/** A part of the settings under its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** One line: what it is, and its value or control. */
export function Setting({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <div>
        <p>{name}</p>
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
      <div className={styles.value}>{children}</div>
    </div>
  );
}
