import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../preload/errors.ts';
import { explainQuery } from '../../../main/archive/search/explain.ts';
import { fields } from '../../../main/archive/search/fields.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';

function explain(query: string): string {
  return explainQuery(parseQuery(query));
}

function refusal(query: string): { position: unknown; expected: unknown; message: string } {
  try {
    parseQuery(query);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'invalid-input') throw error;
    return { position: error.details?.['position'], expected: error.details?.['expected'], message: error.message };
  }
  throw new Error(`${query} was accepted`);
}

describe('reading a query', () => {
  test.each([
    ['', 'every conversation'],
    ['   ', 'every conversation'],
    ['refund order', '“refund” and “order”'],
    ['refund AND order', '“refund” and “order”'],
    ['a OR b c', '“a” or (“b” and “c”)'],
    ['(a OR b) c', '(“a” or “b”) and “c”'],
    ['or and not near', '“or” and “and” and “not” and “near”'],
    ['-a NOT b', 'not “a” and not “b”'],
    ['--a', '“a”'],
    ['a - b', '“a” and “b”'],
    ['a & !!! b', '“a” and “b”'],
    ['"money back"', 'the phrase “money back”'],
    ['“money back”', 'the phrase “money back”'],
    ['"two words"*', 'a phrase that begins with “two words”'],
    ['ref*', 'a word that begins with “ref”'],
    ['a NEAR/5 b', '“a” within 5 words of “b” in one message'],
    ['a NEAR b', '“a” within 10 words of “b” in one message'],
    ['said:agent refund order', '“refund” said by an agent and “order”'],
    ['said:agent(refund OR "money back")', '“refund” said by an agent or the phrase “money back” said by an agent'],
    ['said:agent,bot hello', '“hello” said by an agent or a bot'],
    ['-said:customer x', 'not “x” said by the customer'],
    ['agent:"Tomas Brandt",Lee*', 'agent “Tomas Brandt” or beginning with “Lee”'],
    ['AGENT:tom', 'agent “tom”'],
    ['skill:Sales(EU)', 'skill “Sales(EU)”'],
    ['(skill:Sales)', 'skill “Sales”'],
    ['agent:*', 'with any agent'],
    ['csat:<=2', 'CSAT at most 2'],
    ['csat:≤2', 'CSAT at most 2'],
    ['csat:1..3,5', 'CSAT from 1 to 3 or CSAT exactly 5'],
    ['nps:-5..0', 'NPS from -5 to 0'],
    ['duration:90s..1h', 'duration from 90 s to 1 h'],
    ['duration:>10m', 'duration above 10 min'],
    ['from:2026-01 to:-30d', 'started on or after 2026-01 and started on or before -30d'],
    ['has:file,note', 'with a file or a private note'],
    ['is:open', 'that is still open'],
    ['tag:urgent case:"Case 7"', 'tag “urgent” and case “Case 7”'],
    ['hold:Smith is:starred', 'legal hold “Smith” and that is starred'],
    ['reviewed:relevant reviewer:ana', 'that is reviewed as relevant and reviewed by “ana”'],
    ['note:"money back*"', "a reviewer's note with the word “money” and a reviewer's note with the word “back”"],
    ['https://x.example 10:30', '“https://x.example” and “10:30”'],
    ['unknown:thing', '“unknown:thing”'],
    ['weekday:sat..sun', 'started on a Saturday or Sunday'],
    ['hour:22..1', 'started in the hour from 0:00 or 1:00 or 22:00 or 23:00'],
    ['waiting:>2m', 'wait for an answer above 2 min'],
  ])('%s', (query, words) => {
    expect(explain(query)).toBe(words);
  });

  test('every filter of the language has a name in words', () => {
    for (const { name, kind, choices } of fields) {
      const value = {
        value: 'x',
        words: 'x',
        number: '4',
        duration: '10m',
        date: '2026-03-04',
        clock: name === 'hour' ? '9' : 'mon',
        choice: Object.keys(choices ?? {})[0],
      }[kind];
      expect(explain(`${name}:${value}`).length, name).toBeGreaterThan(3);
    }
  });
});

describe('refusing a query', () => {
  test.each([
    ['"lone', 0, 'a closing quote (")'],
    ['a "lone', 2, 'a closing quote (")'],
    ['agent:"lone', 6, 'a closing quote (")'],
    ['(a', 0, 'a closing parenthesis'],
    ['a (b (c)', 2, 'a closing parenthesis'],
    ['a)', 1, 'an opening parenthesis before it'],
    ['()', 0, 'a word, a phrase or a filter between them'],
    ['OR a', 0, 'a word, a phrase or a filter before OR'],
    ['a OR', 2, 'a word, a phrase or a filter after OR'],
    ['a AND OR b', 6, 'a word, a phrase or a filter between them'],
    ['NOT', 3, 'a word, a phrase or an opening parenthesis'],
    ['NEAR/3 a', 0, 'a word or a quoted phrase on both sides of NEAR'],
    ['a NEAR/3', 2, 'a word or a quoted phrase on both sides of NEAR'],
    ['a NEAR/3 (b)', 2, 'a word or a quoted phrase on both sides of NEAR'],
    ['said:nobody x', 5, 'one of customer, agent, bot, system, other'],
    ['agent: tom', 6, 'a value right after agent:'],
    ['agent:a, b', 8, 'a value right after agent:'],
    ['csat:good', 5, 'one like 4, <=2, >10 or 1..3'],
    ['csat:1..x', 5, 'one like 4, <=2, >10 or 1..3'],
    ['csat:..', 5, 'one like 4, <=2, >10 or 1..3'],
    ['duration:long', 9, 'one like 90s, <=10m, >1h or 5m..1h'],
    ['has:nothing', 4, 'one of note, file, link, form, rich, survey, cobrowse, transfer, erased, hold, annotation'],
    ['!!!', 0, 'a word, a number or a filter'],
  ])('%s', (query, position, expected) => {
    expect(refusal(query)).toMatchObject({ position, expected });
  });

  test.each(['2026-13', '2026-02-30', 'soon', '-5x', '04.03.2026'])('from:%s is no date', (date) => {
    expect(refusal(`from:${date}`)).toMatchObject({ position: 5, expected: expect.stringContaining('2026-03-04') });
  });

  test('the sentence counts characters as people do, from 1', () => {
    expect(refusal('a)').message).toBe('A parenthesis is closed that was never opened at character 2 of the query.');
  });
});
