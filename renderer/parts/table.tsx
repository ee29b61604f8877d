import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './table.module.css';

interface TableProps {
  /** Headings. The first column names the row and gets the room that is left. */
  columns: readonly string[];
  /** Which columns hold figures, which stand at the right: all but the first, or the last. */
  figures?: 'rest' | 'last';
  /** Rows of the table's body. */
  children: ReactNode;
}

/** Things of one kind, a row each. */
export function Table({ columns, figures, children }: TableProps) {
  return (
    <div className={clsx(styles.scroller)}>
      <table className={clsx(styles.table, figures !== undefined && styles[figures])}>
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
