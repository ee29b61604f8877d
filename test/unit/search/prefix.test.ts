import { describe, expect, test } from 'vitest';
import { planQuery } from '../../../main/archive/search/plan.ts';
import { segmentsWithWords, wordsBeginningWith } from '../../../main/archive/search/prefix-terms.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { count, now } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { firstStart, testArchive } from './support.ts';

const archive = testArchive(corpus(seededRandom(21), 200));
archive.add(corpus(seededRandom(22), 100).map((said) => ({ ...said, id: `more-${said.id}` })));

/** Every word of the index, as SQLite's own listing has it. */
const vocabulary = archive.db.prepare<[], string>('SELECT term FROM ft_term').pluck().all();

describe('words that begin with a prefix', () => {
  test.each(['ref', 'refund', 'g', 'gr', 'stra', 'дене', 'зак', 'أ', 'คื', 'zzz', '退', '47', 'p'])(
    'are read completely: %s',
    (prefix) => {
      const wanted = vocabulary.filter((term) => term.startsWith(prefix)).sort();
      const read = wordsBeginningWith(archive.db, prefix);
      expect(read?.sort() ?? 'too many').toEqual(wanted.length > 64 ? 'too many' : wanted);
    },
  );

  test('in an index of many pages, too', () => {
    const large = testArchive(
      Array.from({ length: 400 }, (_, index) => ({
        id: `n${index}`,
        start: firstStart + index * 60_000,
        lines: [`agent: ${'refund '.repeat(200)} ref${index % 40} x${index}`],
      })),
    );
    large.db.exec("INSERT INTO ft(ft) VALUES ('optimize')");
    expect(wordsBeginningWith(large.db, 'ref')).toHaveLength(41);
    expect(wordsBeginningWith(large.db, 'x')).toBeNull();
    expect(count(large, 'ref*').total).toBe(400);
    expect(count(large, 'x1*').total).toBe(111);
  });

  test('stand in for the prefix wherever FTS5 takes alternatives', () => {
    const words = (query: string) =>
      segmentsWithWords(archive.db, planQuery(parseQuery(query), { now, timeZone: 'UTC' }, 0))[0]?.match;
    expect(words('guar*')).toBe('"guarantee"');
    expect(words('-said:agent guar*')).toContain('{agent} : "guarantee"');
    expect(words('refund NEAR/3 guar*')).toContain('"guar" *');
    expect(words('"back guar"*')).toBe('"back guar" *');
    expect(words('zzz*')).toBe('"zzz" *');
  });
});
