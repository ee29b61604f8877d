import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../preload/errors.ts';
import { countMatching } from '../../../main/archive/search/count.ts';
import { explainQuery } from '../../../main/archive/search/explain.ts';
import { marksIn } from '../../../main/archive/search/marks.ts';
import { planQuery } from '../../../main/archive/search/plan.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { sentences } from './corpus.ts';
import { firstStart, testArchive } from './support.ts';

const archive = testArchive(
  sentences.map((sentence, index) => ({
    id: `c${index}`,
    start: firstStart + index * 60_000,
    lines: [`agent: ${sentence}`],
    csat: 3,
  })),
);
const moment = { now: firstStart, timeZone: 'Europe/Berlin' };

/** Answers the query, or returns the positioned error that says why it cannot be; anything else is thrown on. */
function outcome(query: string): number | ArchiveError {
  try {
    const parsed = parseQuery(query);
    explainQuery(parsed);
    marksIn([], query);
    return countMatching(archive.db, planQuery(parsed, moment, 0));
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'invalid-input') return error;
    throw error;
  }
}

function expectSoundOutcome(query: string): void {
  const result = outcome(query);
  if (typeof result === 'number') {
    if (result < 0 || result > sentences.length) throw new Error(`an impossible total: ${result}`);
    return;
  }
  const { position, expected } = result.details ?? {};
  const isPlaced = typeof position === 'number' && position >= 0 && position <= query.length;
  if (!isPlaced || typeof expected !== 'string' || expected === '') throw new Error(`no place: ${result.message}`);
}

const fragments = [
  '(',
  ')',
  '"',
  '“',
  '”',
  '-',
  '*',
  ' ',
  ' OR ',
  ' AND ',
  ' NOT ',
  ' NEAR/3 ',
  ' NEAR ',
  'NEAR/',
  ':',
  ',',
  '..',
  '<',
  '<=',
  '=',
  'said:agent',
  'said:customer(',
  'said:',
  'agent:',
  'agent:"',
  'csat:',
  'csat:<=2',
  'duration:>1h',
  'messages:1..',
  'from:',
  'on:2026-01-15',
  'to:-30d',
  'has:note',
  'is:',
  'id:chat:1:2',
  'phone:',
  'refund',
  'guarantee',
  'BENCH-100821',
  '退款',
  'ขอ',
  'İ',
  'ß',
  '\uE000all',
  '\uE001',
  '\0',
  '\ud800',
  '👍🏽',
  'e\u0301',
  '\u0301',
  '\ufeff',
  '4711',
  "'",
  ';--',
  '{agent} :',
  '^',
  '+',
  '\\',
];
const pieces = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 14 })
  .map((parts) => parts.join(''));

describe('no text of a query can do harm', () => {
  test('100,000 strings each give a total or an error with a place', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 4, arbitrary: pieces },
          { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
        ),
        expectSoundOutcome,
      ),
      { numRuns: 100_000 },
    );
  });

  test.each([
    ['ten thousand words', 'refund order nothing '.repeat(3334)],
    ['ten thousand different words', Array.from({ length: 10_000 }, (_, index) => `w${index}`).join(' OR ')],
    ['ten thousand parentheses around a word', `${'('.repeat(10_000)}refund${')'.repeat(10_000)}`],
    ['ten thousand open parentheses', '('.repeat(10_000)],
    ['ten thousand minus signs', `${'-'.repeat(10_000)}refund`],
    ['ten thousand times NOT', `${'NOT '.repeat(10_000)}refund`],
    ['ten thousand quotes', '"'.repeat(10_000)],
    ['a phrase of ten thousand words', `"${'refund '.repeat(10_000)}"`],
    ['AND and OR in turns, nested a thousand times', `${'(a OR (b '.repeat(1000)}c${'))'.repeat(1000)}`],
    ['a word of a million letters', 'x'.repeat(1_000_000)],
    ['a filter of ten thousand values', `agent:${Array.from({ length: 10_000 }, (_, index) => `a${index}`).join(',')}`],
    ['ten thousand ranges', `csat:${Array.from({ length: 10_000 }, (_, index) => `${index}..${index + 2}`).join(',')}`],
    ['a thousand dates', 'on:2026-01-15 OR '.repeat(1000) + 'on:2026-01-15'],
    ['a chain of a thousand NEARs', `refund${' NEAR/5 order'.repeat(1000)}`],
  ])('%s', (_name, query) => {
    expectSoundOutcome(query);
  });

  test('the deepest nesting that parses is within what FTS5 can take, whatever stands in it', () => {
    const words = Array.from({ length: 70 }, (_, index) => `w${index}`);
    let parsed = 0;
    for (let depth = 1; depth <= 40; depth += 1) {
      for (const [open, join] of [
        ['-', ' '],
        ['', ' OR '],
        ['-', ' OR '],
      ] as const) {
        let query = 'refund';
        for (let level = 0; level < depth; level += 1) {
          const operator = level % 2 === 0 ? join : join === ' ' ? ' ' : ' AND ';
          query = `${words.join(operator)}${operator}${open}(${query})`;
        }
        if (typeof outcome(query) === 'number') parsed += 1;
      }
    }
    expect(parsed).toBeGreaterThan(15);
  });
});
