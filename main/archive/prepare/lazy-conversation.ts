import type { DecodedConversation } from '../liveperson/decoded.ts';
import { decodeRecord } from '../liveperson/decode.ts';

/** The facts of a conversation that every received record is asked for. */
export const headFields = [
  'source',
  'remoteId',
  'startedAt',
  'endedAt',
  'durationMs',
  'waitingMs',
  'status',
  'csat',
  'nps',
  'mcs',
  'flags',
  'bot',
] as const;
export type ConversationHead = Pick<DecodedConversation, (typeof headFields)[number]> & {
  settledAt?: number | null | undefined;
};

export function headOf(conversation: DecodedConversation): ConversationHead {
  const { source, remoteId, startedAt, endedAt, durationMs, waitingMs, status, csat, nps, mcs, flags, bot } =
    conversation;
  const { settledAt } = conversation;
  return { source, remoteId, startedAt, endedAt, durationMs, waitingMs, status, csat, nps, mcs, flags, bot, settledAt };
}

/**
 * A conversation that was decoded in another thread: its head came along, everything else is read from the original
 * by whoever asks. Of new conversations hardly anyone does, so copying it all between threads would be for nothing.
 */
export class LazyConversation implements DecodedConversation {
  readonly source: DecodedConversation['source'];
  readonly remoteId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly durationMs: number | null;
  readonly waitingMs: number | null;
  readonly status: DecodedConversation['status'];
  readonly csat: number | null;
  readonly nps: number | null;
  readonly mcs: number | null;
  readonly flags: DecodedConversation['flags'];
  readonly bot: boolean;
  declare readonly settledAt?: number | null;
  readonly #original: Uint8Array;
  #whole: DecodedConversation | null = null;

  constructor(head: ConversationHead, original: Uint8Array) {
    this.source = head.source;
    this.remoteId = head.remoteId;
    this.startedAt = head.startedAt;
    this.endedAt = head.endedAt;
    this.durationMs = head.durationMs;
    this.waitingMs = head.waitingMs;
    this.status = head.status;
    this.csat = head.csat;
    this.nps = head.nps;
    this.mcs = head.mcs;
    this.flags = head.flags;
    this.bot = head.bot;
    if (head.settledAt !== undefined) this.settledAt = head.settledAt;
    this.#original = original;
  }

  /** The conversation as a plain value, to be spread or compared. */
  get whole(): DecodedConversation {
    this.#whole ??= decodeRecord(this.source, this.#original);
    return this.#whole;
  }

  get agents() {
    return this.whole.agents;
  }
  get skills() {
    return this.whole.skills;
  }
  get customer() {
    return this.whole.customer;
  }
  get messages() {
    return this.whole.messages;
  }
  get surveys() {
    return this.whole.surveys;
  }
  get attributes() {
    return this.whole.attributes;
  }
  get transfers() {
    return this.whole.transfers;
  }
  get summary() {
    return this.whole.summary;
  }
  get details() {
    return this.whole.details;
  }
  get filters() {
    return this.whole.filters;
  }
  get features() {
    return this.whole.features;
  }
}

/** The conversation as a plain value, whichever way it came. */
export function wholeConversation(conversation: DecodedConversation): DecodedConversation {
  return conversation instanceof LazyConversation ? conversation.whole : conversation;
}
