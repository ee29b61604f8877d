import { t } from '../text/text.ts';
import { Told } from './chart.tsx';
import { useMarks, type Mark } from './marks.ts';
import styles from './hour-grid.module.css';

export interface HourRow {
  name: string;
  hours: readonly (Mark & { value: number; text: string })[];
}

/** A row a day of the week, a cell an hour: the more, the darker, and the number in it. */
export function HourGrid({ rows, label }: { rows: readonly HourRow[]; label: string }) {
  const { told, container, tabIndexOf } = useMarks();
  const most = Math.max(1, ...rows.flatMap(({ hours }) => hours.map(({ value }) => value)));
  let mark = -1;
  return (
    <div>
      <div className={styles.scroller}>
        <table className={styles.grid} {...container}>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('chart.weekday')}</span>
              </th>
              {Array.from({ length: 24 }, (_, hour) => (
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                {row.hours.map((hour, index) => {
                  if (hour.value === 0 || hour.href === null) {
                    return (
                      <td key={index} className={styles.none}>
                        <span className="visually-hidden">{hour.text}</span>
                      </td>
                    );
                  }
                  mark += 1;
                  return (
                    <td key={index}>
                      <a
                        href={hour.href}
                        aria-label={hour.label}
                        data-mark=""
                        tabIndex={tabIndexOf(mark)}
                        className={styles.hour}
                        style={{ '--heat': `${Math.round((hour.value / most) * 100)}%` } as Record<string, string>}
                      >
                        {hour.text}
                      </a>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Told>{told}</Told>
    </div>
  );
}
