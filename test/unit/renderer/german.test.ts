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

test('every German sentence holds the values of the English one, in the same forms, and none is empty', () => {
  const wrong = english.filter(([key, entry]) => {
    const translated = german.get(key) ?? '';
    const sameValues = namesIn(translated).join() === namesIn(entry).join();
    const full = formsOf(translated).every((form) => form.trim() !== '');
    return !sameValues || !full || typeof translated !== typeof entry;
  });
  expect(wrong.map(([key]) => key)).toEqual([]);
});
