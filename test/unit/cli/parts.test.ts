import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorCodes } from '../../../preload/errors.ts';
import { readDate } from '../../../main/cli/dates.ts';
import { exitCodeOf } from '../../../main/cli/exit-codes.ts';
import { printable, printableLine } from '../../../main/cli/printable.ts';
import { protectQueryWords } from '../../../main/cli/query-words.ts';

const now = Date.UTC(2026, 10, 24, 12);

test.each([
  ['2026-03-04', false, '2026-03-04T00:00:00.000Z'],
  ['2026-03-04', true, '2026-03-04T23:59:59.999Z'],
  ['2026-02', true, '2026-02-28T23:59:59.999Z'],
  ['2026', false, '2026-01-01T00:00:00.000Z'],
  ['2026', true, '2026-12-31T23:59:59.999Z'],
  ['-30d', false, '2026-10-25T12:00:00.000Z'],
  ['2026-03-04T05:06:07Z', false, '2026-03-04T05:06:07.000Z'],
])('the date %s (end: %s) is %s', (text, end, expected) => {
  expect(new Date(readDate('--since', text, now, end)).toISOString()).toBe(expected);
});

test.each(['2026-02-30', '2026-13', 'yesterday', '', '-30', '04.03.2026'])(
  '"%s" is not a date and is refused',
  (text) => {
    expect(() => readDate('--since', text, now)).toThrow(/--since is not a date/u);
  },
);

test('every error code has an exit code of the contract', () => {
  for (const code of errorCodes) expect([1, 2, 3, 4, 5, 6, 7, 130]).toContain(exitCodeOf(code));
});

test('no control character of a transcript reaches the terminal', () => {
  expect(printable('\u001b[31mred\u001b[0m \u202eevil')).toBe('\\u{1b}[31mred\\u{1b}[0m \\u{202e}evil');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u.test(printableLine(text)),
    ),
  );
});

test('a query that starts with an excluded word is not taken for an option', () => {
  expect(protectQueryWords(['node', 'cli', 'search', '-refund', '--limit', '-5', '--json'])).toEqual([
    'node',
    'cli',
    'search',
    ' -refund',
    '--limit',
    '-5',
    '--json',
  ]);
});
