import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages that any room may use are not listed; `local` is what a room may import of this repository. */
interface Room {
  files: string;
  except?: readonly string[];
  local: readonly string[];
  packages: readonly string[];
  /** Rooms of which it may import types, because types are gone at run time. */
  types?: readonly string[];
}

const contract = 'preload/';
const inContract = [
  'contract',
  'model',
  'errors',
  'envelope',
  'bridge',
  'channels',
  'engine-protocol',
  'public-json',
  'redaction-profiles',
];

/** design.md, "Rooms and who may import whom", as data. */
const rooms: Record<string, Room> = {
  'the contract': {
    files: 'preload/*.ts',
    except: ['preload/electron.ts', 'preload/web.ts'],
    local: [contract],
    packages: ['zod'],
  },
  'the Electron preload': {
    files: 'preload/electron.ts',
    local: ['preload/channels.ts'],
    packages: ['electron'],
    types: [contract],
  },
  'the web preload': { files: 'preload/web.ts', local: [], packages: [], types: [contract] },
  'the archive': {
    files: 'main/archive/**/*.ts',
    local: ['main/archive/', contract],
    packages: [
      'node:',
      'better-sqlite3',
      'axios',
      'oauth-1.0a',
      'p-queue',
      'zod',
      'csv-stringify',
      'yazl',
      'yauzl',
      'hyparquet',
      'pkijs',
      'asn1js',
      'write-excel-file',
      'stdnum',
    ],
  },
  'the engine': {
    files: 'main/engine/**/*.ts',
    local: ['main/engine/', 'main/archive/', contract],
    packages: ['node:', 'better-sqlite3'],
  },
  'the host': {
    files: 'main/host/**/*.ts',
    local: ['main/host/', contract, 'main/archive/log.ts', 'main/archive/clock.ts', 'main/archive/actor.ts'],
    packages: ['node:', 'zod'],
  },
  'the desktop shell': {
    files: 'main/electron/**/*.ts',
    local: ['main/electron/', 'main/host/', contract],
    packages: ['node:', 'electron'],
    types: ['main/archive/log.ts'],
  },
  'the web host': {
    files: 'main/web/**/*.ts',
    local: ['main/web/', 'main/host/', contract],
    packages: ['node:', 'zod'],
  },
  'the command line': {
    files: 'main/cli/**/*.ts',
    local: ['main/cli/', 'main/host/', 'main/web/', contract],
    packages: ['node:', 'zod', 'commander'],
  },
  'the page': {
    files: 'renderer/**/*.{ts,tsx}',
    // Errors and redaction profiles have no dependencies; the rest of the contract reaches the page as types.
    local: ['renderer/', 'preload/web.ts', 'preload/errors.ts', 'preload/redaction-profiles.ts'],
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      'react-aria',
      'react-stately',
      '@react-aria',
      '@internationalized',
      '@tanstack',
      'wouter',
      'lucide-react',
      'clsx',
      'd3-',
      '@fontsource',
      'i18next',
      'react-i18next',
      'vite',
    ],
    types: [contract],
  },
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.') ? posix.normalize(posix.join(dirname(file), specifier)) : specifier;
    return { file, target, typeOnly: match[1] !== undefined };
  });
}

function isAllowed(room: Room, { target, typeOnly }: Import): boolean {
  if (/\.(css|woff2|svg|json)$/u.test(target)) return true;
  const within = (places: readonly string[]) => places.some((place) => target.startsWith(place));
  return within(room.local) || within(room.packages) || (typeOnly && within(room.types ?? []));
}

test.each(Object.entries(rooms))('%s imports only what its room may import', (_name, room) => {
  const files = globSync(room.files, { cwd: root })
    .map((file) => relative('.', file).split(sep).join('/'))
    .filter((file) => room.except?.includes(file) !== true);
  const refused = files.flatMap(importsOf).filter((found) => !isAllowed(room, found));
  expect(refused).toEqual([]);
  expect(files.length).toBeGreaterThan(0);
});

test('every file of preload/ belongs to the contract or is one of the two preloads', () => {
  const names = globSync('preload/*.ts', { cwd: root }).map((file) => posix.basename(file.split(sep).join('/'), '.ts'));
  expect(names.toSorted()).toEqual([...inContract, 'electron', 'web'].toSorted());
});
