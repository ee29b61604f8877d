import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setErasurePolicy } from '../../../main/archive/disposal/erasure-policy.ts';
import { runDisposition } from '../../../main/archive/disposal/disposition.ts';
import { planDisposition } from '../../../main/archive/disposal/disposition-plan.ts';
import { decideErasure, settleErasures } from '../../../main/archive/disposal/erasures.ts';
import { setRetentionClass } from '../../../main/archive/disposal/retention.ts';
import { parseNote } from '../../../main/archive/evidence/checkpoint.ts';
import { latestCheckpoint, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { consistencyProof, verifyConsistency } from '../../../main/archive/evidence/merkle.ts';
import { storedNodes } from '../../../main/archive/evidence/tree.ts';
import { noLog } from '../../../main/archive/log.ts';
import { createHold, releaseHold } from '../../../main/archive/review/holds.ts';
import { searchPage } from '../../../main/archive/search/page.ts';
import { transcriptKnownOn } from '../../../main/archive/store/as-known.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { findConversation, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { contract } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { ErasurePolicy, Transcript } from '../../../preload/model.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { actor, marker, scrub, verified } from './support.ts';

const ids = ['c1', 'c2', 'c3'];
const day = 86_400_000;
const queries = ['', 'refund', '-card', 'has:erased'];

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('take' as const),
      id: fc.constantFrom(...ids),
      start: fc.integer({ min: 0, max: 2 }),
      via: fc.constantFrom('search' as const, 'search' as const, 'import' as const),
      texts: fc.array(fc.constantFrom('refund', 'hello', 'card', marker, marker), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold' as const), of: fc.subarray(ids, { minLength: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), nth: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      policy: fc.constantFrom<ErasurePolicy>('keep', 'ask', 'purge', 'purge'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      id: fc.constantFrom(...ids),
      decision: fc.constantFrom('keep' as const, 'purge' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('scrub' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('dispose' as const), query: fc.constantFrom('refund', '-card', 'hello') }),
  },
);
/** One of each, always run first: a slow machine may not come to many others. */
const everything: Step[] = [
  { do: 'take', id: 'c1', start: 0, via: 'search', texts: ['refund', 'card'] },
  { do: 'take', id: 'c2', start: 1, via: 'search', texts: ['refund'] },
  { do: 'hold', of: ['c2'] },
  { do: 'take', id: 'c1', start: 0, via: 'search', texts: [marker] },
  { do: 'take', id: 'c2', start: 2, via: 'search', texts: [marker] },
  { do: 'settle', policy: 'purge' },
  { do: 'decide', id: 'c2', decision: 'purge' },
  { do: 'release', nth: 0 },
  { do: 'settle', policy: 'ask' },
  { do: 'decide', id: 'c2', decision: 'purge' },
  { do: 'take', id: 'c1', start: 0, via: 'import', texts: ['refund', 'card'] },
  { do: 'dispose', query: '-card' },
  { do: 'scrub' },
];
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Which versions of a conversation still have their content, as `rid.number`. */
function contentsOf({ db }: ArchiveWriter, rid: number): string[] {
  return db
    .prepare<[number], string>("SELECT number || '' FROM version WHERE rid = ? AND sha256 IS NOT NULL")
    .pluck()
    .all(rid);
}

/** The list of versions says since when content is gone: that is about today, and not about then. */
function asOfThen(transcript: Transcript) {
  return { ...transcript, versions: transcript.versions.map(({ version, receivedAt }) => ({ version, receivedAt })) };
}

function answers({ db }: ArchiveWriter, asKnownOn?: number) {
  return queries.map((query) => {
    const input = contract['search.page'].input.parse({
      query,
      limit: 50,
      ...(asKnownOn === undefined ? {} : { asKnownOn }),
    });
    return searchPage(db, input, march + 2000 * day)
      .hits.map(({ id }) => id)
      .toSorted();
  });
}

class History {
  readonly writer = openTestWriter();
  readonly #account = testAccount(this.writer);
  readonly #holds = new Map<string, string[]>();
  readonly notes: string[] = [];
  readonly #snapshots: { moment: number; transcripts: Transcript[]; answers: string[][] }[] = [];

  archived(): string[] {
    return ids.filter((id) => {
      try {
        findConversation(this.writer.db, id);
        return true;
      } catch {
        return false;
      }
    });
  }

