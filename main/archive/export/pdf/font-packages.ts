/** Packages with fonts for the scripts that people write in, in the order in which they are asked for a character. */
export const textFontPackages = [
  '@fontsource-variable/noto-sans',
  '@fontsource-variable/noto-sans-arabic',
  '@fontsource-variable/noto-sans-hebrew',
  '@fontsource-variable/noto-sans-thai',
  '@fontsource-variable/noto-sans-sc',
  '@fontsource-variable/noto-sans-kr',
];
export const emojiFontPackage = '@fontsource/noto-color-emoji';

/** The font files that the style sheet of a package names, relative to it, each with its rule. */
export function facesInSheet(sheet: string): { file: string; rule: string }[] {
  return [...sheet.matchAll(/@font-face\s*\{([^}]*)\}/gu)].flatMap(([, rule = '']) => {
    const file = /url\(\.\/(files\/[^)]+\.woff2)\)/u.exec(rule)?.[1];
    return file === undefined ? [] : [{ file, rule }];
  });
}
