import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainQuery } from '../../../main/archive/search/explain.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';

const page = readFileSync(new URL('../../../docs/search.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^\| `([^`]+)`\s+\|/gmu)].map((match) => match[1] ?? '');

test('the page on searching has examples', () => {
  expect(examples.length).toBeGreaterThan(15);
});

test.each(examples)('the documented query %s is read and can be said in words', (example) => {
  expect(explainQuery(parseQuery(example))).toMatch(/\S/u);
});
