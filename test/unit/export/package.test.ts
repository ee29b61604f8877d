import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
  rmSync,
  mkdirSync,
  existsSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { searchCount } from '../../../main/archive/search/count.ts';
import { loadOriginal, findConversation } from '../../../main/archive/store/transcripts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { temporaryFolder } from '../store/support.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

let writer: ArchiveWriter;
let folder: string;
beforeAll(async () => {
  writer = filledArchive();
  ({ path: folder } = await exportFrom(writer));
});

function filesBelow(top: string, below = ''): string[] {
  return readdirSync(join(top, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(top, path) : [path];
  });
}

const copyOf = (path: string) => {
  const copy = join(temporaryFolder(), basename(path));
  cpSync(path, copy, { recursive: true });
  return copy;
};

/** The indented lines of VERIFY.txt, run by bash as they are. */
function runVerifyText(path: string) {
  const lines = readFileSync(join(path, 'VERIFY.txt'), 'utf8').split('\n');
  const script = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
  return spawnSync('bash', ['-c', script.join('\n')], { cwd: path, encoding: 'utf8' });
}

describe('a package', () => {
  test('has the layout of the specification and nothing else', () => {
    expect(filesBelow(folder).sort()).toEqual([
      'VERIFY.txt',
      'bag-info.txt',
      'bagit.txt',
      'custody/export.json',
      'custody/log.ndjson',
      'data/attributes.csv',
      'data/conversation.schema.json',
      'data/conversations.csv',
      'data/conversations.html',
      'data/conversations.json',
      'data/conversations.ndjson',
      'data/messages.csv',
      'data/surveys.csv',
      'manifest-sha256.txt',
      'manifest-sha512.txt',
      'proofs/checkpoint.txt',
      'proofs/inclusion.ndjson',
      'proofs/key.pem',
      'tagmanifest-sha256.txt',
      'tagmanifest-sha512.txt',
    ]);
  });

  test('verifies without the archive', async () => {
    const report = await verify(folder);
    expect(report.failures).toEqual([]);
    expect(report.ok).toBe(true);
    const checked = Object.fromEntries(report.checks.map((check) => [check.name, check.checked]));
    expect(checked['Originals against hash and commitment']).toBe(24);
    expect(checked['Records in the signed log']).toBe(12);
    expect(checked['Files against both manifests']).toBe(18);
  });

  test('is accepted by coreutils', () => {
    for (const [tool, name] of [
      ['sha256sum', 'manifest-sha256.txt'],
      ['sha256sum', 'tagmanifest-sha256.txt'],
      ['sha512sum', 'manifest-sha512.txt'],
      ['sha512sum', 'tagmanifest-sha512.txt'],
    ] as const) {
      const output = execFileSync(tool, ['--strict', '-c', name], { cwd: folder, encoding: 'utf8' });
      expect(output).not.toContain('FAILED');
    }
  });

  test('holds as many conversations in each format as the search finds', () => {
    const { total } = searchCount(writer.db, { query: '', timeZone: 'UTC' }, Date.now());
    const facts = JSON.parse(readFileSync(join(folder, 'custody/export.json'), 'utf8')) as {
      conversations: number;
      formats: { conversations: number }[];
    };
    expect([facts.conversations, ...facts.formats.map(({ conversations }) => conversations)]).toEqual(
      Array(5).fill(total),
    );
  });

  test('carries each original byte for byte, numbers of any length included', () => {
    const lines = readFileSync(join(folder, 'data/conversations.ndjson'), 'utf8').trimEnd().split('\n');
    const line = lines.find((text) => text.includes('"id":"chat:12345678:c0"')) ?? '';
    const { rid } = findConversation(writer.db, 'chat:12345678:c0');
    const original = Buffer.from(loadOriginal(writer.db, rid).original).toString('utf8');
    expect(original).toContain('1234567890123456789012');
    expect(line.endsWith(`,"original":${original}}`)).toBe(true);
    const array = JSON.parse(readFileSync(join(folder, 'data/conversations.json'), 'utf8')) as unknown[];
    expect(array).toEqual(lines.map((text) => JSON.parse(text) as unknown));
  });
});

