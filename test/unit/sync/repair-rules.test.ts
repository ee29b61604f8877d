import { expect, it } from 'vitest';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import { dialogEnd, neededRepairs, nextTry } from '../../../main/archive/sync/repair-rules.ts';
import { day, hour, minute, noon } from './times.ts';

function record(info: Record<string, unknown>, text = 'hello') {
  const original = Buffer.from(
    JSON.stringify({
      messageRecords: [{ messageData: { msg: { text } }, type: 'TEXT_PLAIN', messageId: 'a', seq: 0, timeL: noon }],
      info: { conversationId: 'm', startTimeL: noon - hour, ...info },
    }),
  );
  return { original, conversation: decodeRecord('messaging', original) };
}

it('a conversation is over when its survey is', () => {
  const closed = { status: 'CLOSE', endTimeL: noon };
  expect(dialogEnd(record({ ...closed, fullDialogStatus: 'CLOSE', fullDialogEndTimeL: noon + minute }))).toBe(
    noon + minute,
  );
  expect(dialogEnd(record({ ...closed, fullDialogStatus: 'OPEN', fullDialogEndTimeL: -1 }))).toBeNull();
  expect(dialogEnd(record(closed))).toBe(noon);
  expect(dialogEnd(record({ ...closed, fullDialogEndTimeL: String(noon + hour) }))).toBe(noon + hour);
  expect(dialogEnd(record({ status: 'OPEN', endTimeL: -1 }))).toBeNull();
});

it('a message that quotes the API does not decide about its conversation', () => {
  const quote = '{"fullDialogStatus":"OPEN","fullDialogEndTimeL":5}';
  expect(dialogEnd(record({ status: 'CLOSE', endTimeL: noon, fullDialogStatus: 'CLOSE' }, quote))).toBe(noon);
});

it('an incomplete conversation is asked for at once, a finished one after two hours and twenty minutes', () => {
  const needed = neededRepairs(
    'messaging',
    record({ status: 'CLOSE', endTimeL: noon, isPartial: true }),
    noon + minute,
  );
  expect(needed).toEqual([
    { kind: 'partial', dueMs: noon + minute },
    { kind: 'final', dueMs: noon + 140 * minute },
  ]);
});

it('tries are spread over two days, or daily over a week for messaging that stays incomplete', () => {
  const tries = (source: 'chat' | 'messaging') =>
    Array.from({ length: 9 }, (_, count) => nextTry(source, 'partial', count, 0)).filter((time) => time !== null);
  expect(tries('chat')).toEqual([0, 2 * hour, 8 * hour, 24 * hour, 48 * hour]);
  expect(tries('messaging')).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((days) => days * day));
});
