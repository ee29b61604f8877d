import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRandom } from '../../../main/archive/demo/random.ts';
import { createWorld, type ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import { startDemoService, type RunningDemo } from '../../../main/archive/demo/service.ts';
import { openReader, openWriter } from '../../../main/archive/store/database.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import { ledgerWindows } from '../../../main/archive/store/windows.ts';
import { manyChats, messaging } from './support.ts';
import { day, hour, minute } from './times.ts';

const folder = mkdtempSync(join(tmpdir(), 'archive-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const midnight = Math.floor(Date.now() / day) * day;
const since = midnight - 120 * day;

function drawWorld() {
  const talks: ScriptedRecord[] = Array.from({ length: 150 }, (_, index) => {
    const start = since + index * 18 * hour;
    return messaging({ id: `m${index}`, start, updates: [start + 5 * minute] });
  });
  // Several pages each: a kill in the middle of one must not cost the pages before it.
  const crowds = Array.from({ length: 8 }, (_, index) => {
    const start = midnight - (100 - 12 * index) * day;
    return manyChats(330, start, start + 6 * hour, `crowd${index}-`);
  });
  return createWorld({ records: [...manyChats(360, since, midnight - 3 * day), ...crowds.flat(), ...talks] });
}

/** Runs the syncing process to its end, or kills it when it has sent so many history requests. */
async function runChild(
  service: RunningDemo,
  archive: string,
  killAfter: number,
  delayMs: number,
): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'sync-child.ts'), archive, service.address.origin, String(since)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  let requests = 0;
  onRequest = () => {
    requests += 1;
    if (requests === killAfter) setTimeout(() => child.kill('SIGKILL'), delayMs);
  };
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

let onRequest: () => void = () => undefined;

/** Pages of settled windows, and fetches by id, that the service was asked for: the text of each request. */
function recordRequests(service: RunningDemo): string[] {
  const pages: string[] = [];
  const handle = service.handle.bind(service);
  service.handle = (request) => {
    if (request.url.pathname.endsWith('search')) {
      onRequest();
      const body = JSON.parse(request.body) as { start?: { from: number; to: number }; latestUpdateTime?: unknown };
      const settled = body.start === undefined || body.start.to < midnight - 3 * day;
      const page = request.url.searchParams.get('limit') !== '1' && body.latestUpdateTime === undefined;
      if (settled && page) pages.push(`${request.url.pathname}${request.url.search} ${request.body}`);
    }
    return handle(request);
  };
  return pages;
}

function contents(archive: string): Record<string, string> {
  const reader = openReader(archive);
  const rows = reader.db
    .prepare<[], { rid: number; id: string }>(
      `SELECT rid, source || ' ' || remote_id AS id FROM conversation ORDER BY id`,
    )
    .all();
  const found = Object.fromEntries(rows.map(({ rid, id }) => [id, loadOriginal(reader.db, rid).sha256]));
  reader.close();
  return found;
}

it('killed at random moments and started again, it ends with the same archive, asking for a page again once a kill', async () => {
  const service = await startDemoService({ port: 0, world: drawWorld() });
  try {
    const pages = recordRequests(service);
    const undisturbed = join(folder, 'undisturbed');
    expect(await runChild(service, undisturbed, Infinity, 0)).toBe(0);
    const needed = pages.splice(0).length;

    const random = createRandom('kills');
    const disturbed = join(folder, 'disturbed');
    let kills = 0;
    let code: number | null = null;
    while (code === null && kills < 40) {
      code = await runChild(service, disturbed, random.between(4, 12), random.pick([0, 1, 3, 8, 20]));
      if (code === null) kills += 1;
      if (kills === 12) code = await runChild(service, disturbed, Infinity, 0);
    }
    expect(code).toBe(0);
    expect(kills).toBeGreaterThanOrEqual(3);
    expect(contents(disturbed)).toEqual(contents(undisturbed));
    const again = pages.length - new Set(pages).size;
    expect(again).toBeLessThanOrEqual(kills);
    expect(pages.length).toBeLessThanOrEqual(needed + kills);

    const writer = openWriter(disturbed, { hostName: 'test', appVersion: '0.0.0' });
    const unsealed = ledgerWindows(writer.db, { account: 1, source: 'chat' }, since, midnight - 3 * day).filter(
      ({ state }) => state !== 'sealed',
    );
    expect(unsealed).toEqual([]);
    expect(writer.db.pragma('integrity_check', { simple: true })).toBe('ok');
    writer.close();
  } finally {
    await service.close();
  }
}, 120_000);
