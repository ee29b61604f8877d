import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Packages with fonts for the scripts that people write in, in the order in which they are asked for a character. */
const packages = [
  '@fontsource-variable/noto-sans',
  '@fontsource-variable/noto-sans-arabic',
  '@fontsource-variable/noto-sans-hebrew',
  '@fontsource-variable/noto-sans-thai',
  '@fontsource-variable/noto-sans-sc',
  '@fontsource-variable/noto-sans-kr',
];
const emojiPackage = '@fontsource/noto-color-emoji';

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
 * `@font-face` rules, with the fonts inside, for exactly the characters of a text. Where the font packages are not
 * installed there are none, and the system's fonts are used; either way the PDF embeds what it uses.
 */
export function fontFacesFor(text: string): string {
  const used = new Set<number>();
  for (const character of text) used.add(character.codePointAt(0) ?? 0);
  faces ??= [...packages.flatMap((name) => facesOf(name, 'Archive Sans')), ...facesOf(emojiPackage, 'Archive Emoji')];
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
  let sheet: string;
  let folder: string;
  try {
    const path = createRequire(import.meta.url).resolve(`${name}/index.css`);
    sheet = readFileSync(path, 'utf8');
    folder = dirname(path);
  } catch {
    return [];
  }
  return [...sheet.matchAll(/@font-face\s*\{([^}]*)\}/gu)].flatMap(([, rule = '']) => {
    const file = /url\((\.\/files\/[^)]+\.woff2)\)/u.exec(rule)?.[1];
    const range = /unicode-range:\s*([^;]+);/u.exec(rule)?.[1];
    if (file === undefined || range === undefined) return [];
    const weight = /font-weight:\s*([^;]+);/u.exec(rule)?.[1] ?? '400';
    return [{ file: join(folder, file), ranges: rangesOf(range), family, weight }];
  });
}

function rangesOf(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const [from = '0', to] = part.trim().replace(/^U\+/iu, '').split('-');
    return [parseInt(from, 16), parseInt(to ?? from, 16)];
  });
}
