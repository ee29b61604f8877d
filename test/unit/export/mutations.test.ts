import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { redactionProfiles } from '../../../preload/model.ts';
import { temporaryFolder } from '../store/support.ts';
import { filesBelow, hasChromium } from './readers.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

const rounds = 1000;

test(`each of ${rounds} random changes in a split package of all formats, redactions included, is found`, async () => {
  const { path: folder } = await exportFrom(filledArchive(4), {
    formats: [
      'csv',
      'xlsx',
      'ndjson',
      'html',
      'eml',
      'rsmf',
      'dat',
      'parquet',
      ...(hasChromium() ? (['pdf'] as const) : []),
    ],
    split: { by: 'count', conversations: 2 },
    redaction: { ...(redactionProfiles['pii'] ?? expect.fail()), expressions: [{ name: 'word', pattern: 'refund' }] },
  });
  expect((await verify(folder)).failures).toEqual([]);
  // A generator of our own, so that a failure can be run again.
  let seed = 20261125;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const work = join(temporaryFolder(), 'package');
  cpSync(folder, work, { recursive: true });
  const paths = filesBelow(folder);
  const missed: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const path = paths[random(paths.length)] ?? '';
    const file = join(work, path);
    const bytes = readFileSync(file);
    const added = join(dirname(file), random(2) === 0 ? `added-${round}` : `new-${round}/added`);
    const kind = ['byte', 'byte', 'byte', 'cut', 'delete', 'add', 'rename', 'append', 'swap'][random(9)] ?? '';
    const other = join(work, paths[random(paths.length)] ?? '');
    const otherBytes = readFileSync(other);
    if (kind === 'byte') {
      const at = random(bytes.length);
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
      writeFileSync(file, changed);
    } else if (kind === 'cut') writeFileSync(file, bytes.subarray(0, random(bytes.length)));
    else if (kind === 'delete') rmSync(file);
    else if (kind === 'append') writeFileSync(file, Buffer.concat([bytes, Buffer.from([random(256)])]));
    else if (kind === 'swap') {
      writeFileSync(file, otherBytes);
      writeFileSync(other, bytes);
    } else {
      mkdirSync(dirname(added), { recursive: true });
      if (kind === 'add') writeFileSync(added, '');
      else renameSync(file, added);
    }
    const isSame = kind === 'swap' && bytes.equals(otherBytes);
    const found = await verify(work).then(
      (report) => !report.ok,
      () => true,
    );
    if (!found && !isSame) missed.push(`round ${round}: ${kind} ${path}`);
    rmSync(added, { force: true });
    rmSync(join(dirname(file), `new-${round}`), { recursive: true, force: true });
    writeFileSync(other, otherBytes);
    writeFileSync(file, bytes);
  }
  expect(missed).toEqual([]);
  expect((await verify(work)).ok).toBe(true);
}, 600_000);
