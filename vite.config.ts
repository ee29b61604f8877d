import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { printedFonts } from './scripts/printed-fonts.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Packages that must stay outside the bundle: one is the runtime itself, the other loads a native binary by path. */
const external = ['electron', 'better-sqlite3'];

/** Names and licences of what goes into a bundle, for scripts/notices.ts. */
const license = { fileName: 'licences.json' };

const main: UserConfig = {
  plugins: [printedFonts()],
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/main',
    emptyOutDir: true,
    sourcemap: true,
    license,
    minify: false,
    rolldownOptions: {
      input: {
        electron: 'main/electron/index.ts',
        cli: 'main/cli/index.ts',
        engine: 'main/engine/entry.ts',
        prepare: 'main/archive/prepare/worker.ts',
      },
      external,
    },
  },
  ssr: { noExternal: true, external },
};

const preload: UserConfig = {
  build: {
    target: 'chrome152',
    outDir: 'out/preload',
    emptyOutDir: true,
    license,
    minify: false,
    lib: { entry: 'preload/electron.ts', formats: ['cjs'], fileName: () => 'electron.cjs' },
    rolldownOptions: { external },
  },
};

const renderer: UserConfig = {
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    target: 'chrome152',
    outDir: '../out/renderer',
    emptyOutDir: true,
    sourcemap: true,
    license,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Read from disk or loopback, once per start: one chunk is as good as several.
    chunkSizeWarningLimit: 1500,
  },
};

/** `vite build --mode main|preload|renderer`: three worlds, one file (docs/decisions/0006). */
export default defineConfig(({ mode }) => {
  const configs: Record<string, UserConfig> = { main, preload, renderer };
  const config = configs[mode];
  if (config === undefined) throw new Error(`Unknown build mode "${mode}": use main, preload or renderer.`);
  // Vite takes NODE_ENV from the mode; React's production build must be chosen whatever the mode is called.
  const define = { 'process.env.NODE_ENV': JSON.stringify('production'), __APP_VERSION__: JSON.stringify(version) };
  return { ...config, define };
});
