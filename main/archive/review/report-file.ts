import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import { outcomes, type Outcome, type ReviewReport } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { csvRows } from '../export/csv.ts';
import { Markup } from '../export/html-markup.ts';
import { prepared } from '../store/statements.ts';
import { idOf } from './doing.ts';
import { marksOf } from './marks-of.ts';
import { wholeReport, type WholeReport } from './report.ts';

/** A file that a page can still hold as one text. */
const mostListed = 100_000;

interface ListRow {
  id: string;
  startedAt: string;
  messages: number;
  outcome: Outcome | '';
  reviewer: string;
  decidedAt: string;
  tags: string;
  cases: string;
  holds: string;
  notes: number;
}

/**
 * A review's report as a file: the totals, and each conversation with what was decided about it. CSV is the list alone.
 * @throws ArchiveError as `reviewReport`; invalid-input when the list is too long
 */
export function reportFile(
  db: Database,
  { format, ...input }: ParsedInput<'review.reportFile'>,
  now: number,
): Output<'review.reportFile'> {
  const whole = wholeReport(db, input, now);
  if (whole.rids.length > mostListed) {
    throw new ArchiveError('invalid-input', `A report lists at most ${mostListed} conversations.`, {
      hint: 'Narrow it to a case, a review or a month.',
      details: { total: whole.rids.length },
    });
  }
  const rows = whole.rids.map((rid) => listRow(db, rid, whole));
  const name = `review-report-${new Date(now).toISOString().slice(0, 10)}.${format}`;
  switch (format) {
    case 'csv':
      return { name, mediaType: 'text/csv; charset=utf-8', text: csvOf(rows) };
    case 'json':
      return { name, mediaType: 'application/json', text: jsonOf(whole.report, rows) };
    case 'html':
      return { name, mediaType: 'text/html; charset=utf-8', text: htmlOf(whole.report, rows) };
  }
}

const columns: readonly (readonly [keyof ListRow, string])[] = [
  ['id', 'Conversation'],
  ['startedAt', 'Started'],
  ['messages', 'Messages'],
  ['outcome', 'Outcome'],
  ['reviewer', 'Reviewer'],
  ['decidedAt', 'Decided'],
  ['tags', 'Tags'],
  ['cases', 'Cases'],
  ['holds', 'Holds'],
  ['notes', 'Notes'],
];

function listRow(db: Database, rid: number, { decisions }: WholeReport): ListRow {
  const row = prepared<[number], { start_ms: number; message_count: number }>(
    db,
    'SELECT start_ms, message_count FROM conversation WHERE rid = ?',
  ).get(rid);
  const decision = decisions.get(rid);
  const { tags, cases, holds, notes } = marksOf(db, rid);
  return {
    id: idOf(db, rid),
    startedAt: isoTime(row?.start_ms ?? null) ?? '',
    messages: row?.message_count ?? 0,
    outcome: decision?.outcome ?? '',
    reviewer: decision?.decided_by ?? '',
    decidedAt: isoTime(decision?.decided_ms ?? null) ?? '',
    tags: tags.map(({ name }) => name).join('; '),
    cases: cases.map(({ name }) => name).join('; '),
    holds: holds.join('; '),
    notes,
  };
}

function csvOf(rows: readonly ListRow[]): string {
  const cells = rows.map((row) => columns.map(([key]) => row[key]));
  return `\uFEFF${csvRows([columns.map(([key]) => key), ...cells])}`;
}

function jsonOf(report: ReviewReport, rows: readonly ListRow[]): string {
  const conversations = rows.map((row) => ({ ...row, outcome: row.outcome === '' ? null : row.outcome }));
  return `${JSON.stringify({ ...report, at: isoTime(report.at), conversations }, null, 2)}\n`;
}

const outcomeWords: Record<Outcome, string> = {
  relevant: 'Relevant',
  'not-relevant': 'Not relevant',
  'second-look': 'Second look',
};

const style =
  'body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2326}table{border-collapse:collapse;margin:0 0 2rem}' +
  'th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #c9d1d4;vertical-align:top}' +
  'td.number,th.number{text-align:right}caption{text-align:left;font-weight:600;padding:.5rem 0}';

function htmlOf(report: ReviewReport, rows: readonly ListRow[]): string {
  const page = new Markup();
  const { progress } = report;
  page.element('h1', {}, 'Review report');
  page.element('p', {}, report.scope);
  page.element('p', {}, `As of ${isoTime(report.at) ?? ''}. Days are those of ${report.timeZone}.`);
  const open = progress.total - progress.reviewed;
  table(
    page,
    'Progress',
    ['', 'Conversations'],
    [
      ['To review', progress.total],
      ['Reviewed', progress.reviewed],
      ...outcomes.map((outcome) => [outcomeWords[outcome], progress.outcomes[outcome]]),
      ['Open', open],
    ],
  );
  const heads = outcomes.map((outcome) => outcomeWords[outcome]);
  const counts = (of: Record<Outcome, number>) => outcomes.map((outcome) => of[outcome]);
  table(
    page,
    'By reviewer',
    ['Reviewer', ...heads],
    report.reviewers.map(({ name, outcomes: of }) => [name, ...counts(of)]),
  );
  table(
    page,
    'By day',
    ['Day', ...heads],
    report.days.map(({ day, outcomes: of }) => [day, ...counts(of)]),
  );
  const { sample } = report;
  if (sample !== null) {
    table(
      page,
      'Random sample',
      ['', ''],
      [
        ['Drawn', `${sample.size} of ${sample.of} conversations`],
        ['Seed', sample.seed],
        ['SHA-256 of the ids drawn from', sample.hitsSha256],
        ['Entries of the custody log then', sample.logSize],
        [
          'Method',
          'Those whose SHA-256 of SEED:ID comes first. Drawing again from the same ids gives the same sample.',
        ],
      ],
    );
  }
  table(
    page,
    'Conversations',
    columns.map(([, head]) => head),
    rows.map((row) => columns.map(([key]) => row[key])),
  );
  return (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Review report</title>' +
    `<style>${style}</style></head><body><main>${page.html}</main></body></html>\n`
  );
}

function table(page: Markup, caption: string, heads: readonly string[], rows: readonly (string | number)[][]): void {
  if (rows.length === 0) return;
  page.open('table');
  page.element('caption', {}, caption);
  page.open('thead');
  page.open('tr');
  heads.forEach((head, index) => {
    const number = rows.every((row) => typeof row[index] === 'number');
    page.element('th', { scope: 'col', ...(number ? { class: 'number' } : {}) }, head);
  });
  page.close('tr');
  page.close('thead');
  page.open('tbody');
  for (const row of rows) {
    page.open('tr');
    row.forEach((cell, index) => {
      if (index === 0) page.element('th', { scope: 'row' }, String(cell));
      else page.element('td', typeof cell === 'number' ? { class: 'number' } : {}, String(cell));
    });
    page.close('tr');
  }
  page.close('tbody');
  page.close('table');
}
