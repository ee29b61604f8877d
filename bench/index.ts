import { measureBareFts5 } from './bare.ts';
import { buildArchive } from './build.ts';
import { measureArchive } from './measure.ts';
import { measurePeers } from './peers/index.ts';
import { measureRanking } from './rank.ts';

const usage = `usage:
  bench build FOLDER CONVERSATIONS   fill an archive with the corpus; prints time and size
  bench search FOLDER [RUNS]         latency of the thirty queries (default 15 runs each)
  bench bare FOLDER [CONVERSATIONS]  SQLite's FTS5 alone on the same text
  bench peers FOLDER CONVERSATIONS   the same texts and questions to FTS5, Xapian, MiniSearch, ripgrep
  bench rank FOLDER                  order by relevance: ours against FTS5's own
`;

const [command, folder, number] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else if (command === 'build') {
  console.table(await buildArchive(folder, Number(number ?? 10_000)));
} else if (command === 'search') {
  const { figures, memoryMb } = measureArchive(folder, Number(number ?? 15));
  console.table(figures);
  console.log(`memory of both readers: ${Math.round(memoryMb)} MB`);
} else if (command === 'rank') {
  console.table(measureRanking(folder));
} else if (command === 'peers') {
  await measurePeers(folder, Number(number ?? 10_000), 15);
} else if (command === 'bare') {
  console.table(measureBareFts5(folder, Number(number ?? 20_000)));
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}
