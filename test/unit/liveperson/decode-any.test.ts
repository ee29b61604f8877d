import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcriptSchema } from '../../../preload/model.ts';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import { chat, decode, start } from './decoding.ts';

describe('records of any kind', () => {
  it('without id or start are refused', () => {
    for (const record of [{}, { info: null }, { info: { engagementId: '1' } }, { info: { startTimeL: 5 } }, [], 'x']) {
      expect(() => decode('chat', record)).toThrow(expect.objectContaining({ code: 'source-changed' }) as Error);
    }
    expect(() => decodeRecord('chat', Buffer.from('{'))).toThrow(
      expect.objectContaining({ code: 'source-changed' }) as Error,
    );
  });

  const keys = [
    'transcript',
    'lines',
    'surveys',
    'preChat',
    'postChat',
    'sdes',
    'events',
    'campaign',
    'visitorInfo',
    'messageRecords',
    'messageData',
    'agentParticipants',
    'consumerParticipants',
    'transfers',
    'dialogs',
    'interactions',
    'conversationSurveys',
    'surveyData',
    'summary',
    'monitoring',
    'coBrowseSessions',
    'timeL',
    'seq',
    'lineSeq',
    'text',
    'json',
    'textType',
    'source',
    'msg',
    'file',
    'richContent',
    'content',
    'dialogId',
    'participantId',
    'agentId',
    'customerInfo',
    'values',
    'answer',
  ];
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, -1, 'undefined', 'NA', '1', 'html', 'agent'),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 6 }),
    ),
  }));
  const part = fc.dictionary(fc.constantFrom(...keys), tree, { maxKeys: 8 });

  it('are decoded into what the contract allows, however odd they are', () => {
    const shape = transcriptSchema.pick({
      source: true,
      startedAt: true,
      endedAt: true,
      durationMs: true,
      agents: true,
      skills: true,
      customer: true,
      csat: true,
      nps: true,
      mcs: true,
      status: true,
      messages: true,
      surveys: true,
      attributes: true,
      transfers: true,
      summary: true,
      details: true,
    });
    fc.assert(
      fc.property(fc.constantFrom('chat', 'messaging'), part, part, (source, info, rest) => {
        const record = { ...rest, info: { ...info, engagementId: '1', conversationId: '1', startTimeL: start } };
        const decoded = decode(source, record);
        const { remoteId, flags, filters, features, bot, settledAt, waitingMs, ...transcript } = decoded;
        expect(shape.parse(transcript)).toEqual(transcript);
        expect([remoteId, typeof bot, Array.isArray(flags), Array.isArray(features)]).toEqual([
          '1',
          'boolean',
          true,
          true,
        ]);
        for (const values of Object.values(filters)) for (const { value } of values) expect(value).not.toBe('');
        expect(waitingMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(settledAt === undefined).toBe(source === 'chat');
        expect(transcript.messages.map(({ index }) => index)).toEqual(
          transcript.messages.map((_message, index) => index),
        );
      }),
      { numRuns: 500, interruptAfterTimeLimit: 10_000 },
    );
  });

  it('keep each line, once, and in order of time where all have one', () => {
    const line = fc.record(
      {
        timeL: fc.integer({ min: 0, max: 20 }),
        lineSeq: fc.option(fc.integer({ min: 0, max: 9 }).map(String)),
        text: fc.uuid(),
      },
      { requiredKeys: ['timeL', 'text'] },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { messages } = chat({}, { transcript: { lines } });
        expect(messages.map(({ text }) => text).toSorted()).toEqual(lines.map(({ text }) => text).toSorted());
        const times = messages.map(({ time }) => time ?? 0);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 200, interruptAfterTimeLimit: 5000 },
    );
  });
});
