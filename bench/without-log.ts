/**
 * For measurements only: loads the app with the custody log's share of ingest cut out, in this thread. What is left
 * tells what the log costs. The app itself has no such switch.
 */
import { registerHooks } from 'node:module';

const cuts: readonly { file: string; code: string; instead: string }[] = [
  { file: '/evidence/log.ts', code: 'const commitment = commitmentOf(leaf);', instead: 'if (db) return;\n  $&' },
  {
    file: '/evidence/commitment.ts',
    code: 'const { root, path } = commitWithPath(',
    instead: 'if (seed) return { commitment: Buffer.alloc(0), path: Buffer.alloc(0) };\n  $&',
  },
];

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const cut = cuts.find(({ file }) => url.endsWith(file));
    if (cut === undefined) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    if (!source.includes(cut.code)) throw new Error(`${cut.file} has changed: adapt bench/without-log.ts.`);
    return { ...loaded, source: source.replace(cut.code, cut.instead) };
  },
});
