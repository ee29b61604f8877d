import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { backupArchive } from '../../../main/archive/store/backup.ts';
import { restoreArchive } from '../../../main/archive/store/restore.ts';
import { archiveFile } from '../../../main/archive/store/database.ts';
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

describe('a process that is killed while it makes a backup', () => {
  it('leaves the last sound backup under its name, and the archive as it was', async () => {
    const folder = temporaryFolder();
    const target = temporaryFolder();
    const file = join(target, 'copy.sqlite');
    const writer = openTestWriter(folder);
    const chats = Array.from({ length: 300 }, (_, position) =>
      chatText({ id: `c${position}`, startedAt: march + position * minute }),
    );
    take(writer, testAccount(writer), 'chat', chats);
    writer.close();
    for (const wait of [0, 5, 15, 30, 60, 90]) {
      const child = startChild('back-up.ts', [folder, file]);
      await child.wrote('backup 0 done');
      await setTimeout(wait);
      await child.kill();
      const restored = temporaryFolder();
      restoreArchive(restored, file);
      const copy = openTestWriter(restored);
      expect(copy.db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(300);
      copy.close();
      const again = openTestWriter(folder);
      expectSound(again);
      again.close();
    }
    const last = openTestWriter(folder);
    await backupArchive(last.db, file, { overwrite: true });
    expect(readdirSync(target)).toEqual(['copy.sqlite']);
  });
});

describe.skipIf(process.platform === 'win32')('a power cut while pages are taken in', () => {
  it('leaves a sound archive with a whole number of pages, also when the last writes never reached the disk', async () => {
    const folder = temporaryFolder();
    const child = startChild('write-pages.ts', [folder]);
    let reached = 0;
    for (let cut = 0; cut < 8; cut += 1) {
      reached = confirmedPages(child.output()) + 1 + cut;
      await child.wrote(`page ${reached} done`);
      process.kill(child.pid, 'SIGSTOP');
      const after = temporaryFolder();
      copyFileSync(archiveFile(folder), archiveFile(after));
      const log = readFileSync(`${archiveFile(folder)}-wal`);
      process.kill(child.pid, 'SIGCONT');
      // Cut at any byte, or torn: the rest is there, but its blocks are not.
      const kept = Math.floor((log.length * cut) / 7);
      if (cut % 2 === 0) log.fill(0, kept);
      writeFileSync(`${archiveFile(after)}-wal`, cut % 2 === 0 ? log : log.subarray(0, kept));
      const writer = openTestWriter(after);
      const held = writer.db
        .prepare<[], { page: string; total: number }>(
          `SELECT substr(remote_id, 1, instr(remote_id, '-') - 1) AS page, count(*) AS total
           FROM conversation GROUP BY page ORDER BY min(start_ms)`,
        )
        .all();
      expect(held).toEqual(held.map((_, position) => ({ page: `p${position}`, total: 20 })));
      if (cut === 7) expect(held.length).toBeGreaterThan(reached);
      expectSound(writer);
      writer.close();
    }
    await child.kill();
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
