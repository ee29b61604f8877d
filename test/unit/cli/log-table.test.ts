import { expect, test } from 'vitest';
import { csvOf, ndjsonOf } from '../../../main/cli/log-table.ts';
import type { CustodyEntry } from '../../../preload/model.ts';

const entry: CustodyEntry = {
  position: 3,
  time: Date.UTC(2026, 2, 4),
  kind: 'hold-created',
  user: '=cmd()',
  host: null,
  app: 'test',
  subjects: ['hold:Smith', 'chat:1:2'],
  details: { reason: 'so "be" it,\nthen' },
};

test('the log as CSV quotes every cell, and a formula in it does not run', () => {
  expect(csvOf([entry])).toBe(
    '\uFEFF"position","time","kind","user","host","app","subjects","details"\r\n' +
      '"3","2026-03-04T00:00:00.000Z","hold-created","\'=cmd()","","test","hold:Smith chat:1:2",' +
      '"{""reason"":""so \\""be\\"" it,\\nthen""}"\r\n',
  );
});

test('the log as NDJSON has one entry a line, with its time as text', () => {
  const lines = ndjsonOf([entry, { ...entry, time: null }]).split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0] ?? '')).toEqual({ ...entry, time: '2026-03-04T00:00:00.000Z' });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ time: null });
});