  held(id: string): boolean {
    return [...this.#holds.values()].some((of) => of.includes(id));
  }

  async run(each: Step, position: number): Promise<void> {
    const { writer } = this;
    const now = march + 1000 * day + 1000 * (position + 1);
    const doing = { now, actor };
    const before = this.archived().map((id) => ({ id, held: this.held(id), contents: this.#contents(id) }));
    if (each.do === 'take') {
      const startedAt = march + each.start * minute;
      const text = chatText({ id: each.id, texts: each.texts, startedAt });
      take(writer, this.#account, 'chat', [text], { receivedAt: now, via: each.via });
      recordCheckpoint(writer, now, actor);
    } else if (each.do === 'hold') {
      const of = each.of.filter((id) => this.archived().includes(id));
      if (of.length === 0) return;
      createHold(writer, { name: `h${position}`, reason: 'x', scope: { kind: 'ids', ids: of } }, doing);
      this.#holds.set(`h${position}`, of);
    } else if (each.do === 'release') {
      const name = [...this.#holds.keys()][each.nth];
      if (name === undefined) return;
      releaseHold(writer, { name, reason: 'x' }, doing);
      this.#holds.delete(name);
    } else if (each.do === 'settle') {
      setErasurePolicy(writer, { policy: each.policy }, doing);
      settleErasures(writer, doing, noLog);
    } else if (each.do === 'scrub') expect(await scrub(writer)).toBe(true);
    else if (each.do === 'dispose') await this.#dispose(each.query, doing);
    else this.#decide(each, doing);

    this.notes.push(latestCheckpoint(writer.db)?.note ?? '');
    for (const { id, held, contents } of before) {
      // Nothing goes but by a policy or a decision, and nothing at all under a hold.
      const mayGo =
        !held && (each.do === 'settle' || each.do === 'dispose' || (each.do === 'decide' && each.id === id));
      if (!mayGo) expect(this.#contents(id), `${id} after ${each.do}`).toEqual(expect.arrayContaining(contents));
    }
    if (each.do === 'take') this.#snapshot(now);
    expect((await verified(writer)).failures).toEqual([]);
  }

  #decide({ id, decision }: Extract<Step, { do: 'decide' }>, doing: { now: number; actor: typeof actor }): void {
    try {
      const decided = decideErasure(this.writer, { id, decision, reason: 'x' }, doing);
      expect(decision === 'purge' && this.held(id)).toBe(false);
      expect(decided.state).toBe(decision === 'purge' ? 'purged' : 'kept');
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      expect(['not-found', 'conflict']).toContain(error.code);
    }
  }

  async #dispose(query: string, doing: { now: number; actor: typeof actor }): Promise<void> {
    const { writer } = this;
    setRetentionClass(writer, { name: 'all', query, timeZone: 'UTC', keepDays: 1 }, doing);
    const { sha256, plan } = planDisposition(writer, 'Ana', doing);
    const input = { sha256, confirmedBy: 'Ben', reason: 'x' };
    const options = { signal: new AbortController().signal, doing: () => doing };
    const { certificate } = await runDisposition(writer, input, options);
    expect(certificate).toMatchObject({ destroyed: { conversations: plan.conversations }, held: 0, changed: 0 });
  }

  #contents(id: string): string[] {
    return contentsOf(this.writer, findConversation(this.writer.db, id).rid);
  }

  #snapshot(moment: number): void {
    const whole = this.archived().filter((id) => this.#contents(id).length > 0);
    const transcripts = whole.map((id) => loadTranscript(this.writer.db, findConversation(this.writer.db, id).rid));
    this.#snapshots.push({ moment, transcripts, answers: answers(this.writer) });
  }

  /** Every state of the past, of which the content is still there, is shown as it was then. */
  compare(): void {
    const { db } = this.writer;
    const touched = new Set(
      db
        .prepare<[], string>(
          `SELECT DISTINCT c.source || ':' || a.account_id || ':' || c.remote_id FROM tombstone t
           JOIN conversation c ON c.rid = t.rid JOIN account a ON a.key = c.account`,
        )
        .pluck()
        .all(),
    );
    const untouched = (lists: string[][]) => lists.map((list) => list.filter((id) => !touched.has(id)));
    for (const { moment, transcripts, answers: then } of this.#snapshots) {
      for (const transcript of transcripts) {
        const { rid } = findConversation(db, transcript.id);
        const isGone = !contentsOf(this.writer, rid).includes(String(transcript.version));
        if (isGone) {
          const gone = expect.objectContaining({ code: 'content-destroyed' }) as Error;
          expect(() => transcriptKnownOn(db, rid, moment)).toThrow(gone);
        } else expect(asOfThen(transcriptKnownOn(db, rid, moment))).toEqual(asOfThen(transcript));
      }
      expect(untouched(answers(this.writer, moment))).toEqual(untouched(then));
    }
  }
}

test('whatever is taken in, held, released, erased, purged and disposed of: the log stays consistent, the past as it was, holds are kept', async () => {
  const seen = { destroyed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const history = new History();
      const { writer } = history;
      try {
        for (const [position, each] of steps.entries()) await history.run(each, position);
        history.compare();
        const heads = history.notes.map((note) => parseNote(note)?.checkpoint).filter((head) => head !== undefined);
        expect(heads).toHaveLength(history.notes.filter((note) => note !== '').length);
        const newest = heads.at(-1);
        for (const old of heads) {
          if (newest === undefined) continue;
          const proof = consistencyProof(old.size, newest.size, storedNodes(writer.db));
          expect(verifyConsistency(old.size, newest.size, old.root, newest.root, proof)).toBe(true);
        }
        const count = (sql: string) => writer.db.prepare<[], number>(sql).pluck().get() ?? 0;
        seen.destroyed += count('SELECT count(*) FROM tombstone');
      } finally {
        writer.close();
      }
    }),
    { numRuns: 30, interruptAfterTimeLimit: 40_000, examples: [[everything]] },
  );
  // Histories in which nothing was ever destroyed would prove nothing.
  expect(seen.destroyed).toBeGreaterThan(0);
}, 60_000);
