import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Machine } from './run-cli.ts';

const machine = new Machine();
const startTimeL = Date.UTC(2026, 2, 4, 9, 15);

function record(id: string, text: string, minutes: number) {
  const at = startTimeL + minutes * 60_000;
  return {
    info: { engagementId: id, accountId: '77', startTimeL: at, endTimeL: at + 60_000, duration: 60 },
    transcript: { lines: [{ timeL: at, lineSeq: '1', text, by: 'Clara', source: 'visitor' }] },
  };
}

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { code, value } = await machine.json<T>(args);
  expect(code, JSON.stringify(value)).toBe(0);
  return value;
}

async function idsOf(query: string): Promise<string[]> {
  const { hits } = await json<{ hits: { id: string }[] }>('search', query, '--sort', 'oldest');
  return hits.map(({ id }) => id);
}

beforeAll(async () => {
  const file = machine.path('saved.json');
  // More than one batch, so that a change of all of them is a job.
  const many = Array.from({ length: 600 }, (_, index) => record(`m${index}`, 'delivery', 10 + index));
  writeFileSync(file, JSON.stringify([record('c1', 'a refund', 0), record('c2', 'hello', 1), ...many]));
  await json('import', file);
}, 120_000);

test('tags, stars, decisions and notes go on by command and are found by the next search', async () => {
  expect(await json('tag', 'add', 'VIP', 'c1', 'chat:77:c2', '--color', 'teal')).toMatchObject({
    matched: 2,
    changed: 2,
  });
  expect(await json('tag', 'remove', 'vip', '--query', 'hello')).toMatchObject({ changed: 1, state: 'done' });
  await json('star', 'c2');
  await json('review', 'mark', 'relevant', '--query', 'tag:vip');
  const note = await json<{ note: number }>('note', 'add', 'c1', 'promised money', '--message', '0');
  expect(await idsOf('tag:vip reviewed:relevant note:promised')).toEqual(['chat:77:c1']);
  expect(await json<unknown[]>('review', 'show', 'c1')).toMatchObject([
    { id: 'chat:77:c1', tags: [{ name: 'VIP' }], starred: false, decision: { outcome: 'relevant' }, notes: 1 },
  ]);
  expect(await idsOf('is:starred')).toEqual(['chat:77:c2']);
  expect(await json<unknown[]>('tag', 'list')).toMatchObject([{ name: 'VIP', color: 'teal', total: 1 }]);
  await json('note', 'edit', String(note.note), 'no promise');
  expect(await json('note', 'list', 'c1')).toMatchObject({ notes: [{ text: 'no promise' }], total: 1 });
  await json('note', 'remove', String(note.note));
  expect(await idsOf('has:annotation')).toEqual([]);
}, 120_000);

test('what a query finds is changed as one job, and taken back as a whole', async () => {
  expect(await json('tag', 'add', 'bulk', '--query', 'delivery')).toMatchObject({ changed: 600, state: 'done' });
  expect((await json<{ total: number }>('search', 'tag:bulk', '--count-only')).total).toBe(600);
  expect(await json('review', 'undo')).toMatchObject({ kind: 'tag', state: 'undone' });
  expect((await json<{ total: number }>('search', 'tag:bulk', '--count-only')).total).toBe(0);
}, 120_000);

test('a case is opened, filled, held, exported and closed', async () => {
  await json('case', 'create', 'Smith', '--matter', '2026-7', '--custodian', 'Clara Day');
  await json('hold', 'create', 'Smith hold', '--case', 'Smith', '--reason', 'order');
  await json('case', 'add', 'Smith', 'c1', '--reason', 'complaint');
  expect(await idsOf('case:2026-7 has:hold')).toEqual(['chat:77:c1']);
  expect(await json('case', 'show', 'Smith')).toMatchObject({ members: [{ reason: 'complaint' }], total: 1 });
  const out = machine.path('package');
  const exported = await json('export', '', '--case', 'Smith', '--format', 'ndjson', '--out', out);
  expect(exported).toMatchObject({ conversations: 1 });
  expect(await json('case', 'close', 'Smith', '--reason', 'settled')).toMatchObject({ closed: { reason: 'settled' } });
  const refused = await machine.json<{ error: { code: string } }>(['case', 'add', 'Smith', 'c2']);
  expect([refused.code, refused.value.error.code]).toEqual([2, 'conflict']);
  const unknown = await machine.run(['case', 'show', 'Smyth']);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('Did you mean “Smith”?');
}, 120_000);

test('a sample is drawn, reviewed, and reported as a file', async () => {
  const drawn = await json('review', 'sample', 'spot', '--query', 'delivery', '--size', '5', '--seed', 's1');
  expect(drawn).toMatchObject({ sample: { seed: 's1', size: 5, of: 600 }, progress: { total: 5, reviewed: 0 } });
  const again = await json('review', 'sample', 'spot 2', '--query', 'delivery', '--size', '5', '--seed', 's1');
  const show = (name: string) => json<{ id: string }[]>('review', 'queue', 'show', name);
  const [first, second] = [await show('spot'), await show('spot 2')];
  expect(first.map(({ id }) => id)).toEqual(second.map(({ id }) => id));
  expect(again['sample']).toMatchObject({ hitsSha256: (drawn['sample'] as { hitsSha256: string }).hitsSha256 });
  await json('review', 'mark', 'not-relevant', first[0]?.id ?? '');
  expect(await json('review', 'report', '--queue', 'spot')).toMatchObject({ progress: { reviewed: 1 } });
  const file = machine.path('report.csv');
  await json('review', 'report', '--queue', 'spot', '--format', 'csv', '--out', file);
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(6);
}, 120_000);

test('a saved search tells what is new until it is run', async () => {
  await json('saved', 'add', 'Refunds', '--query', 'refund');
  const file = machine.path('more.json');
  writeFileSync(file, JSON.stringify([record('c9', 'refund again', 9000)]));
  await json('import', file);
  expect(await json<unknown[]>('saved', 'list')).toMatchObject([{ name: 'Refunds', newHits: 1 }]);
  expect(await json('saved', 'run', 'refunds')).toMatchObject({ total: 2 });
  expect(await json<unknown[]>('saved', 'list')).toMatchObject([{ newHits: 0 }]);
  await json('saved', 'remove', 'Refunds');
}, 120_000);
