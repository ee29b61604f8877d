import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNote } from '../../../main/archive/evidence/checkpoint.ts';
import { latestCheckpoint, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { consistencyProof, verifyConsistency } from '../../../main/archive/evidence/merkle.ts';
import { storedNodes } from '../../../main/archive/evidence/tree.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { createHold, mayRemove, releaseHold } from '../../../main/archive/review/holds.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { findConversation } from '../../../main/archive/store/transcripts.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const ids = ['c1', 'c2', 'c3', 'c4'];

const step = fc.oneof(
  fc.record({
    do: fc.constant('take' as const),
    id: fc.constantFrom(...ids),
    start: fc.integer({ min: 0, max: 3 }),
    texts: fc.array(fc.constantFrom('refund', 'hello', 'card'), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('hold' as const), of: fc.subarray(ids, { minLength: 1 }) }),
  fc.record({ do: fc.constant('release' as const), nth: fc.nat(3) }),
);

test('whatever is taken in, changed, held and released, every checkpoint stays consistent and holds are as made', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const writer = openTestWriter();
      const account = testAccount(writer);
      const archived = new Set<string>();
      const inForce = new Map<string, string[]>();
      const notes: string[] = [];
      steps.forEach((each, position) => {
        if (each.do === 'take') {
          const startedAt = march + each.start * minute;
          take(writer, account, 'chat', [chatText({ id: each.id, texts: each.texts, startedAt })]);
          recordCheckpoint(writer, position, actor);
          archived.add(each.id);
        } else if (each.do === 'hold') {
          const of = each.of.filter((id) => archived.has(id));
          if (of.length === 0) return;
          const hold = { name: `h${position}`, reason: 'x', scope: { kind: 'ids' as const, ids: of } };
          createHold(writer, hold, { now: position, actor });
          inForce.set(hold.name, of);
        } else {
          const name = [...inForce.keys()][each.nth];
          if (name === undefined) return;
          releaseHold(writer, { name, reason: 'x' }, { now: position, actor });
          inForce.delete(name);
        }
        notes.push(latestCheckpoint(writer.db)?.note ?? '');
      });

      for (const id of archived) {
        const expected = [...inForce].filter(([, of]) => of.includes(id)).map(([name]) => name);
        expect(mayRemove(writer.db, findConversation(writer.db, id).rid).holds).toEqual(expected);
      }
      const held = [...archived].filter((id) => [...inForce.values()].some((of) => of.includes(id)));
      const found = [...matchingRids(writer.db, 'has:hold', { sort: 'oldest', timeZone: 'UTC', now: march })];
      const rids = held.map((id) => findConversation(writer.db, id).rid);
      expect(found).toEqual(rids.toSorted((first, second) => first - second));

      const heads = notes.map((note) => parseNote(note)?.checkpoint).filter((head) => head !== undefined);
      expect(heads).toHaveLength(notes.length);
      const newest = heads.at(-1);
      for (const old of heads) {
        if (newest === undefined) continue;
        const proof = consistencyProof(old.size, newest.size, storedNodes(writer.db));
        expect(verifyConsistency(old.size, newest.size, old.root, newest.root, proof)).toBe(true);
      }
      const report = await verifyArchive(writer.db, {
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      expect(report.failures).toEqual([]);
      writer.close();
    }),
    { numRuns: 25, interruptAfterTimeLimit: 20_000 },
  );
});
