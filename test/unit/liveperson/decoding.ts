import type { DecodedConversation } from '../../../main/archive/liveperson/decoded.ts';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';

export const start = 1_772_615_740_120;

export function decode(source: 'chat' | 'messaging', record: unknown): DecodedConversation {
  return decodeRecord(source, Buffer.from(JSON.stringify(record)));
}

/** A decoded chat with these fields of `info` and these other parts. */
export function chat(info: object = {}, rest: object = {}): DecodedConversation {
  return decode('chat', { info: { engagementId: '99501', accountId: '99', startTimeL: start, ...info }, ...rest });
}

/** A decoded messaging conversation with these fields of `info` and these other parts. */
export function messaging(info: object = {}, rest: object = {}): DecodedConversation {
  return decode('messaging', { info: { conversationId: 'c1', startTimeL: start, ...info }, ...rest });
}
