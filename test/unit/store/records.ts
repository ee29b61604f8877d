import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import type { ReceivedRecord } from '../../../main/archive/liveperson/decoded.ts';
import type { Source } from '../../../preload/model.ts';

export const minute = 60_000;
export const march = Date.UTC(2026, 2, 4, 9, 15);

export interface ChatFacts {
  id?: string;
  startedAt?: number;
  texts?: readonly string[];
  partial?: boolean;
  enriched?: boolean;
  agent?: string;
  /** JSON text put into the record as it is: numbers and escapes that JSON.stringify would not write. */
  rawExtra?: string;
}

/** The exact JSON text of one chat record, as the Engagement History API would send it. */
export function chatText(facts: ChatFacts = {}): string {
  const start = facts.startedAt ?? march;
  const info = {
    engagementId: facts.id ?? 'c1',
    startTimeL: start,
    endTimeL: start + 5 * minute,
    duration: 300,
    isPartial: facts.partial ?? false,
    chatDataEnriched: facts.enriched ?? true,
    agentId: '900100',
    agentFullName: facts.agent ?? 'Tomas Brandt',
    skillName: 'Card disputes',
    skillId: 4011,
  };
  const lines = (facts.texts ?? ['My card was charged twice']).map((text, position) => ({
    timeL: start + position * 1000,
    lineSeq: String(position),
    text,
    by: position % 2 === 0 ? 'Clara' : 'Tomas',
    source: position % 2 === 0 ? 'visitor' : 'agent',
    textType: 'plain',
  }));
  const extra = facts.rawExtra === undefined ? '' : `,"extra":${facts.rawExtra}`;
  return `{"info":${JSON.stringify(info)},"transcript":${JSON.stringify({ lines })}${extra}}`;
}

export interface MessagingFacts {
  id?: string;
  startedAt?: number;
  texts?: readonly string[];
  open?: boolean;
  partial?: boolean;
  summary?: string;
}

/** The exact JSON text of one messaging record, as the Messaging Interactions API would send it. */
export function messagingText(facts: MessagingFacts = {}): string {
  const start = facts.startedAt ?? march;
  const open = facts.open ?? false;
  return JSON.stringify({
    info: {
      conversationId: facts.id ?? 'm1',
      status: open ? 'OPEN' : 'CLOSE',
      startTimeL: start,
      endTimeL: open ? -1 : start + 20 * minute,
      isPartial: facts.partial ?? false,
    },
    messageRecords: (facts.texts ?? ['Hello, a copy of my contract']).map((text, position) => ({
      type: 'TEXT_PLAIN',
      messageData: { msg: { text } },
      messageId: `ms::${position}`,
      seq: position,
      sentBy: position % 2 === 0 ? 'Consumer' : 'Agent',
      audience: 'ALL',
      timeL: start + position * 1000,
    })),
    ...(facts.summary === undefined ? {} : { summary: { text: facts.summary } }),
  });
}

export function received(source: Source, text: string): ReceivedRecord {
  const original = Buffer.from(text, 'utf8');
  return { original, conversation: decodeRecord(source, original) };
}
