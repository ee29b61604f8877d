import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Table } from './table.tsx';

interface JournalProps {
  /** Headings; what happened comes last. */
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
      <Table columns={columns} wide="last">
        {children}
      </Table>
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
