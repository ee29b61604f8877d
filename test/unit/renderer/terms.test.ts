import { expect, test } from 'vitest';
import { asPhrase, csvLine, readTerms } from '../../../renderer/views/search/terms.ts';
import { within } from '../../../renderer/views/search/query-text.ts';

test('terms are lines or the first column of a CSV file, each once', () => {
  expect(
    readTerms(
      '\uFEFFrefund,urgent\r\n"money, back",x\n\n  refund \nguarantee;2\nsaid:agent(a, b)\n"money back"\n"a ""b"" c"',
    ),
  ).toEqual(['refund', 'money, back', 'guarantee', 'said:agent(a, b)', '"money back"', 'a "b" c']);
});

test('a term becomes a phrase that no quote can leave', () => {
  expect(asPhrase('money  "back" now')).toBe('"money back now"');
});

test('a cell that a spreadsheet would run is made text', () => {
  expect(csvLine(['=SUM(A1)', 'a,b', 'say "no"'])).toBe(`'=SUM(A1),"a,b","say ""no"""`);
});

test('a search within another one keeps the meaning of both', () => {
  expect(within('a OR b', 'c OR d')).toBe('(a OR b) (c OR d)');
  expect(within('refund csat:1', 'card')).toBe('refund csat:1 card');
});
