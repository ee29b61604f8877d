/** Writes out/notices: the licences of all that a package ships, and a bill of materials (CycloneDX) of the same. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printedFontPackages } from './printed-fonts.ts';

interface Licence {
  name: string;
  version: string;
  identifier: string | null;
  text?: string;
}

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  scope?: string;
}

interface BillOfMaterials {
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'out', 'notices');
/** Not bundled, but shipped as files. Electron brings the licences of Chromium and Node in a file of its own. */
const shippedAsFiles = ['better-sqlite3', 'electron', ...printedFontPackages];

function bundled(): Licence[] {
  return ['main', 'preload', 'renderer'].flatMap(
    (mode) => JSON.parse(readFileSync(join(root, 'out', mode, 'licences.json'), 'utf8')) as Licence[],
  );
}

function ofPackage(name: string): Licence {
  const own = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const file = readdirSync(own).find((each) => /^licen[cs]e/iu.test(each));
  const text = file === undefined ? {} : { text: readFileSync(join(own, file), 'utf8') };
  return { name, version, identifier: license ?? null, ...text };
}

/** @throws Error when something that is shipped says nothing of its licence */
export function writeNotices(): void {
  const licences = new Map<string, Licence>();
  for (const each of [...bundled(), ...shippedAsFiles.map(ofPackage)])
    licences.set(`${each.name}@${each.version}`, each);
  const silent = [...licences.values()].filter(({ identifier }) => identifier === null || identifier === '');
  if (silent.length > 0) throw new Error(`No licence is known of ${silent.map(({ name }) => name).join(', ')}.`);

  mkdirSync(folder, { recursive: true });
  const sorted = [...licences].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const texts = sorted.map(
    ([key, { identifier, text }]) =>
      `${key} · ${identifier ?? ''}\n\n${text?.trim() ?? 'The package has no file with the text of its licence.'}\n`,
  );
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), texts.join(`\n${'─'.repeat(80)}\n\n`));
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(materials(new Set(licences.keys())), null, 2)}\n`);
}

/** npm's own bill of the lock file, cut to what is shipped. */
function materials(shipped: ReadonlySet<string>): BillOfMaterials {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const all = JSON.parse(
    execFileSync(npm, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
      shell: process.platform === 'win32',
    }),
  ) as BillOfMaterials;
  const components = all.components
    .filter(({ name, version }) => shipped.has(`${name}@${version}`))
    // npm calls optional what is needed for development only; all of this is in the product.
    .map((component) => ({ ...component, scope: 'required' }));
  const known = new Set(components.map((component) => component['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: (dependsOn ?? []).filter((each) => known.has(each)) }));
  return { ...all, components, dependencies };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeNotices();
