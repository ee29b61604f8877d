import { join } from 'node:path';
import { OutputFile, type WrittenFile } from './output-file.ts';

/** RFC 8493: the files of a bag that say what the bag is. */

export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export const algorithms = ['sha256', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];

/** A path as manifests write it: CR, LF and % would break the line, or be read as an escape. */
export function encodeManifestPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function decodeManifestPath(path: string): string {
  return path.replace(/%(0D|0A|25)/giu, (escape) => decodeURIComponent(escape));
}

/** A manifest's text, sorted by path so that equal content gives equal bytes. */
export function manifestText(files: readonly WrittenFile[], algorithm: Algorithm): string {
  const lines = files.map((file) => `${file[algorithm]}  ${encodeManifestPath(file.path)}\n`);
  return lines.sort((one, other) => (one.slice(one.indexOf(' ')) < other.slice(other.indexOf(' ')) ? -1 : 1)).join('');
}

/** bag-info.txt: one `Label: value` a line; line breaks inside a value would start a new one. */
export function bagInfoText(labels: readonly (readonly [string, string])[]): string {
  return labels.map(([label, value]) => `${label}: ${value.replace(/\s+/gu, ' ').trim()}\n`).join('');
}

/** Bytes as people read them, for the label Bag-Size. */
export function readableSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Adds the manifests to a bag whose payload and other tag files are written. Returns all files of the bag. */
export function writeManifests(
  folder: string,
  payload: readonly WrittenFile[],
  tags: readonly WrittenFile[],
): WrittenFile[] {
  const write = (name: string, text: string) => {
    const file = new OutputFile(name, join(folder, name));
    file.write(text);
    return file.close();
  };
  const manifests = algorithms.map((algorithm) => write(`manifest-${algorithm}.txt`, manifestText(payload, algorithm)));
  const tagged = [...tags, ...manifests];
  const tagManifests = algorithms.map((algorithm) =>
    write(`tagmanifest-${algorithm}.txt`, manifestText(tagged, algorithm)),
  );
  return [...payload, ...tagged, ...tagManifests];
}
