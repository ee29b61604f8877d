import { createHash } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { diffVersions } from '../../../main/archive/evidence/version-diff.ts';
import { createHold } from '../../../main/archive/review/holds.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { rebuildIndex } from '../../../main/archive/search/reindex.ts';
import { transcriptKnownOn } from '../../../main/archive/store/as-known.ts';
import { archiveFile, type ArchiveWriter } from '../../../main/archive/store/database.ts';
import { checkOriginals, consistencyChecks } from '../../../main/archive/store/integrity.ts';
import { optimizeArchive } from '../../../main/archive/store/optimize.ts';
import { findConversation, loadOriginal, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { filesWith, piecesOf } from './byte-scan.ts';
import { actor, destroy, destroyWhole, marker, scrub, sign, verified } from './support.ts';

const neighbours = Array.from({ length: 5 }, (_, index) =>
  chatText({ id: `n${index}`, texts: [`neighbour ${index}`], startedAt: march + (index + 1) * minute }),
);

/** Text that cannot be packed: originals so large that they fill pages of their own. */
const large = JSON.stringify(
  Array.from({ length: 1000 }, (_, index) => createHash('sha256').update(String(index)).digest('base64')).join(''),
);

/** One conversation in three states among neighbours of the same block. The second one is what the source erased. */
function archive() {
  const writer = openTestWriter();
  const account = testAccount(writer);
  const secret = chatText({
    id: 'c1',
    texts: ['qwzxsecretone please', 'of course'],
    agent: 'Vytautas Jxqzylis',
    rawExtra: large,
  });
  take(writer, account, 'chat', [...neighbours, secret], { receivedAt: 1000 });
  take(writer, account, 'chat', [chatText({ id: 'c1', texts: ['qwzxsecretone please', 'hgvpsecrettwo', 'x'] })], {
    receivedAt: 2000,
  });
  take(writer, account, 'chat', [chatText({ id: 'c1', texts: [marker, marker, marker] })], { receivedAt: 3000 });
  const { rid } = findConversation(writer.db, 'c1');
  return { writer, account, rid };
}

const gone = ['wzxsecretone', 'gvpsecrettwo', 'Jxqzylis', 'xqzylis'];

function found(writer: ArchiveWriter, query: string): number[] {
  return [...matchingRids(writer.db, query, { sort: 'oldest', timeZone: 'UTC', now: march })];
}

/** Pages in which FTS5 notes the deleted rows of a segment. */
function deletedRows({ db }: ArchiveWriter): number {
  const pages = db.prepare<[], number>('SELECT count(*) FROM ft_data WHERE id >= 9007199254740992').pluck();
  return pages.get() ?? -1;
}

const destroyedError = expect.objectContaining({ code: 'content-destroyed' }) as Error;

describe('a destroyed version', () => {
  it('leaves its text in no file of the archive, packed or not, and its neighbours as they were', async () => {
    const { writer } = archive();
    const blocks = writer.db.prepare<[], Buffer>('SELECT z FROM block').pluck().all();
    // Else the scan proves nothing: what is looked for can be found.
    const before = filesWith(writer.folder, gone);
    for (const text of gone) expect(before.join(), text).toContain(text);
    expect(filesWith(writer.folder, piecesOf(blocks[0] ?? Buffer.alloc(0)))).not.toEqual([]);

    // As the shell of SQLite, or another program, may have left it.
    writer.db.exec('ANALYZE');
    destroy(writer, 'c1', [1, 2]);
    expect(await scrub(writer)).toBe(true);
    expect(filesWith(writer.folder, gone)).toEqual([]);
    expect(filesWith(writer.folder, blocks.slice(0, 2).flatMap(piecesOf))).toEqual([]);
    for (const [index, text] of neighbours.entries()) {
      const { rid } = findConversation(writer.db, `n${index}`);
      expect(Buffer.from(loadOriginal(writer.db, rid).original).toString()).toBe(text);
      expect(found(writer, `neighbour ${index}`)).toContain(rid);
    }
    // Corrections of misspelt words come from here.
    const words = writer.db.prepare("SELECT term FROM ft_term WHERE term IN ('qwzxsecretone', 'hgvpsecrettwo')");
    expect(words.all()).toEqual([]);
    expect(writer.db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is found by nothing: no word, no filter, no facet', () => {
    const { writer, rid } = archive();
    expect(found(writer, 'qwzxsecretone')).toEqual([rid]);
    destroy(writer, 'c1', [1, 2]);
    for (const query of ['qwzxsecretone', 'hgvpsecrettwo', 'agent:"Vytautas Jxqzylis"']) {
      expect(found(writer, query), query).toEqual([]);
    }
    expect(found(writer, 'has:erased')).toEqual([rid]);
    const facets = writer.db.prepare<[], string>('SELECT value FROM facet_value').pluck().all();
    expect(facets.join()).not.toContain('Jxqzylis');
    expect(facets).toContain('Tomas Brandt');
  });

  it('answers with what happened to it wherever it is asked for, and the others stay readable', () => {
    const { writer, rid } = archive();
    destroy(writer, 'c1', [1, 2], Date.UTC(2026, 4, 1));
    expect(() => loadOriginal(writer.db, rid, 1)).toThrow(destroyedError);
    expect(() => loadTranscript(writer.db, rid, 2)).toThrow('destroyed on 2026-05-01T00:00:00.000Z');
    expect(() => transcriptKnownOn(writer.db, rid, 1500)).toThrow(destroyedError);
    expect(() => diffVersions(loadTranscript(writer.db, rid, 2), loadTranscript(writer.db, rid, 3))).toThrow(
      destroyedError,
    );
    const shown = loadTranscript(writer.db, rid);
    expect(shown.messages.map(({ text }) => text)).toEqual([marker, marker, marker]);
    expect(shown.versions.map(({ version, sha256, destroyed }) => [version, sha256 === null, destroyed?.at])).toEqual([
      [1, true, Date.UTC(2026, 4, 1)],
      [2, true, Date.UTC(2026, 4, 1)],
      [3, false, undefined],
    ]);
    expect(transcriptKnownOn(writer.db, rid, 3000).flags).toEqual(shown.flags);
  });

  it('stays proven in its place, is named by the verification, and its action says who and why', async () => {
    const { writer, rid } = archive();
    const kept = sign(writer, 4000);
    destroy(writer, 'c1', [1]);
    const report = await verified(writer, kept);
    expect(report.failures).toEqual([]);
    expect(report.destroyed).toEqual([{ subject: 'chat:12345678:c1', version: 1 }]);
    const leaf = writer.db.prepare<[number], number>('SELECT position FROM custody_leaf WHERE rid = ? AND version = 1');
    const { entries } = custodyList(writer.db, { subject: 'chat:12345678:c1', versions: true, limit: 10 });
    expect(entries.find(({ kind }) => kind === 'erasure-purged')).toMatchObject({
      user: 'ana',
      details: { leaves: [leaf.pluck().get(rid)], versions: [1] },
    });
    const listed = entries.filter(({ kind }) => kind === 'version').map(({ details }) => details);
    expect(listed.map((details) => 'sha256' in details)).toEqual([true, true, false]);
  });

  it('changes nothing for what comes later: numbers go on, an index made anew and packing leave it alone', async () => {
    const { writer, account, rid } = archive();
    destroy(writer, 'c1', [1, 2]);
    const [result] = take(writer, account, 'chat', [chatText({ id: 'c1', texts: [marker, marker] })], {
      receivedAt: 10_000,
    });
    expect(result).toMatchObject({ version: 4, reason: 'shrunk' });
    await rebuildIndex(writer.db, { signal: new AbortController().signal, onProgress: () => undefined });
    await optimizeArchive(writer.db);
    expect(found(writer, 'qwzxsecretone')).toEqual([]);
    expect(found(writer, 'has:erased')).toEqual([rid]);
    expect([...consistencyChecks(writer.db)].filter(({ failed }) => failed > 0)).toEqual([]);
    expect([...checkOriginals(writer.db)].flatMap(({ failures }) => failures)).toEqual([]);
    expect((await verified(writer)).failures).toEqual([]);
  });
});

describe('what may not be destroyed', () => {
  it('is what a hold covers, and the version that is shown', () => {
    const { writer } = archive();
    createHold(writer, { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['c1'] } }, { now: 1, actor });
    const heldError = expect.objectContaining({ code: 'conflict' }) as Error;
    expect(() => destroy(writer, 'c1', [1])).toThrow(heldError);
    expect(() => destroy(writer, 'n1', [1])).toThrow('not shown');
    expect(writer.db.prepare('SELECT count(*) FROM tombstone').pluck().get()).toBe(0);
  });

  it('is anything of a block that cannot be read: nothing changes then', () => {
    const { writer, rid } = archive();
    writer.db.prepare('UPDATE block SET z = zeroblob(20) WHERE id = 1').run();
    const corrupt = expect.objectContaining({ code: 'archive-corrupt' }) as Error;
    expect(() => destroy(writer, 'c1', [1])).toThrow(corrupt);
    expect(
      writer.db.prepare<[number], number>('SELECT count(sha256) FROM version WHERE rid = ?').pluck().get(rid),
    ).toBe(3);
  });
});

describe('a verification', () => {
  it('names a version whose content was taken away without an action in the log', async () => {
    const { writer, rid } = archive();
    destroy(writer, 'c1', [1]);
    writer.db
      .prepare('INSERT INTO tombstone SELECT rid, 2, entry, destroyed_ms, open, flags FROM tombstone WHERE rid = ?')
      .run(rid);
    writer.db
      .prepare(
        `UPDATE version SET sha256 = NULL, seed = NULL, block = NULL, offset = NULL, length = NULL
         WHERE rid = ? AND number = 2`,
      )
      .run(rid);
    const { failures } = await verified(writer);
    expect(failures).toEqual([
      {
        subject: 'chat:12345678:c1',
        version: 2,
        problem: 'has lost its content, and no action in the log says so',
      },
    ]);
  });

  it('names a version that has a tombstone and content, or half of it', async () => {
    const { writer, rid } = archive();
    destroy(writer, 'c1', [1]);
    writer.db.prepare('UPDATE version SET seed = zeroblob(32) WHERE rid = ? AND number = 1').run(rid);
    const { failures } = await verified(writer);
    expect(failures.map(({ version, problem }) => [version, problem])).toContainEqual([
      1,
      'is half destroyed: its content and its tombstone do not agree',
    ]);
  });
});

describe('the removal of remains', () => {
  it('leaves no deleted rows in the index, also where it was being merged when they were deleted', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    // Small pages and many segments: merging takes many steps, as in a large archive.
    writer.db.exec("INSERT INTO ft(ft, rank) VALUES ('pgsz', 512); INSERT INTO ft(ft, rank) VALUES ('automerge', 0)");
    const words = (seed: string) =>
      Array.from({ length: 40 }, (_, index) => createHash('md5').update(`${seed} ${index}`).digest('hex')).join(' ');
    const ids = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const record = (id: string, text: string) =>
      chatText({ id, texts: [text], startedAt: march + ids.indexOf(id) * minute });
    for (let start = 0; start < ids.length; start += 10) {
      const some = ids.slice(start, start + 10);
      take(
        writer,
        account,
        'chat',
        some.map((id) => record(id, `qwzxsecret${id}x ${words(id)}`)),
        { receivedAt: 1000 },
      );
    }
    const merge = writer.db.prepare<[number]>("INSERT INTO ft(ft, rank) VALUES ('merge', ?)");
    for (const pages of [-100, 100]) merge.run(pages);
    const few = ['c3', 'c13', 'c33'];
    for (const id of few) destroyWhole(writer, id);
    expect(deletedRows(writer)).toBeGreaterThan(0);
    expect(await scrub(writer)).toBe(true);
    const texts = few.map((id) => `secret${id}x`);
    expect(filesWith(writer.folder, texts)).toEqual([]);
    expect(deletedRows(writer)).toBe(0);
  }, 30_000);

  it('deletes the copies of the whole archive that the app kept beside it, and says which', async () => {
    const { writer } = archive();
    const file = archiveFile(writer.folder);
    for (const ending of [
      '.format-10',
      '.replaced-2026-05-01T00-00-00-000Z',
      '.replaced-2026-05-01T00-00-00-000Z-wal',
    ]) {
      copyFileSync(file, file + ending);
    }
    destroy(writer, 'c1', [1, 2]);
    expect(await scrub(writer)).toBe(true);
    expect(filesWith(writer.folder, gone)).toEqual([]);
    const { entries } = custodyList(writer.db, { kinds: ['remains-removed'], versions: false, limit: 1 });
    expect(entries[0]?.details['copiesRemoved']).toHaveLength(3);
  });
});
