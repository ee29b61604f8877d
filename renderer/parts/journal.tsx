import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './journal.module.css';

interface JournalProps {
  /** Headings; what happened comes last and gets the room that is left. */
  columns: readonly string[];
  /** Rows of the table's body. */
  children: ReactNode;
  /** Absent: there is nothing older. */
  older?: { label: string; busy: boolean; onShow: () => void } | undefined;
}

/** A table of what happened, newest first, that goes on as far back as one asks. */
export function Journal({ columns, children, older }: JournalProps) {
  return (
    <>
      <div className={clsx(styles.scroller)}>
        <table className={clsx(styles.table)}>
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
      {older !== undefined && (
        <div>
          <Button size="small" isDisabled={older.busy} onPress={older.onShow}>
            {older.label}
          </Button>
        </div>
      )}
    </>
  );
}
