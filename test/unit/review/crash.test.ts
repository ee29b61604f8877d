import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { listActions, stopInterrupted } from '../../../main/archive/review/actions.ts';
import { createCase } from '../../../main/archive/review/cases.ts';
import { createHold } from '../../../main/archive/review/holds.ts';
import {
  chatText,
  march,
  minute,
  openTestWriter,
  startChild,
  take,
  temporaryFolder,
  testAccount,
} from '../store/support.ts';
import { ana, found, input } from './support.ts';

const total = 400;

/** How each kind of action is found by search, and called in the log. */
const kinds = new Map([
  ['tag', { query: 'tag:vip', entry: 'tagged' }],
  ['star', { query: 'is:starred', entry: 'starred' }],
  ['mark', { query: 'reviewed:relevant', entry: 'reviewed' }],
  ['case-add', { query: 'case:Smith hold:h', entry: 'case-added' }],
  ['note', { query: 'note:promise', entry: 'note-added' }],
]);

test.each([0, 7, 40, 150])('what was confirmed survives SIGKILL %i ms later, whole', async (delay) => {
  const folder = temporaryFolder();
  const writer = openTestWriter(folder);
  take(
    writer,
    testAccount(writer),
    'chat',
    Array.from({ length: total }, (_, nth) =>
      chatText({ id: `c${nth}`, texts: ['hello'], startedAt: march + nth * minute }),
    ),
  );
  createCase(writer.db, input('cases.create', { name: 'Smith' }), ana);
  createHold(writer, { name: 'h', reason: 'x', scope: { kind: 'case', case: 'Smith' } }, ana);
  writer.close();

  const child = startChild('../review/review-child.ts', [folder]);
  await child.wrote('done note c0');
  await setTimeout(delay);
  await child.kill();

  const confirmed = child
    .output()
    .split('\n')
    .map((line) => /^done (\S+) (c\d+)$/u.exec(line))
    .filter((match) => match !== null);
  expect(confirmed.length).toBeGreaterThanOrEqual(kinds.size);
  const again = openTestWriter(folder);
  for (const [kind, { query, entry }] of kinds) {
    const said = confirmed.filter((match) => match[1] === kind).map((match) => match[2]);
    const there = found(again, query);
    expect(there).toEqual(expect.arrayContaining(said));
    // One more may have been committed without having been confirmed, and none halfway.
    expect(there.length - said.length).toBeLessThanOrEqual(1);
    const { entries } = custodyList(again.db, { kinds: [entry], versions: false, limit: 200 });
    expect(entries).toHaveLength(Math.min(there.length, 200));
  }
  const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };
  expect((await verifyArchive(again.db, noProgress)).failures).toEqual([]);
  stopInterrupted(again.db);
  expect(listActions(again.db, 200).filter(({ state }) => state === 'running')).toEqual([]);
  again.close();
});
