import { describe, expect, test } from 'vitest';
import { checkIndex, finishIndex, rebuildIndex } from '../../../main/archive/search/reindex.ts';
import { writeSetting } from '../../../main/archive/store/settings.ts';
import { count, found, page } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { testArchive } from './support.ts';

const never = new AbortController().signal;

function filled() {
  return testArchive(corpus(seededRandom(3), 450));
}

describe('rebuilding the index', () => {
  test('an index that was emptied comes back as it was', async () => {
    const archive = filled();
    const before = found(archive, 'refund -guarantee', { limit: 200 });
    archive.db.exec("INSERT INTO ft(ft) VALUES ('delete-all')");
    expect(checkIndex(archive.db)).toMatchObject({ conversations: 450, indexed: 0, missing: 450 });
    expect(await rebuildIndex(archive.db, { signal: never, onProgress: () => undefined })).toEqual({
      conversations: 450,
      failed: 0,
    });
    expect(checkIndex(archive.db)).toEqual({ conversations: 450, indexed: 450, missing: 0, surplus: 0, damage: null });
    expect(found(archive, 'refund -guarantee', { limit: 200 })).toEqual(before);
  });

  test('an interrupted rebuild is told in every answer, and goes on where it stopped', async () => {
    const archive = filled();
    const total = count(archive, 'refund').total;
    const controller = new AbortController();
    const steps: number[] = [];
    const onProgress = ({ done }: { done: number }) => {
      steps.push(done);
      controller.abort();
    };
    await expect(rebuildIndex(archive.db, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const half = count(archive, 'refund');
    expect(half.index).toEqual({ complete: false, indexed: 200, total: 450, outdated: false });
    expect(half.total).toBeLessThan(total);
    expect(page(archive, { query: 'refund' }).index).toEqual(half.index);
    await rebuildIndex(archive.db, { signal: never, onProgress: ({ done }) => steps.push(done) });
    expect(steps).toEqual([200, 400, 450]);
    expect(count(archive, 'refund')).toMatchObject({ total });
    expect(count(archive, 'refund').index).toBeUndefined();
  });

  test('conversations that come in during a rebuild are found once, before and after it', async () => {
    const archive = filled();
    const controller = new AbortController();
    await rebuildIndex(archive.db, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    }).catch(() => undefined);
    archive.add([
      { id: 'early', start: Date.UTC(2020, 0, 1), lines: ['agent: meanwhile'] },
      { id: 'late', start: Date.UTC(2026, 10, 1), lines: ['agent: meanwhile'] },
    ]);
    expect(count(archive, 'meanwhile').total).toBe(2);
    await rebuildIndex(archive.db, { signal: never, onProgress: () => undefined });
    expect(count(archive, 'meanwhile').total).toBe(2);
    expect(checkIndex(archive.db)).toMatchObject({ missing: 0, surplus: 0, damage: null });
  });

  test('a conversation whose original is damaged is counted, and the others are found', async () => {
    const archive = testArchive([
      { id: 'a', lines: ['agent: refund'] },
      { id: 'b', lines: ['agent: refund'] },
    ]);
    archive.db.exec(
      "UPDATE version SET sha256 = zeroblob(32) WHERE rid = (SELECT rid FROM conversation WHERE remote_id = 'a')",
    );
    expect(await rebuildIndex(archive.db, { signal: never, onProgress: () => undefined })).toEqual({
      conversations: 2,
      failed: 1,
    });
    expect(found(archive, 'refund')).toEqual(['b']);
    expect(page(archive, { query: '' }).hits).toHaveLength(1);
  });

  test('an index made by other rules says that it is outdated', async () => {
    const archive = filled();
    writeSetting(archive.db, 'search.indexFormat', 0);
    expect(count(archive, 'refund').index).toMatchObject({ outdated: true });
    expect(await finishIndex(archive.db, { signal: never, onProgress: () => undefined })).toMatchObject({ failed: 0 });
    expect(count(archive, 'refund').index).toBeUndefined();
    expect(await finishIndex(archive.db, { signal: never, onProgress: () => undefined })).toBeNull();
  });
});
