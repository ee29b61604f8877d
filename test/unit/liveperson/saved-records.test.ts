import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadBytes } from '../../../main/archive/liveperson/json-window.ts';
import { savedRecords, type SavedLimits } from '../../../main/archive/liveperson/saved-records.ts';
import { chatRecord, messagingRecord } from './loopback.ts';

const text = (slice: Uint8Array) => Buffer.from(slice).toString('utf8');

/** Reads from a text, never more than so many bytes at a time. */
function reading(content: string, most = Infinity): ReadBytes {
  const bytes = Buffer.from(content, 'utf8');
  return (position, length) => bytes.subarray(position, position + Math.min(length, most));
}

const readAll = (content: string, most?: number, limits?: SavedLimits) => [
  ...savedRecords(reading(content, most), limits),
];

const summary = (content: string) =>
  readAll(content).map(({ source, original, position, problem }) => [
    source,
    text(original),
    position,
    problem === null,
  ]);

describe('records saved to a file', () => {
  const chat = JSON.stringify(chatRecord('1'));
  const messaging = JSON.stringify(messagingRecord('m'));

  it('are found in a response page of either source', () => {
    expect(summary(`{"_metadata":{"count":1},"interactionHistoryRecords":[ ${chat} ]}`)).toEqual([
      ['chat', chat, 1, true],
    ]);
    expect(summary(`{"conversationHistoryRecords":[${messaging},${chat}]}`)).toEqual([
      ['messaging', messaging, 1, true],
      ['chat', chat, 2, true],
    ]);
  });

  it('are found in an array of records or of pages, and alone', () => {
    expect(summary(`[${chat},\n ${messaging}]`)).toEqual([
      ['chat', chat, 1, true],
      ['messaging', messaging, 2, true],
    ]);
    expect(
      summary(`[{"interactionHistoryRecords":[${chat},${chat}]},${messaging}]`).map((record) => record[2]),
    ).toEqual([1, 2, 3]);
    expect(summary(`\ufeff ${chat}\n`)).toEqual([['chat', chat, 1, true]]);
    const spaced = JSON.stringify(chatRecord('1'), null, 2);
    expect(summary(spaced)).toEqual([['chat', spaced, 1, true]]);
  });

  it('are read line by line, with the number of each bad line', () => {
    expect(summary(`${chat}\r\n\n{"broken":\n{"info":{}}\n${messaging}`)).toEqual([
      ['chat', chat, 1, true],
      [null, '', 3, false],
      [null, '{"info":{}}', 4, false],
      ['messaging', messaging, 5, true],
    ]);
  });

  it('are one problem in a file that is no JSON at all', () => {
    expect(readAll('a,b\n1,2\n3,4\n')).toMatchObject([{ source: null, position: 1 }]);
    expect(readAll('')).toEqual([]);
  });

  it('are each told apart from a bad one beside them', () => {
    expect(summary(`[${chat},{"info":{,}},${messaging}]`)).toEqual([
      ['chat', chat, 1, true],
      [null, '', 2, false],
      ['messaging', messaging, 3, true],
    ]);
    expect(summary(`[${chat},{"info":{}},7,${messaging}]`).map((record) => record[3])).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('are read up to where a document is damaged, and the rest is named', () => {
    const read = readAll(`[${chat},{"a":1]}`);
    expect(read.map(({ source, position }) => [source, position])).toEqual([
      ['chat', 1],
      [null, 2],
      [null, 3],
    ]);
    expect(read[2]?.problem).toContain('damaged');
  });

  it('are read up to where an array was cut off', () => {
    const places = (content: string, limits?: SavedLimits) =>
      readAll(content, 50, limits).map(({ source, position }) => [source, position]);
    const expected = [
      ['chat', 1],
      ['messaging', 2],
      [null, 3],
    ];
    expect(places(`[${chat},${messaging},${chat.slice(0, -5)}`)).toEqual(expected);
    expect(places(`[${chat},${messaging}`)).toEqual(expected);
    const page = `[{"interactionHistoryRecords":[${chat},${messaging},{"in`;
    expect(places(page, { recordBytes: 2000, pageBytes: 40 })).toEqual(expected);
  });

  it('are refused when they are larger than any record, and only those', () => {
    const limits = { recordBytes: 2000, pageBytes: 1000 };
    const long = JSON.stringify({ ...chatRecord('2'), padding: 'x'.repeat(3000) });
    const longer = JSON.stringify({ ...chatRecord('3'), padding: 'x'.repeat(1100) });
    const sourcesOf = (content: string) =>
      readAll(content, 100, limits).map(({ source, position }) => [source, position]);
    const expected = [
      ['chat', 1],
      [null, 2],
      ['chat', 3],
      ['messaging', 4],
    ];
    const list = [chat, long, longer, messaging];
    expect(sourcesOf(`[${list.join(', ')}]`)).toEqual(expected);
    expect(sourcesOf(list.join('\n'))).toEqual(expected);
    expect(sourcesOf(`{"_metadata":{"list":[1]},"interactionHistoryRecords":[${list.join(',\n')}],"end":{}}`)).toEqual(
      expected,
    );
    expect(sourcesOf(`[{"x":1,"interactionHistoryRecords":[${list.join()}]},${chat}]`)).toEqual([
      ...expected,
      ['chat', 5],
    ]);
    expect(sourcesOf(long)).toEqual([[null, 1]]);
    expect(sourcesOf(longer)).toEqual([['chat', 1]]);
  });

  it('are the same however the file is cut into pieces', () => {
    const record = fc.constantFrom(
      chat,
      messaging,
      '{"info":{"engagementId":"ü\\"]\\\\"}}',
      '{}',
      '"a]"',
      '12',
      'null',
    );
    const list = fc.array(record, { minLength: 1, maxLength: 5 });
    const document = fc.oneof(
      list.map((records) => `[${records.join(' ,')}]`),
      list.map((records) => records.join('\r\n')),
      list.map(
        (records) => `{"conversationHistoryRecords" : [${records.join()}], "interactionHistoryRecords":[${chat}]}`,
      ),
      list.map((records) => `${records.join()} and more`),
    );
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 50 }), (content, most) => {
        const limits = { recordBytes: 1e6, pageBytes: 40 };
        expect(readAll(content, most, limits)).toEqual(readAll(content, undefined, limits));
        const places = ({ source, position, problem, original }: (typeof whole)[number]) =>
          [source, position, problem === null, text(original)] as const;
        const whole = readAll(content);
        expect(readAll(content, most, limits).map(places)).toEqual(whole.map(places));
      }),
      { numRuns: 500, interruptAfterTimeLimit: 5000 },
    );
  });
});
