import { createHash } from 'node:crypto';
import type { VerifyNotes } from '../evidence/verify-notes.ts';
import { algorithms, bagDeclaration, decodeManifestPath, encodeManifestPath, type Algorithm } from './bagit.ts';
import { textOf } from './package-lines.ts';
import type { PackageSource } from './package-source.ts';
import type { VerifyWork } from './verify-package.ts';

const packaging = 'How the package is packed';
const completeness = 'Files against both manifests';

const digestLength: Record<Algorithm, number> = { sha256: 64, sha512: 128 };

/** Everything that BagIt can say: nothing missing, nothing changed, nothing extra. */
export async function verifyBag(source: PackageSource, notes: VerifyNotes, work: VerifyWork): Promise<void> {
  notes.checked(packaging);
  for (const { subject, problem } of source.problems) notes.fail(packaging, subject, problem);
  if ((await textOf(source, 'bagit.txt')) !== bagDeclaration) {
    notes.fail(packaging, 'bagit.txt', 'is missing or does not declare a BagIt 1.0 bag in UTF-8');
  }
  const manifests = {
    payload: await readManifests(source, '', notes),
    tags: await readManifests(source, 'tag', notes),
  };
  await compareFiles(source, manifests, notes, work);
  await checkOxum(source, notes);
}

type Listed = Map<string, Record<Algorithm, string>>;

/** Both manifests of a kind; they must list the same files. */
async function readManifests(source: PackageSource, kind: '' | 'tag', notes: VerifyNotes): Promise<Listed> {
  const listed = new Map<string, Partial<Record<Algorithm, string>>>();
  for (const algorithm of algorithms) {
    const name = `${kind}manifest-${algorithm}.txt`;
    const text = await textOf(source, name);
    if (text === null || (text !== '' && !text.endsWith('\n'))) {
      notes.fail(packaging, name, 'is missing, cut short or not UTF-8 text');
      continue;
    }
    for (const line of text.split('\n').slice(0, -1)) {
      const path = readManifestLine(line, algorithm, kind);
      if (path === null) {
        notes.fail(packaging, name, `has a line that is no checksum and path: ${line.slice(0, 200)}`);
        continue;
      }
      const entry = listed.get(path) ?? {};
      if (entry[algorithm] !== undefined) notes.fail(packaging, path, `is listed twice in ${name}`);
      entry[algorithm] = line.slice(0, digestLength[algorithm]);
      listed.set(path, entry);
    }
  }
  const complete: Listed = new Map();
  for (const [path, { sha256, sha512 }] of listed) {
    if (sha256 === undefined || sha512 === undefined) {
      notes.fail(packaging, path, `is not listed in ${kind}manifest-${sha256 === undefined ? 'sha256' : 'sha512'}.txt`);
    }
    complete.set(path, { sha256: sha256 ?? '', sha512: sha512 ?? '' });
  }
  return complete;
}

function readManifestLine(line: string, algorithm: Algorithm, kind: '' | 'tag'): string | null {
  const match = /^(?<digest>[0-9a-f]+) {2}(?<path>.+)$/su.exec(line);
  if (match?.groups === undefined || match.groups['digest']?.length !== digestLength[algorithm]) return null;
  const path = decodeManifestPath(match.groups['path'] ?? '');
  const isPayload = path.startsWith('data/');
  return encodeManifestPath(path) === match.groups['path'] && isPayload === (kind === '') ? path : null;
}

async function compareFiles(
  source: PackageSource,
  { payload, tags }: { payload: Listed; tags: Listed },
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<void> {
  const listed = new Map([...payload, ...tags]);
  for (const path of listed.keys()) {
    if (!source.has(path)) notes.fail(completeness, path, 'is listed but missing');
  }
  for (const [done, path] of source.paths.entries()) {
    work.step('Reading files', done, source.paths.length);
    const expected = listed.get(path);
    if (expected !== undefined) {
      notes.checked(completeness);
      const problem = await changed(source, path, expected, work.signal);
      if (problem !== null) notes.fail(completeness, path, problem);
    } else if (!/^tagmanifest-(sha256|sha512)\.txt$/u.test(path)) {
      notes.fail(completeness, path, 'is in the package but not listed');
    }
  }
}

async function changed(
  source: PackageSource,
  path: string,
  expected: Record<Algorithm, string>,
  signal: AbortSignal,
): Promise<string | null> {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }));
  try {
    for await (const piece of source.read(path)) {
      signal.throwIfAborted();
      for (const { hash } of hashes) hash.update(piece);
    }
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
  const wrong = hashes.filter(({ algorithm, hash }) => hash.digest('hex') !== expected[algorithm]);
  if (wrong.length === 0) return null;
  return `was changed: it no longer has its ${wrong.map(({ algorithm }) => algorithm.toUpperCase()).join(' and ')}`;
}

async function checkOxum(source: PackageSource, notes: VerifyNotes): Promise<void> {
  const name = 'Payload-Oxum (number and size of payload files)';
  const info = await textOf(source, 'bag-info.txt');
  const stated = /^Payload-Oxum: (?<oxum>\d+\.\d+)$/mu.exec(info ?? '')?.groups?.['oxum'];
  const payload = source.paths.filter((path) => path.startsWith('data/'));
  const found = `${payload.reduce((sum, path) => sum + source.size(path), 0)}.${payload.length}`;
  notes.checked(name);
  if (stated !== found) {
    notes.fail(name, 'bag-info.txt', `says ${stated ?? 'nothing'} where the payload is ${found}`);
  }
}
