import type { Message, Transcript, VersionDiff } from '../../../preload/model.ts';

const scalars = ['startedAt', 'endedAt', 'durationMs', 'status', 'csat', 'nps', 'mcs', 'summary'] as const;
const lists = ['agents', 'skills', 'surveys', 'attributes', 'transfers', 'details'] as const;

/** What differs between two versions of one conversation, as a person would list it. */
export function diffVersions(before: Transcript, after: Transcript): VersionDiff {
  return {
    id: after.id,
    from: before.version,
    to: after.version,
    messages: diffMessages(before.messages, after.messages),
    fields: [
      ...scalars.flatMap((field) => changedField(field, words(before[field]), words(after[field]))),
      ...(['id', 'name', 'email', 'phone'] as const).flatMap((part) =>
        changedField(`customer.${part}`, words(before.customer[part]), words(after.customer[part])),
      ),
      ...lists.flatMap((field) => diffLists(field, before[field], after[field])),
    ],
  };
}

/**
 * Equal messages are paired wherever they stand: a record that was fetched again may have gained lines in between.
 * Of the rest, those of one speaker at one time are the same message with other content.
 */
function diffMessages(before: readonly Message[], after: readonly Message[]): VersionDiff['messages'] {
  const same = pair(before, after, (message) => JSON.stringify({ ...message, index: 0 }));
  const alike = pair(same.onlyBefore, same.onlyAfter, ({ time, role, speaker }) =>
    JSON.stringify([time, role, speaker]),
  );
  return {
    added: alike.onlyAfter,
    removed: alike.onlyBefore,
    changed: alike.pairs.map(([one, other]) => ({ before: one, after: other })),
  };
}

interface Paired<T> {
  pairs: [T, T][];
  onlyBefore: T[];
  onlyAfter: T[];
}

/** Pairs items of equal keys, first with first; each item is in one pair at most. */
function pair<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Paired<T> {
  const waiting = new Map<string, T[]>();
  for (const item of after) {
    const key = keyOf(item);
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [item]);
    else list.push(item);
  }
  const pairs: [T, T][] = [];
  const onlyBefore: T[] = [];
  const found = new Set<T>();
  for (const item of before) {
    const partner = waiting.get(keyOf(item))?.shift();
    if (partner === undefined) onlyBefore.push(item);
    else {
      pairs.push([item, partner]);
      found.add(partner);
    }
  }
  return { pairs, onlyBefore, onlyAfter: after.filter((item) => !found.has(item)) };
}

function diffLists(field: string, before: readonly object[], after: readonly object[]): VersionDiff['fields'] {
  const { onlyBefore, onlyAfter } = pair(before, after, (item) => JSON.stringify(item));
  return [
    ...onlyBefore.map((item) => ({ field, before: words(item), after: null })),
    ...onlyAfter.map((item) => ({ field, before: null, after: words(item) })),
  ];
}

function changedField(field: string, before: string | null, after: string | null): VersionDiff['fields'] {
  return before === after ? [] : [{ field, before, after }];
}

/** A value as one line of text: of an object its values that say something. */
function words(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.values(value)
    .map(words)
    .filter((part) => part !== null && part !== '');
  return parts.join(' · ');
}
