import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './table.module.css';

interface TableProps {
  /** Headings. */
  columns: readonly string[];
  /** The column that gets the room that is left: the first, if it names the row, or the last, if it says what happened. */
  wide?: 'first' | 'last';
  /** Which columns hold figures, which stand at the right: all but the first, or the last. */
  figures?: 'rest' | 'last';
  /** Rows of the table's body. */
  children: ReactNode;
}

/** Things of one kind, a row each. */
export function Table({ columns, wide = 'first', figures, children }: TableProps) {
  return (
    <div className={clsx(styles.scroller)}>
      <table
        className={clsx(
          styles.table,
          wide === 'first' ? styles.names : styles.happenings,
          figures !== undefined && styles[figures],
        )}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
