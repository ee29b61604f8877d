import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLosslessly } from '../../../main/archive/liveperson/json-text.ts';
import { readPage } from '../../../main/archive/liveperson/pages.ts';
import { chatRecord } from './loopback.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const text = (slice: Uint8Array) => Buffer.from(slice).toString('utf8');

const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON texts as services write them: any spacing, characters as they are or as escapes. */
const jsonText: fc.Arbitrary<string> = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 1, '\t'), fc.boolean())
  .map(([value, indent, escaped]) => {
    const json = JSON.stringify(value, null, indent);
    return escaped ? json.replace(/[^\0-\x7f]/g, escape) : json;
  });

describe('taking an answer apart', () => {
  it('cuts out each record byte for byte, whatever stands around and inside it', () => {
    fc.assert(
      fc.property(
        fc.array(jsonText, { maxLength: 6 }),
        jsonText,
        fc.constantFrom('', ' ', '\n', '\r\n\t '),
        fc.boolean(),
        (elements, other, blank, first) => {
          const list = `"interactionHistoryRecords"${blank}:${blank}[${blank}${elements.join(`${blank},${blank}`)}${blank}]`;
          const rest = `"_metadata":${blank}{"count":${String(elements.length)}},"other":${other}`;
          const body = bytes(`${blank}{${blank}${first ? `${list},${rest}` : `${rest},${list}`}${blank}}${blank}`);
          const page = readPage('chat', body);
          expect(page.records).toEqual([]);
          expect(page.unidentified.map(text)).toEqual(elements);
          for (const slice of page.unidentified) expect(slice.buffer).toBe(body.buffer);
        },
      ),
      { numRuns: 300, interruptAfterTimeLimit: 8000 },
    );
  });

  it('keeps lone surrogates, NULs and odd escapes in the original', () => {
    const record = '{"info":{"engagementId":"\\u0037","startTimeL":1.5e12},"x":"\\ud83d \\u0000 \\"]}\\\\","n":1.50}';
    const page = readPage('chat', bytes(`{"interactionHistoryRecords":[${record}],"_metadata":{"count":1}}`));
    expect(page.records.map(({ original }) => text(original))).toEqual([record]);
    expect(page.records[0]?.conversation).toMatchObject({ remoteId: '7', startedAt: 1_500_000_000_000 });
  });

  it('keeps all 19 digits of an id', () => {
    const record =
      '{"info":{"engagementId":9007199254740993123,"startTimeL":1772615740120,"agentId":9007199254740993}}';
    const [received] = readPage(
      'chat',
      bytes(`{"_metadata":{"count":1},"interactionHistoryRecords":[${record}]}`),
    ).records;
    expect(received?.conversation.remoteId).toBe('9007199254740993123');
    expect(received?.conversation.agents).toMatchObject([{ id: '9007199254740993' }]);
    expect(text(received?.original ?? new Uint8Array())).toBe(record);
  });

  it('survives nesting of a hundred thousand levels', () => {
    const deep = `${'['.repeat(100_000)}"needle"${']'.repeat(100_000)}`;
    const record = `{"info":{"engagementId":"1","startTimeL":1},"sdes":{"events":[{"odd":{"deep":${deep}}}]},"n":12345678901234567890}`;
    const page = readPage('chat', bytes(`{"_metadata":{"count":1},"interactionHistoryRecords":[${record}]}`));
    expect(page.records).toHaveLength(1);
    expect(page.records[0]?.original.byteLength).toBe(record.length);
    expect(page.records[0]?.conversation.attributes.at(-1)?.value).toBe('needle');
  });

  it('takes the last of two arrays of one name, as JSON.parse does', () => {
    const body = '{"interactionHistoryRecords":[1],"_metadata":{"count":1},"interactionHistoryRecords":[2,3]}';
    expect(readPage('chat', bytes(body)).unidentified.map(text)).toEqual(['2', '3']);
  });

  it('sets records aside that have no id or no start, and reads the others', () => {
    const records = [chatRecord('1'), { info: { engagementId: '2' } }, { info: { startTimeL: 5 } }, null, 'text'];
    const page = readPage(
      'chat',
      bytes(JSON.stringify({ _metadata: { count: 5 }, interactionHistoryRecords: records })),
    );
    expect(page.records.map(({ conversation }) => conversation.remoteId)).toEqual(['1']);
    expect(page.unidentified.map(text)).toEqual(records.slice(1).map((record) => JSON.stringify(record)));
  });

  it('reads a byte order mark and metadata under its other name', () => {
    const body = `\ufeff{"metadata":{"count":"7","shardsStatusResult":{"partialResult":true}},"conversationHistoryRecords":[]}`;
    expect(readPage('messaging', bytes(body))).toMatchObject({ count: 7, partial: true, counted: true, listed: true });
  });

  it.each(['', '[]', 'null', '"text"', '{"_metadata":{"count":1},"interactionHistoryRecords":[', '{} {}'])(
    'calls %j no page',
    (body) => {
      expect(() => readPage('chat', bytes(body))).toThrow(expect.objectContaining({ code: 'source-changed' }) as Error);
    },
  );
});

describe('numbers', () => {
  it('lose no digit: what a double cannot hold arrives as text', () => {
    expect(
      parseLosslessly('[9007199254740993, 9007199254740991, -12345678901234567890, 1e400, 0.1234567890123456789]'),
    ).toEqual(['9007199254740993', 9_007_199_254_740_991, '-12345678901234567890', Infinity, '0.1234567890123456789']);
  });

  it('inside strings are left alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, around) => {
        const json = JSON.stringify([value, `${around}"12345678901234567890\\`, 1]);
        const parsed = parseLosslessly(`[${json},12345678901234567890]`) as [unknown, unknown];
        const expected = JSON.parse(json, (_key, item: unknown) => item) as unknown;
        expect(JSON.stringify(parsed[0]).replaceAll(/"(-?\d[\d.]{15,}(?:e[+-]?\d+)?)"/gu, '$1')).toBe(
          JSON.stringify(expected).replaceAll(/"(-?\d[\d.]{15,}(?:e[+-]?\d+)?)"/gu, '$1'),
        );
        expect(parsed[1]).toBe('12345678901234567890');
      }),
      { numRuns: 200, interruptAfterTimeLimit: 5000 },
    );
  });

  it('do not make invalid JSON valid', () => {
    expect(() => parseLosslessly('[00000000000000001]')).toThrow(SyntaxError);
    expect(() => parseLosslessly('{12345678901234567890:1}')).toThrow(SyntaxError);
  });
});
