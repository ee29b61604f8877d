import { describe, expect, it } from 'vitest';
import { checkOriginals, consistencyChecks, databaseProblems } from '../../../main/archive/store/integrity.ts';
import { optimizeArchive } from '../../../main/archive/store/optimize.ts';
import { toArchiveError } from '../../../main/archive/store/sqlite-error.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import {
  chatText,
  indexed,
  march,
  minute,
  openTestWriter,
  startChild,
  take,
  temporaryFolder,
  testAccount,
} from './support.ts';

function expectSound(writer: ArchiveWriter): void {
  expect(databaseProblems(writer.db)).toEqual([]);
  expect(writer.db.pragma('foreign_key_check')).toEqual([]);
  expect([...consistencyChecks(writer.db)].filter(({ failed }) => failed > 0)).toEqual([]);
  expect([...checkOriginals(writer.db)].flatMap(({ failures }) => failures)).toEqual([]);
}

function confirmedPages(output: string): number {
  return [...output.matchAll(/page (\d+) done/gu)].length;
}

describe('a process that is killed while it takes pages in', () => {
  it('leaves a sound archive that holds every page it had confirmed', async () => {
    const folder = temporaryFolder();
    let first = 0;
    for (const pages of [1, 3, 7, 12]) {
      const child = startChild('write-pages.ts', [folder, String(first)]);
      await child.wrote(`page ${first + pages - 1} done`);
      await child.kill();
      const confirmed = first + confirmedPages(child.output());
      const writer = openTestWriter(folder);
      const held = writer.db.prepare<[], number>('SELECT count(*) FROM conversation').pluck().get() ?? 0;
      expect(held).toBeGreaterThanOrEqual(20 * confirmed);
      expect(held % 20).toBe(0);
      for (let page = 0; page < confirmed; page += 1) expect(indexed(writer, `page${page}`)).toHaveLength(20);
      expectSound(writer);
      writer.close();
      first = confirmed;
    }
  });
});

describe('a full disk', () => {
  it('is reported as such, loses nothing that was committed, and is no obstacle once there is room', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const texts = (page: number) =>
      Array.from({ length: 20 }, (_, position) =>
        chatText({
          id: `p${page}-${position}`,
          startedAt: march + page * minute,
          texts: [
            `page${page}`,
            ...Array.from({ length: 20 }, (__, line) => `${(page * 7919 + line * 104729 + position) ** 2}`),
          ],
        }),
      );
    take(writer, account, 'chat', texts(0));
    const pages = writer.db.pragma('page_count', { simple: true }) as number;
    writer.db.pragma(`max_page_count = ${pages + 40}`);
    let taken = 1;
    let problem: unknown = null;
    while (problem === null && taken < 1000) {
      try {
        take(writer, account, 'chat', texts(taken));
        taken += 1;
      } catch (error) {
        problem = error;
      }
    }
    expect(toArchiveError(problem).code).toBe('disk-full');
    expect(writer.db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(20 * taken);
    expectSound(writer);
    writer.db.pragma('max_page_count = 4294967294');
    expect(take(writer, account, 'chat', texts(taken)).every(({ outcome }) => outcome === 'added')).toBe(true);
    expect(indexed(writer, `page${taken}`)).toHaveLength(20);
    expectSound(writer);
  });

  it('stops tidying with the same word', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    for (let position = 0; position < 40; position += 1) {
      take(writer, account, 'chat', [chatText({ id: `c${position}`, startedAt: march + position * minute })]);
    }
    writer.db.pragma(`max_page_count = ${writer.db.pragma('page_count', { simple: true }) as number}`);
    const before = writer.db.prepare('SELECT count(*) FROM block').pluck().get();
    try {
      await optimizeArchive(writer.db);
    } catch (error) {
      expect(error).toMatchObject({ code: 'disk-full' });
      expect(writer.db.prepare('SELECT count(*) FROM block').pluck().get()).toBe(before);
    }
    expectSound(writer);
  });
});
