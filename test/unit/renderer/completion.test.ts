import { expect, test } from 'vitest';
import { completeField, completeValue, tokenAt } from '../../../renderer/views/search/completion.ts';

/** The caret stands where the bar is. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  return { query: marked.replace('|', ''), caret };
}

test.each([
  ['ag|', { kind: 'field', text: 'ag', start: 0, end: 2 }],
  ['refund (ski|', { kind: 'field', text: 'ski', start: 8, end: 11 }],
  ['-ta|', { kind: 'field', text: 'ta', start: 1, end: 3 }],
  ['agent:|', { kind: 'value', field: 'agent', text: '', rest: '', start: 6, end: 6 }],
  ['refund Agent:To| csat:1', { kind: 'value', field: 'agent', text: 'To', rest: 'refund csat:1', start: 13, end: 15 }],
  ['agent:"Tomas Br|', { kind: 'value', field: 'agent', text: 'Tomas Br', rest: '', start: 6, end: 15 }],
  ['country:Germany,"New Z|', { kind: 'value', field: 'country', text: 'New Z', rest: '', start: 16, end: 22 }],
])('in %s it is seen what is being typed', (marked, token) => {
  const { query, caret } = at(marked);
  expect(tokenAt(query, caret)).toEqual(token);
});

test.each(['|', 'refund |', '"money ba|', 're|fund', '12|', '返金|'])('in %s nothing is completed', (marked) => {
  const { query, caret } = at(marked);
  expect(tokenAt(query, caret)).toBeNull();
});

test.each([
  ['ag| csat:1', 'field', 'agent', 'agent:| csat:1'],
  ['agent:to|', 'value', 'Tomas Brandt', 'agent:"Tomas Brandt" |'],
  ['country:Germany,Au|', 'value', 'Austria', 'country:Germany,Austria |'],
  ['agent:"Tomas Br| refund', 'value', 'Tomas Brandt', 'agent:"Tomas Brandt"| refund'],
  ['csat:|', 'value', '<=2', 'csat:<=2 |'],
  ['nps:|', 'value', '*', 'nps:* |'],
  ['said:a|', 'value', 'agent', 'said:agent(|'],
] as const)('%s becomes %#', (marked, kind, chosen, expected) => {
  const { query, caret } = at(marked);
  const token = tokenAt(query, caret);
  if (token === null) throw new Error('nothing is being typed');
  const done =
    kind === 'value' && token.kind === 'value'
      ? completeValue(query, token, chosen)
      : completeField(query, token, chosen);
  expect(`${done.query.slice(0, done.caret)}|${done.query.slice(done.caret)}`).toBe(expected);
});
