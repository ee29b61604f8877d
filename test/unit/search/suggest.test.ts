import { expect, test } from 'vitest';
import { count } from './ask.ts';
import { testArchive } from './support.ts';

const archive = testArchive([
  { id: 'a', lines: ['agent: refund under the money back guarantee', 'customer: Верните деньги', 'agent: Größe'] },
  { id: 'b', lines: ['agent: refund refunds'] },
]);

test.each([
  ['refnd', 'refund', 'refund'],
  ['erfund order', 'refund', 'refund order'],
  ['agent:x guarrantee', 'guarantee', 'agent:x guarantee'],
  ['"mony back"', 'money', '"money back"'],
  ['moneyback', 'money back', '"money back"'],
  ['said:agent(refumd OR nothing)', 'refund', 'said:agent(refund OR nothing)'],
  ['денги', 'деньги', 'деньги'],
  ['grosze', 'grosse', 'grosse'],
])('%s: did you mean %s?', (query, suggestion, corrected) => {
  const [first] = count(archive, query).suggestions ?? [];
  expect(first).toMatchObject({ suggestion, query: corrected });
});

test.each(['refund', 'refund*', '-refnd', 'xx', 'completelydifferent', '退', ''])('%s: nothing to suggest', (query) => {
  expect(count(archive, query).suggestions).toBeUndefined();
});
