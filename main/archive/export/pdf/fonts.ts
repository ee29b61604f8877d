import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emojiFontPackage, facesInSheet, textFontPackages } from './font-packages.ts';

interface Face {
  file: string;
  /** Inclusive pairs of code points. */
  ranges: [number, number][];
  family: string;
  weight: string;
}

/** The CSS `font-family` list that pages printed by us use. */
export const fontFamilies = "'Archive Sans', 'Archive Emoji', 'Noto Sans', 'Noto Sans CJK SC', system-ui, sans-serif";

let faces: Face[] | null = null;

/**
 * `@font-face` rules, with the fonts inside, for exactly the characters of a text. Where no fonts are
 * found there are none, and the system's fonts are used; either way the PDF embeds what it uses.
 */
export function fontFacesFor(text: string): string {
  const used = new Set<number>();
  for (const character of text) used.add(character.codePointAt(0) ?? 0);
  faces ??= [
    ...textFontPackages.flatMap((name) => facesOf(name, 'Archive Sans')),
    ...facesOf(emojiFontPackage, 'Archive Emoji'),
  ];
  const points = [...used];
  return faces
    .filter(({ ranges }) => points.some((point) => ranges.some(([from, to]) => point >= from && point <= to)))
    .map(
      ({ file, ranges, family, weight }) =>
        `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/woff2;base64,${readFileSync(file).toString('base64')});unicode-range:${ranges.map(([from, to]) => `U+${from.toString(16)}-${to.toString(16)}`).join(',')}}`,
    )
    .join('\n');
}

function facesOf(name: string, family: string): Face[] {
  const path = sheetOf(name);
  if (path === null) return [];
  return facesInSheet(readFileSync(path, 'utf8')).flatMap(({ file, rule }) => {
    const range = /unicode-range:\s*([^;]+);/u.exec(rule)?.[1];
    if (range === undefined) return [];
    const weight = /font-weight:\s*([^;]+);/u.exec(rule)?.[1] ?? '400';
    return [{ file: join(dirname(path), file), ranges: rangesOf(range), family, weight }];
  });
}

/** Beside the bundle, where the build puts them (scripts/printed-fonts.ts); else in node_modules. */
function sheetOf(name: string): string | null {
  const built = ['./fonts', '../fonts'].map((folder) =>
    fileURLToPath(new URL(`${folder}/${name}/index.css`, import.meta.url)),
  );
  const found = built.find((path) => existsSync(path));
  if (found !== undefined) return found;
  try {
    return createRequire(import.meta.url).resolve(`${name}/index.css`);
  } catch {
    return null;
  }
}

function rangesOf(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const [from = '0', to] = part.trim().replace(/^U\+/iu, '').split('-');
    return [parseInt(from, 16), parseInt(to ?? from, 16)];
  });
}