describe('VERIFY.txt', () => {
  test('passes on the package as it is', () => {
    const run = runVerifyText(folder);
    expect(run.stdout + run.stderr).toContain('ALL CHECKS PASSED');
    expect(run.stdout).toContain('3. All 12 records are in the log');
    expect(run.stdout).toContain('4. 11 originals are what was sealed, 1 were not checked.');
    expect(run.status).toBe(0);
  });

  test('runs by the line that it recommends', () => {
    const text = readFileSync(join(folder, 'VERIFY.txt'), 'utf8');
    const command = /^ {2}bash <\([^]*?VERIFY\.txt\)$/mu.exec(text)?.[0] ?? 'false';
    const run = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(run.stdout).toContain('ALL CHECKS PASSED');
  });

  const replace = (path: string, from: string, to: string) => {
    const text = readFileSync(path, 'latin1');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to), 'latin1');
  };
  const reseal = (path: string) => {
    const run = (command: string) => execFileSync('bash', ['-c', command], { cwd: path });
    for (const bits of ['256', '512']) {
      run(
        `sha${bits}sum $(cut -c${Number(bits) / 4 + 3}- manifest-sha${bits}.txt) > m && mv m manifest-sha${bits}.txt`,
      );
    }
    for (const bits of ['256', '512']) {
      run(
        `sha${bits}sum $(cut -c${Number(bits) / 4 + 3}- tagmanifest-sha${bits}.txt) > m && mv m tagmanifest-sha${bits}.txt`,
      );
    }
  };

  test.each<[string, (path: string) => void, RegExp]>([
    ['a changed message', (path) => replace(join(path, 'data/messages.csv'), 'refund', 'refunD'), /messages\.csv/u],
    ['a missing file', (path) => rmSync(join(path, 'data/surveys.csv')), /surveys\.csv/u],
    ['an extra file', (path) => writeFileSync(join(path, 'data/extra.txt'), ''), /not listed/u],
    [
      'a checkpoint of another size',
      (path) => {
        replace(join(path, 'proofs/checkpoint.txt'), '\n14\n', '\n13\n');
        reseal(path);
      },
      /signature/u,
    ],
    [
      'an original that was changed with all manifests made anew',
      (path) => {
        replace(
          join(path, 'data/conversations.ndjson'),
          '"hugeNumber":1234567890123456789012',
          '"hugeNumber":1234567890123456789013',
        );
        reseal(path);
      },
      /c0: the original was changed/u,
    ],
    [
      'a proof whose hash was changed with all manifests made anew',
      (path) => {
        replace(join(path, 'proofs/inclusion.ndjson'), '"sha256":"', '"sha256":"00');
        reseal(path);
      },
      /another hash than in the log/u,
    ],
  ])('fails on %s', async (_what, alter, message) => {
    const copy = copyOf(folder);
    alter(copy);
    const run = runVerifyText(copy);
    expect(run.stdout + run.stderr).toMatch(message);
    expect(run.stdout).not.toContain('ALL CHECKS PASSED');
    expect(run.status).not.toBe(0);
    expect((await verify(copy)).ok).toBe(false);
  });
});

describe('verification of a package', () => {
  test('finds each of 300 random changes, deletions, additions and renames', async () => {
    // A generator of our own, so that a failure can be run again.
    let seed = 20261124;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const work = copyOf(folder);
    const paths = filesBelow(folder);
    const missed: string[] = [];
    for (let round = 0; round < 300; round += 1) {
      const path = paths[random(paths.length)] ?? '';
      const file = join(work, path);
      const bytes = readFileSync(file);
      const kind = ['change', 'change', 'cut', 'delete', 'add', 'rename'][random(6)];
      const added = join(dirname(file), `added-${round}`);
      let what = `${kind} ${path}`;
      if (kind === 'change') {
        const at = random(bytes.length);
        const mask = 1 << random(8);
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        what += ` byte ${at} mask ${mask}`;
        writeFileSync(file, changed);
      } else if (kind === 'cut') writeFileSync(file, bytes.subarray(0, random(bytes.length)));
      else if (kind === 'delete') rmSync(file);
      else if (kind === 'add') writeFileSync(added, 'x');
      else renameSync(file, added);
      const outcome = await verify(work).then(
        (report) => (report.ok ? 'ok' : 'found'),
        () => 'found',
      );
      if (outcome === 'ok') missed.push(what);
      rmSync(added, { force: true });
      writeFileSync(file, bytes);
    }
    expect(missed).toEqual([]);
    expect((await verify(work)).ok).toBe(true);
  }, 120_000);
});

