import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { keyFileName } from '../../../main/archive/evidence/key-file.ts';
import { rotateKey } from '../../../main/archive/evidence/key-life.ts';
import { askForTimeStamp, keepTimeStamp } from '../../../main/archive/evidence/time-stamps.ts';
import { TimeStampAuthority } from '../evidence/time-stamp-authority.ts';
import { temporaryFolder } from '../store/support.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

const doing = { now: 1, actor: { user: 'ana', host: 'desk', app: 'test' } };
/** Dozens of programs are started, one after the other. */
const slow = { timeout: 180_000 };
let folder: string;
let authority: TimeStampAuthority;

/** The indented lines of VERIFY.txt, run by bash as they are. */
function runVerifyText(path: string, environment: Record<string, string> = {}) {
  const lines = readFileSync(join(path, 'VERIFY.txt'), 'utf8').split('\n');
  const script = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
  return spawnSync('bash', ['-c', script.join('\n')], {
    cwd: path,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

beforeAll(async () => {
  authority = new TimeStampAuthority();
  const writer = filledArchive(4);
  recordCheckpoint(writer, 1, doing.actor);
  let query: Buffer = Buffer.alloc(0);
  const write = (made: Buffer) => {
    query = made;
  };
  askForTimeStamp(writer, { write }, doing);
  await keepTimeStamp(writer, authority.stamp(query), doing);
  rotateKey(writer, 'a new year', { ...doing, now: 2 });
  rmSync(join(writer.folder, keyFileName));
  folder = (await exportFrom(writer, { formats: ['ndjson'] })).path;
}, slow.timeout);

function altered(alter: (path: string) => void): string {
  const copy = join(temporaryFolder(), 'package');
  cpSync(folder, copy, { recursive: true });
  alter(copy);
  return copy;
}

const replaceIn = (file: string, from: string | RegExp, to: string) => (path: string) => {
  const text = readFileSync(join(path, file), 'utf8');
  expect(text).toMatch(from);
  writeFileSync(join(path, file), text.replace(from, to));
};

describe('a package of an archive that has had three keys and a time stamp', slow, () => {
  test('verifies, names the stamp, and says which key nobody signed for', async () => {
    const report = await verify(folder);
    expect(report.failures).toEqual([]);
    expect(report.timeStamps).toMatchObject([
      { subject: 'proofs/time-stamp-1.tsr', authority: expect.stringContaining('Time Stamp Authority') as string },
    ]);
    expect(report.limits.filter((limit) => limit.startsWith('Key 2 did not sign for key 3'))).toHaveLength(1);
    expect(report.checks.find(({ name }) => name === 'Only additions since earlier checkpoints')?.checked).toBe(3);
    expect(readFileSync(join(folder, 'proofs/keys/3.pem'))).toEqual(readFileSync(join(folder, 'proofs/key.pem')));
  });

  test('passes its own VERIFY.txt, with the authority checked by openssl', () => {
    const run = runVerifyText(folder, { TSA: authority.root });
    expect(run.stdout + run.stderr).toContain('ALL CHECKS PASSED');
    expect(run.stdout).toContain('Key 2: key 1 signed for it.');
    expect(run.stdout).toContain('Key 3: NOT signed for by key 2');
    expect(run.stdout).toMatch(/time-stamp-1\.tsr: Time stamp: .*20\d\d/u);
    expect(run.stdout).not.toContain('TSA is not set');
    expect(run.stdout).toContain('5. The log has only grown since each earlier state here.');
    expect(runVerifyText(folder, { TSA: '' }).stdout).toContain('TSA is not set');
  });

  test('fails VERIFY.txt with the root of another authority', () => {
    const run = runVerifyText(folder, { TSA: new TimeStampAuthority().root });
    expect(run.stdout).toContain('FAILED: proofs/time-stamp-1.tsr: openssl refuses it');
    expect(run.status).not.toBe(0);
  });

  test.each<[string, (path: string) => void, string]>([
    ['another stamped checkpoint', replaceIn('proofs/time-stamp-1.txt', /\n\d+\n/u, '\n3\n'), 'time-stamp-1.txt'],
    ['a hand-over at another size', replaceIn('proofs/keys/2-hand-over.txt', /\n\d+\n/u, '\n3\n'), '2-hand-over.txt'],
    [
      'a hand-over without its own signature',
      replaceIn('proofs/keys/2-hand-over.txt', /— [^\n]+\n$/u, ''),
      '2-hand-over.txt',
    ],
    [
      'keys in another order',
      (path) => cpSync(join(path, 'proofs/keys/1.pem'), join(path, 'proofs/keys/2.pem')),
      '2-hand-over.txt',
    ],
    ['a path of growth that was changed', replaceIn('proofs/consistency.ndjson', /"path":\["../u, '"path":["00'), ''],
    [
      'a missing proof of growth',
      replaceIn('proofs/consistency.ndjson', /\{"file":"time-stamp[^\n]*\n/u, ''),
      'time-stamp-1.txt',
    ],
  ])('%s is found, here and by VERIFY.txt', async (_what, alter, named) => {
    const path = altered(alter);
    const found = (await verify(path)).failures.filter(({ problem }) => !/manifest|SHA|size|checksum/iu.test(problem));
    expect(found.map(({ subject }) => subject).join(' ')).toContain(named);
    expect(found.length).toBeGreaterThan(0);
    const failed = runVerifyText(path)
      .stdout.split('\n')
      .filter((line) => line.startsWith('FAILED: proofs/'));
    expect(failed.join(' ')).toContain(named);
    expect(failed.length).toBeGreaterThan(0);
  });
});

test('a package of an archive with one key and no time stamp has no such files', async () => {
  const { path } = await exportFrom(filledArchive(2), { formats: ['csv'] });
  expect(existsSync(join(path, 'proofs/keys'))).toBe(false);
  expect(existsSync(join(path, 'proofs/consistency.ndjson'))).toBe(false);
  expect(readFileSync(join(path, 'VERIFY.txt'), 'utf8')).not.toContain('5. WHAT WAS BEFORE');
});
