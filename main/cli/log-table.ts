import type { CustodyEntry } from '../../preload/model.ts';
import { isoTime } from '../../preload/public-json.ts';

/** Entries of the custody log as NDJSON: one a line, as `log --json` has them. */
export function ndjsonOf(entries: readonly CustodyEntry[]): string {
  return entries.map((entry) => `${JSON.stringify({ ...entry, time: isoTime(entry.time) })}\n`).join('');
}

const columns = ['position', 'time', 'kind', 'user', 'host', 'app', 'subjects', 'details'];

/**
 * Entries of the custody log as RFC 4180 rows with a byte order mark, as spreadsheets read them. Subjects stand with
 * blanks between them, details as JSON; text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function csvOf(entries: readonly CustodyEntry[]): string {
  const rows = entries.map((entry) => [
    String(entry.position),
    isoTime(entry.time) ?? '',
    entry.kind,
    entry.user ?? '',
    entry.host ?? '',
    entry.app ?? '',
    entry.subjects.join(' '),
    JSON.stringify(entry.details),
  ]);
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
