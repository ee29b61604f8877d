import { describe, expect, test } from 'vitest';
import type { Transcript } from '../../../preload/model.ts';
import { searchCount } from '../../../main/archive/search/count.ts';
import { matchingList } from '../../../main/archive/search/match-list.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { planQuery } from '../../../main/archive/search/plan.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { archiveReach, spillMinutes } from '../../../main/archive/store/rid.ts';
import { loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { corpus } from './corpus.ts';
import { answers } from './oracle.ts';
import { randomQuestion } from './questions.ts';
import { seededRandom } from './random.ts';
import { day, firstStart, testArchive } from './support.ts';

const queries = 6000;
const now = firstStart + 60 * day;
const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'];

describe('every query finds exactly what reading all transcripts finds', () => {
  const seed = Number(process.env['SEARCH_SEED'] ?? 20_260_115);
  const random = seededRandom(seed);
  const archive = testArchive(corpus(random, 300));
  const rids = archive.db.prepare<[], number>('SELECT rid FROM conversation ORDER BY start_ms, rid').pluck().all();
  const transcripts = new Map<number, Transcript>(rids.map((rid) => [rid, loadTranscript(archive.db, rid)]));

  test(
    `${queries} generated queries in all scripts agree with the oracle in members, order and total`,
    { timeout: 300_000 },
    () => {
      let withHits = 0;
      for (let index = 0; index < queries; index += 1) {
        const timeZone = random.pick(zones);
        const { question, text } = randomQuestion(random, timeZone);
        const wanted = rids.filter((rid) => answers(transcripts.get(rid) as Transcript, question));
        const found = [...matchingRids(archive.db, text, { sort: 'oldest', timeZone, now })];
        expect(found, `seed ${seed}, query ${index} in ${timeZone}: ${text}`).toEqual(wanted);
        const plan = planQuery(parseQuery(text), { timeZone, now }, spillMinutes(archive.db), archiveReach(archive.db));
        expect([...matchingList(archive.db, plan)], `list of ${text}`).toEqual(wanted.toSorted((a, b) => a - b));
        const { total } = searchCount(archive.db, { query: text, timeZone }, now);
        expect(total, `total of ${text}`).toBe(wanted.length);
        if (wanted.length > 0 && wanted.length < rids.length) withHits += 1;
      }
      // Queries that find all or nothing prove little: most must find some.
      expect(withHits).toBeGreaterThan(queries / 2);
    },
  );
});
