import { expect, test } from 'vitest';
import { count } from '../search/ask.ts';
import { day, firstStart, testArchive, type Said } from '../search/support.ts';
import { figures } from './support.ts';

function agentsOf(said: readonly Said[]): { value: string; total: number; query: string | null }[] {
  const archive = testArchive(said);
  const { period } = figures(archive.db, { query: '', parts: ['values'] });
  const agents = period.values?.find(({ field }) => field === 'agent')?.values ?? [];
  for (const { mark } of agents) if (mark.query !== null) expect(count(archive, mark.query).total).toBe(mark.total);
  return agents.map(({ value, mark }) => ({ value, ...mark }));
}

test('a name that is the login of another agent counts for both, as the search for it does', () => {
  const agents = agentsOf([
    { id: 'a', agent: { id: '1', name: 'Brandt', login: 'okafor' } },
    { id: 'b', agent: { id: '2', name: 'Okafor' } },
    { id: 'c', agent: { id: '2', name: 'Okafor' } },
  ]);
  expect(agents.map(({ value, total }) => [value, total])).toEqual([
    ['Okafor', 3],
    ['Brandt', 1],
  ]);
});

test('names that searches cannot tell apart are one, under the commoner spelling', () => {
  const agents = agentsOf([
    { id: 'a', agent: { id: '1', name: 'Jose Nunez' } },
    { id: 'b', agent: { id: '1', name: 'José Núñez' } },
    { id: 'c', start: firstStart + day, agent: { id: '1', name: 'José Núñez' } },
  ]);
  expect(agents.map(({ value, total }) => [value, total])).toEqual([['José Núñez', 3]]);
});

test('a name with a quote in it is counted, and leads nowhere', () => {
  expect(agentsOf([{ id: 'a', agent: { id: '1', name: 'Tom "T" Brandt' } }])).toEqual([
    { value: 'Tom "T" Brandt', total: 1, query: null },
  ]);
});

test('figures follow the archive: what is added counts at once', () => {
  const archive = testArchive([{ id: 'a', durationMs: 60_000, mcs: 10 }]);
  const scores = () => figures(archive.db, { query: '' }).period.scores?.find(({ field }) => field === 'mcs');
  expect(scores()?.mean).toBe(10);
  archive.add([{ id: 'b', durationMs: 60_000, mcs: 30 }]);
  expect(scores()).toMatchObject({ mean: 20, scored: { total: 2 } });
  archive.add([{ id: 'b', durationMs: 60_000, mcs: 50 }]);
  expect(scores()?.mean).toBe(30);
});
