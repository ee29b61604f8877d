import { spawnSync } from 'node:child_process';
import { medianMs, type Peer } from './peer.ts';
import type { Question } from './questions.ts';

/** Reads everything each time. `null` without `rg` on the PATH. */
export function ripgrepPeer(): Peer | null {
  const version = /ripgrep (\S+)/u.exec(spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  if (version === undefined) return null;
  let file = '';
  return {
    name: 'ripgrep',
    async build(texts) {
      file = texts;
      return Promise.resolve({ version, seconds: 0, bytes: 0 });
    },
    async ask(question, runs) {
      const pattern = ripgrepPattern(question);
      if (pattern === null) return Promise.resolve(null);
      let total = 0;
      const totalMs = medianMs(Math.min(runs, 3), () => {
        const { stdout } = spawnSync('rg', ['--count', '--ignore-case', pattern, file], { encoding: 'utf8' });
        total = Number(stdout.trim() || 0);
      });
      return Promise.resolve({ total, totalMs, newestMs: null, bestMs: null });
    },
    memoryMb: () => null,
    async close() {
      await Promise.resolve();
    },
  };
}

function ripgrepPattern({ kind, words }: Question): string | null {
  if (kind === 'prefix') return `\\b${words.join(' ')}`;
  if (kind === 'any') return `\\b(${words.join('|')})\\b`;
  if (kind === 'phrase') return `\\b${words.join('\\W+')}\\b`;
  return words.length === 1 ? `\\b${words.join('')}\\b` : null;
}
