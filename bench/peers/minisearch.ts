import MiniSearch from 'minisearch';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { medianMs, servePeer } from './peer.ts';
import type { Question } from './questions.ts';

const engine = new MiniSearch<{ id: number; text: string }>({ fields: ['text'], idField: 'id' });

/** An engine from npm that keeps everything in memory. It has no phrases and orders by relevance only. */
servePeer({
  async build(texts) {
    let id = 0;
    let spent = 0;
    for await (const text of createInterface({ input: createReadStream(texts) })) {
      const began = performance.now();
      engine.add({ id, text });
      spent += performance.now() - began;
      id += 1;
    }
    const own = new URL('../../node_modules/minisearch/package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(own, 'utf8')) as { version: string };
    return { version, seconds: spent / 1000, bytes: process.memoryUsage().heapUsed };
  },
  ask(question, runs) {
    if (question.kind === 'phrase') return null;
    let total = 0;
    const bestMs = medianMs(runs, () => {
      total = search(question).length;
    });
    return { total, totalMs: bestMs, newestMs: null, bestMs };
  },
});

function search({ kind, words: [first = '', ...others], words }: Question) {
  if (kind === 'but-not') return engine.search({ combineWith: 'AND_NOT', queries: [first, ...others] });
  return engine.search(words.join(' '), {
    prefix: kind === 'prefix',
    combineWith: kind === 'any' ? 'OR' : 'AND',
  });
}
