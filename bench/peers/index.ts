import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../preload/contract.ts';
import { searchCount } from '../../main/archive/search/count.ts';
import { searchPage } from '../../main/archive/search/page.ts';
import { openReader } from '../../main/archive/store/database.ts';
import { buildArchive } from '../build.ts';
import { corpus } from '../corpus.ts';
import { forkedPeer, medianMs, type Peer, type PeerAnswer } from './peer.ts';
import { ourQuery, questions } from './questions.ts';
import { ripgrepPeer } from './ripgrep.ts';
import { xapianPeer } from './xapian.ts';

const now = Date.UTC(2026, 10, 1);

/** The same texts and questions to this archive and to each peer, one after the other in one run. Prints tables. */
export async function measurePeers(folder: string, size: number, runs: number): Promise<void> {
  if (!existsSync(join(folder, 'archive.sqlite'))) await buildArchive(folder, size);
  const texts = writeTexts(folder, size);
  const textBytes = statSync(texts).size;
  const answers = new Map<string, (PeerAnswer | null)[]>([['archive', askArchive(folder, runs)]]);
  const facts: Record<string, unknown>[] = [
    { name: 'archive', 'bytes / text': rounded(statSync(join(folder, 'archive.sqlite')).size / textBytes) },
  ];
  const peers = [
    forkedPeer('fts5', './fts5.ts'),
    xapianPeer() ?? 'xapian: python3-xapian is not here',
    forkedPeer('minisearch', './minisearch.ts', { largest: 100_000, heapMb: 12_000 }),
    ripgrepPeer() ?? 'ripgrep: rg is not on the PATH',
  ];
  for (const peer of peers) {
    if (typeof peer === 'string') process.stdout.write(`skipped ${peer}\n`);
    else if (size > (peer.largest ?? Infinity)) process.stdout.write(`skipped ${peer.name}: keeps all in memory\n`);
    else answers.set(peer.name, await askPeer(peer, texts, folder, textBytes, runs, facts));
  }
  console.table(facts);
  for (const measure of ['newestMs', 'totalMs', 'bestMs'] as const) {
    process.stdout.write(`${measure}, medians\n`);
    console.table(
      Object.fromEntries(
        questions.map(({ name }, index) => [
          name,
          Object.fromEntries([...answers].map(([peer, each]) => [peer, shown(each[index]?.[measure])])),
        ]),
      ),
    );
  }
  process.stdout.write('totals\n');
  console.table(
    Object.fromEntries(
      questions.map(({ name }, index) => [
        name,
        Object.fromEntries([...answers].map(([peer, each]) => [peer, each[index]?.total ?? '–'])),
      ]),
    ),
  );
}

async function askPeer(
  peer: Peer,
  texts: string,
  folder: string,
  textBytes: number,
  runs: number,
  facts: Record<string, unknown>[],
): Promise<(PeerAnswer | null)[]> {
  const { version, seconds, bytes } = await peer.build(texts, folder);
  const answers: (PeerAnswer | null)[] = [];
  for (const question of questions) answers.push(await peer.ask(question, runs));
  facts.push({
    name: `${peer.name} ${version}`,
    seconds: rounded(seconds),
    'bytes / text': rounded(bytes / textBytes),
    'memory MB': Math.round(peer.memoryMb() ?? 0),
  });
  await peer.close();
  return answers;
}

/** First pages that are asked again, totals that were never asked before, as `bench search` does. */
function askArchive(folder: string, runs: number): PeerAnswer[] {
  const { db } = openReader(folder);
  let asked = 0;
  const unasked = (query: string) => {
    asked += 1;
    return contract['search.count'].input.parse({ query: `(${query}) -zzz${asked}` });
  };
  return questions.map((question) => {
    const query = ourQuery(question);
    const page = (sort: 'newest' | 'relevance') =>
      searchPage(db, contract['search.page'].input.parse({ query, sort }), now);
    page('newest');
    return {
      total: searchCount(db, contract['search.count'].input.parse({ query }), now).total,
      bestMs: medianMs(1, () => page('relevance')),
      newestMs: medianMs(runs, () => page('newest')),
      totalMs: medianMs(runs, () => searchCount(db, unasked(query), now)),
    };
  });
}

/** One conversation a line. */
function writeTexts(folder: string, size: number): string {
  const file = join(folder, 'texts.txt');
  const handle = openSync(file, 'w');
  let lines: string[] = [];
  for (const { text } of corpus(size)) {
    lines.push(`${text.replaceAll('\n', ' ')}\n`);
    if (lines.length < 1000) continue;
    writeSync(handle, lines.join(''));
    lines = [];
  }
  writeSync(handle, lines.join(''));
  closeSync(handle);
  return file;
}

function shown(value: number | null | undefined): number | string {
  return value === null || value === undefined ? '–' : rounded(value);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
