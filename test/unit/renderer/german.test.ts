import { expect, test } from 'vitest';
import { de } from '../../../renderer/text/de.ts';
import { en } from '../../../renderer/text/en.ts';

type Entry = string | { one?: string; other: string };
const english = Object.entries<Entry>(en);
const german = new Map(Object.entries<Entry>(de));
const formsOf = (entry: Entry) => (typeof entry === 'string' ? [entry] : Object.values(entry));
const namesIn = (entry: Entry) =>
  [...new Set(formsOf(entry).flatMap((form) => [...form.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? '')))].sort(
    (one, other) => one.localeCompare(other),
  );

test('German has every key of English and no other', () => {
  expect(english.length).toBeGreaterThan(1000);
  expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
});

test.each(english)('%s holds the same values in German', (key, entry) => {
  const translated = german.get(key) ?? '';
  expect(namesIn(translated)).toEqual(namesIn(entry));
  expect(formsOf(translated).every((form) => form.trim() !== '')).toBe(true);
  expect(typeof translated).toBe(typeof entry);
});