describe('a zip', () => {
  test('holds the same package in one top folder and verifies', async () => {
    const zip = join(temporaryFolder(), 'march.zip');
    await exportFrom(writer, { out: zip });
    const report = await verify(zip);
    expect(report.failures).toEqual([]);
    const unpacked = temporaryFolder();
    execFileSync('python3', [
      '-c',
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])',
      zip,
      unpacked,
    ]);
    expect(readdirSync(unpacked)).toEqual(['march']);
    expect((await verify(join(unpacked, 'march'))).ok).toBe(true);
  });

  test('is found damaged wherever one byte of its content changes', async () => {
    const zip = join(temporaryFolder(), 'march.zip');
    await exportFrom(writer, { out: zip, formats: ['ndjson'] });
    const bytes = readFileSync(zip);
    const directory = bytes.readUInt32LE(bytes.length - 6);
    const missed: number[] = [];
    for (let at = 40; at < directory; at += Math.ceil(directory / 60)) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      writeFileSync(zip, changed);
      const found = await verify(zip).then(
        (report) => !report.ok,
        () => true,
      );
      if (!found) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  test('with a name that leads out of its folder is refused', async () => {
    const zip = join(temporaryFolder(), 'evil.zip');
    execFileSync('python3', [
      '-c',
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1],"w"); z.writestr("a/bagit.txt","x"); z.writestr("a/../../evil","x")',
      zip,
    ]);
    await expect(verify(zip)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('the target of an export', () => {
  const leftIn = (place: string) => readdirSync(place);

  test('is left alone when it exists', async () => {
    const out = join(temporaryFolder(), 'taken');
    writeFileSync(out, 'mine');
    await expect(exportFrom(writer, { out })).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  test('is replaced when that is allowed, and only then removed', async () => {
    const out = join(temporaryFolder(), 'again');
    await exportFrom(writer, { out, formats: ['csv'] });
    await exportFrom(writer, { out, formats: ['ndjson'], overwrite: true });
    expect(existsSync(join(out, 'data/conversations.ndjson'))).toBe(true);
    expect(existsSync(join(out, 'data/conversations.csv'))).toBe(false);
    expect(leftIn(dirname(out))).toEqual(['again']);
  });

  test('is never a folder of something else, not even with overwrite', async () => {
    const out = join(temporaryFolder(), 'documents');
    mkdirSync(out);
    writeFileSync(join(out, 'letter.txt'), 'dear');
    await expect(exportFrom(writer, { out, overwrite: true })).rejects.toMatchObject({ code: 'conflict' });
    expect(leftIn(out)).toEqual(['letter.txt']);
  });

  test('has nothing under it after a cancelled export', async () => {
    const place = temporaryFolder();
    const controller = new AbortController();
    const exporting = exportFrom(
      writer,
      { out: join(place, 'never') },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(leftIn(place)).toEqual([]);
  });

  test('has nothing under it when the query does not parse or the folder is missing', async () => {
    const place = temporaryFolder();
    await expect(exportFrom(writer, { out: join(place, 'x'), query: '"open' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(exportFrom(writer, { out: join(place, 'no/such/x') })).rejects.toMatchObject({
      code: 'path-unavailable',
    });
    expect(leftIn(place)).toEqual([]);
  });

  test('is cleared of what a killed export left beside it', async () => {
    const out = join(temporaryFolder(), 'package');
    mkdirSync(join(dirname(out), '.package.partial-999999999-0123abcd/data'), { recursive: true });
    await exportFrom(writer, { out, formats: ['csv'] });
    expect(leftIn(dirname(out))).toEqual(['package']);
  });
});

describe('an export', () => {
  test('lists a record that cannot be read, exports the rest and says so', async () => {
    const damaged = filledArchive(6);
    damaged.db
      .prepare('UPDATE version SET sha256 = zeroblob(32) WHERE rid = ?')
      .run(findConversation(damaged.db, 'chat:12345678:c1').rid);
    const { path, result } = await exportFrom(damaged);
    expect(result).toMatchObject({ conversations: 5, errors: 1 });
    expect(readFileSync(join(path, 'custody/errors.csv'), 'utf8')).toContain('chat:12345678:c1');
    expect((await verify(path)).failures).toEqual([]);
  });

  test('of nothing is a whole package that says so', async () => {
    const { path, result } = await exportFrom(writer, { query: 'nosuchword' });
    expect(result.conversations).toBe(0);
    expect((await verify(path)).failures).toEqual([]);
    expect(runVerifyText(path).stdout).toContain('ALL CHECKS PASSED');
  });

  test('that is bare is the file alone', async () => {
    const out = join(temporaryFolder(), 'all.ndjson');
    const { result } = await exportFrom(writer, { out, formats: ['ndjson'], bare: true });
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(result.conversations);
    expect(statSync(out).size).toBe(result.bytes);
  });
});
