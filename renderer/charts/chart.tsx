import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { toast } from '../parts/toast.tsx';
import { t } from '../text/text.ts';
import type { Mark } from './marks.ts';
import styles from './chart.module.css';

/** The same figures in rows: what a screen reader reads best, and what "copy" copies. */
export interface ChartTable {
  head: readonly string[];
  rows: readonly { name: string; cells: readonly (string | { text: string; href: Mark['href'] })[] }[];
}

interface ChartProps {
  title: string;
  /** What is seen, in words. */
  sentence: ReactNode;
  table: ChartTable;
  children: ReactNode;
  /** Of the page's width. */
  size: 'third' | 'half' | 'whole';
}

const textOf = (cell: ChartTable['rows'][number]['cells'][number]) => (typeof cell === 'string' ? cell : cell.text);

/** A chart with a heading, a sentence that says what is seen, and the same figures as a table. */
export function Chart({ title, sentence, table, children, size }: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const copy = async () => {
    const lines = [table.head, ...table.rows.map(({ name, cells }) => [name, ...cells.map(textOf)])];
    await navigator.clipboard.writeText(lines.map((line) => line.join('\t')).join('\n'));
    toast(t('chart.copied'));
  };
  return (
    <figure className={styles.chart} data-size={size} aria-labelledby={id}>
      <figcaption className={styles.caption}>
        <h2 id={id}>{title}</h2>
        <div className={styles.tools} data-print="no">
          <Button
            kind="quiet"
            size="small"
            aria-label={asTable ? t('chart.drawing.of', { title }) : t('chart.table.of', { title })}
            onPress={() => setAsTable(!asTable)}
          >
            {asTable ? t('chart.drawing') : t('chart.table')}
          </Button>
          <Button kind="quiet" size="small" aria-label={t('chart.copy.of', { title })} onPress={() => void copy()}>
            {t('chart.copy')}
          </Button>
        </div>
        <p className={styles.sentence}>{sentence}</p>
      </figcaption>
      {asTable ? <Table title={title} table={table} /> : children}
    </figure>
  );
}

function Table({ title, table }: { title: string; table: ChartTable }) {
  return (
    <div className={styles.scroller} role="region" aria-label={title} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.head.map((name, index) => (
              <th key={index} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ name, cells }, row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={index}>
                  {typeof cell === 'string' || cell.href === null ? textOf(cell) : <a href={cell.href}>{cell.text}</a>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The mark under the pointer, in words. Its place is kept, so that nothing moves. Screen readers read the mark itself. */
export function Told({ children }: { children: string | null }) {
  return (
    <p className={styles.told} data-print="no" aria-hidden>
      {children}
    </p>
  );
}
