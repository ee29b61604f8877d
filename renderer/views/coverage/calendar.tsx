import { clsx } from 'clsx';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Link } from 'wouter';
import type { CoverageDay, Source } from '../../../preload/model.ts';
import { formatDay, formatMonth } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { searchHref } from '../search/search-state.ts';
import { calendarOf, cellState } from './coverage-days.ts';
import styles from './calendar.module.css';

interface CalendarProps {
  coverage: readonly CoverageDay[];
  source: Source;
  accountId: string;
  /** A sync went through all days once. */
  finished: boolean;
}

const legend = ['complete', 'pending', 'gap', 'beyond', 'never'] as const;

/** Arrow keys go from day to day and month to month, so that the calendar is one stop of the Tab key, not four hundred. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const cell = event.target instanceof Element ? event.target.closest('td') : null;
  const row = cell?.closest('tr');
  if (cell === null || row === null || row === undefined) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const here = links.findIndex((link) => cell.contains(link));
  const sameDay = (other: Element | null) => other?.children[cell.cellIndex]?.querySelector('a');
  const targets: Record<string, HTMLAnchorElement | null | undefined> = {
    ArrowRight: links[here + 1],
    ArrowLeft: links[here - 1],
    ArrowUp: sameDay(row.previousElementSibling),
    ArrowDown: sameDay(row.nextElementSibling),
    Home: links[0],
    End: links.at(-1),
  };
  if (!(event.key in targets)) return;
  event.preventDefault();
  targets[event.key]?.focus();
}

/** A row a month, a cell a day. Each cell leads to the conversations of its day. */
export function Calendar({ coverage, source, accountId, finished }: CalendarProps) {
  const months = calendarOf(coverage);
  const [shown, setShown] = useState<CoverageDay | null>(null);
  const stop = shown?.day ?? coverage.at(-1)?.day;
  if (months.length === 0) return <p className={styles.aside}>{t('coverage.nothing-asked')}</p>;
  return (
    <div className={styles.calendar}>
      <div className={styles.scroller}>
        <table className={styles.table} onKeyDown={moveFocus}>
          <caption className="visually-hidden">{t('coverage.calendar')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('coverage.month')}</span>
              </th>
              {Array.from({ length: 31 }, (_, index) => (
                <th key={index} scope="col" className={styles.number}>
                  {index % 5 === 4 || index === 0 ? index + 1 : <span className="visually-hidden">{index + 1}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, days }) => (
              <tr key={month}>
                <th scope="row" className={styles.month}>
                  {formatMonth(month)}
                </th>
                {days.map((day, index) => (
                  <td key={index} className={styles.cell}>
                    {day !== null && (
                      <Link
                        href={searchHref({ query: `account:${accountId} source:${source} on:${day.day}`, zone: 'UTC' })}
                        className={clsx(styles.day)}
                        data-state={cellState(day, finished)}
                        tabIndex={day.day === stop ? 0 : -1}
                        aria-label={dayWords(day, finished)}
                        onPointerEnter={() => setShown(day)}
                        onFocus={() => setShown(day)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.shown} aria-hidden>
        {shown === null ? t('coverage.point') : dayWords(shown, finished)}
      </p>
      <ul className={styles.legend} aria-label={t('coverage.legend')}>
        {legend.map((state) => (
          <li key={state}>
            <span className={styles.day} data-state={state} aria-hidden />
            {t(`coverage.state.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function dayWords(day: CoverageDay, finished: boolean): string {
  const date = formatDay(Date.parse(`${day.day}T00:00:00Z`), 'UTC');
  const state = t(`coverage.state.${cellState(day, finished)}`);
  if (day.reported === null) return t('coverage.day.unknown', { date, state, archived: day.archived });
  return t('coverage.day', { date, state, reported: day.reported, archived: day.archived });
}
