/**
 * From answers of the API to searchable conversations: with the preparing thread and without, with the custody log and
 * without, beside SQLite's own shell with FTS5 alone. Rounds take turns, medians are told.
 * Usage: node bench/ingest.ts [CONVERSATIONS] [ROUNDS]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePages } from './page-file.ts';
import { createShellMeasure } from './shell.ts';

interface Run {
  conversations: number;
  wallMs: number;
  writingMs: number;
  cpuMs: number;
  peakMemoryMb: number;
  fileBytes: number;
}

const conversations = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 3);
const kinds = ['thread log', 'thread without-log', 'inline log', 'inline without-log'] as const;
const folder = mkdtempSync(join(tmpdir(), 'archive-ingest-'));
const pages = join(folder, 'pages.bin');
const { jsonBytes, textBytes } = writePages(pages, conversations);
const shell = createShellMeasure(folder, conversations);

const runs = new Map<string, Run[]>(kinds.map((kind) => [kind, []]));
const shellSeconds: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  if (shell !== null) shellSeconds.push(shell());
  for (const kind of kinds) runs.get(kind)?.push(await measure(kind, round));
}

const shellRate = shell === null ? null : conversations / median(shellSeconds);
const rate = (kind: string) => medianOf(kind, ({ wallMs }) => (1000 * conversations) / wallMs);
process.stdout.write(
  `${conversations} conversations, ${Math.round(jsonBytes / conversations)} bytes of JSON and ${Math.round(textBytes / conversations)} of text each\n`,
);
console.table(
  Object.fromEntries(
    kinds.map((kind) => [
      kind,
      {
        'a second': Math.round(rate(kind)),
        'share of shell': shellRate === null ? '' : rounded(rate(kind) / shellRate),
        'writer ms each': rounded(medianOf(kind, ({ writingMs }) => writingMs / conversations)),
        'CPU ms each': rounded(medianOf(kind, ({ cpuMs }) => cpuMs / conversations)),
        'peak MB': Math.round(medianOf(kind, ({ peakMemoryMb }) => peakMemoryMb)),
        'file / text': rounded(medianOf(kind, ({ fileBytes }) => fileBytes / textBytes)),
      },
    ]),
  ),
);
if (shellRate !== null) process.stdout.write(`sqlite3 shell, FTS5 alone: ${Math.round(shellRate)} a second\n`);
for (const kind of ['thread', 'inline']) {
  const share = 1 - rate(`${kind} log`) / rate(`${kind} without-log`);
  process.stdout.write(`custody log, ${kind}: ${rounded(100 * share)} % of the time\n`);
}
rmSync(folder, { recursive: true });

async function measure(kind: string, round: number): Promise<Run> {
  const archive = join(folder, `${kind.replace(' ', '-')}-${round}`);
  const child = fork(join(import.meta.dirname, 'ingest-run.ts'), [pages, archive, ...kind.split(' ')]);
  const [run] = (await once(child, 'message')) as [Run];
  await once(child, 'exit');
  rmSync(archive, { recursive: true });
  return run;
}

function medianOf(kind: string, figure: (run: Run) => number): number {
  return median((runs.get(kind) ?? []).map(figure));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
