import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPackage } from '../../../main/archive/export/package-source.ts';
import { countFormats } from '../../../main/archive/export/verify-counts.ts';
import type { ExportFormat, ExportRequest } from '../../../preload/model.ts';
import { temporaryFolder } from '../store/support.ts';
import { filesBelow, hasChromium } from './readers.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

const countable: ExportFormat[] = ['csv', 'xlsx', 'html', 'rsmf', 'parquet'];
if (hasChromium()) countable.push('pdf');

async function countsOf(request: Partial<ExportRequest>) {
  const { path, result } = await exportFrom(filledArchive(7), request);
  const source = await openPackage(path);
  try {
    return { path, result, found: await countFormats(source) };
  } finally {
    await source.close();
  }
}

test.each<[string, Partial<ExportRequest>]>([
  ['a folder', {}],
  ['a zip', { out: join(temporaryFolder(), 'all.zip') }],
  ['a package in parts', { split: { by: 'count', conversations: 3 } }],
])('the conversations and messages of every format are counted in %s', { timeout: 120_000 }, async (_name, request) => {
  const { found, result } = await countsOf({ ...request, formats: [...countable, 'eml', 'dat'] });
  const { conversations, messages } = result;
  expect(conversations).toBe(7);
  for (const format of countable) expect(found.get(format), format).toEqual({ conversations, messages });
  // A mail and a load file have no messages that could be counted apart.
  for (const format of ['eml', 'dat']) expect(found.get(format)).toEqual({ conversations, messages: null });
});

/** Manifests made anew with coreutils, as somebody would who changes a package and knows how it is made. */
const reseal = `
for b in 256 512; do
  find data -type f | LC_ALL=C sort | while read -r f; do sha\${b}sum "$f"; done > manifest-sha$b.txt
done
oxum=$(find data -type f -printf '%s\\n' | awk '{s+=$1} END {print s "." NR}')
sed -i "s/^Payload-Oxum: .*/Payload-Oxum: $oxum/" bag-info.txt
for b in 256 512; do
  cut -c$((b / 4 + 3))- tagmanifest-sha$b.txt | while read -r f; do sha\${b}sum "$f"; done > m; mv m tagmanifest-sha$b.txt
done`;

test.each(countable)(
  'a record that is taken out of %s is missed, with all manifests made anew',
  async (format) => {
    const { path } = await exportFrom(filledArchive(4), { formats: ['ndjson', format] });
    expect((await verify(path)).failures).toEqual([]);
    const other = (await exportFrom(filledArchive(3), { formats: [format] })).path;
    for (const name of filesBelow(path).filter((file) => file.startsWith('data/') && !/\.(?:nd)?json$/u.test(file))) {
      rmSync(join(path, name));
    }
    spawnSync('cp', ['-r', join(other, 'data'), path]);
    const run = spawnSync('bash', ['-ec', reseal], { cwd: path, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const { failures } = await verify(path);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ subject: 'custody/export.json' });
    expect(failures[0]?.problem).toMatch(
      new RegExp(`^states 4 conversations and \\d+ messages, ${format} has 3 and`, 'u'),
    );
  },
  120_000,
);

test('a container that is none is told, and does not end the verification', async () => {
  const { path } = await exportFrom(filledArchive(2), { formats: ['xlsx', 'parquet', 'rsmf'] });
  for (const name of filesBelow(path).filter((file) => /\.(?:xlsx|parquet|rsmf)$/u.test(file))) {
    writeFileSync(join(path, name), readFileSync(join(path, name)).subarray(0, 20));
  }
  const report = await verify(path);
  expect(report.ok).toBe(false);
  expect(report.failures.length).toBeGreaterThan(3);
});
