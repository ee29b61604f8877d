import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { emojiFontPackage, facesInSheet, textFontPackages } from '../main/archive/export/pdf/font-packages.ts';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Fonts of PDF exports, shipped as files because they are put into what is printed as they are. */
export const printedFontPackages = [...textFontPackages, emojiFontPackage];

/** Puts the fonts beside the bundle, where the engine finds them without any node_modules. */
export function printedFonts(): Plugin {
  return {
    name: 'printed-fonts',
    writeBundle({ dir = '' }) {
      for (const name of printedFontPackages) {
        const sheet = readFileSync(join(modules, name, 'index.css'), 'utf8');
        for (const file of ['index.css', ...facesInSheet(sheet).map((face) => face.file)]) {
          const target = join(dir, 'fonts', name, file);
          mkdirSync(dirname(target), { recursive: true });
          copyFileSync(join(modules, name, file), target);
        }
      }
    },
  };
}
