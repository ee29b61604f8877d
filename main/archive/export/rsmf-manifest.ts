import type { Message, Transcript } from '../../../preload/model.ts';
import { isAddress } from './mime.ts';
import type { Structured } from './structured-content.ts';
import { roleNames, speakerOf } from './transcript-text.ts';

/** RSMF 2.0: the parts of rsmf_manifest.json that we write. All ids are strings; nothing empty is written. */
interface Custom {
  name: string;
  value: string;
}
interface Participant {
  id: string;
  display: string;
  email?: string;
  account_id?: string;
  custom?: Custom[];
}
interface Conversation {
  id: string;
  platform: string;
  participants: string[];
  display: string;
  type: 'direct' | 'channel';
  custodian: string;
  custom?: Custom[];
}
interface Attachment {
  id: string;
  display: string;
  size: number;
}
export interface RsmfEvent {
  type: 'message' | 'disclaimer' | 'join' | 'leave';
  conversation: string;
  participant?: string;
  timestamp: string;
  id: string;
  body?: string;
  direction?: 'incoming' | 'outgoing';
  attachments?: Attachment[];
  custom?: Custom[];
}
export interface RsmfManifest {
  version: '2.0.0';
  participants: Participant[];
  conversations: Conversation[];
  events: RsmfEvent[];
  eventcollectionid: string;
}

/** An event with the moment that it is sorted by, and the files that it brings. */
export interface TimedEvent {
  time: number;
  event: RsmfEvent;
  files: { name: string; content: Buffer }[];
}

/** Name and value pairs without the empty ones, which the schema refuses. */
function customs(pairs: readonly (readonly [string, string | number | null | undefined])[]): { custom?: Custom[] } {
  const custom = pairs.flatMap(([name, value]) => {
    const text = value === null || value === undefined ? '' : String(value);
    return name === '' || text === '' ? [] : [{ name, value: text }];
  });
  return custom.length === 0 ? {} : { custom };
}

/** Who takes part: the customer, the agents of the record, and anyone else who speaks. */
export class Participants {
  readonly list: Participant[] = [];
  readonly #byName = new Map<string, Participant>();
  readonly custodian: Participant;

  constructor(transcript: Transcript) {
    const { customer } = transcript;
    const display = customer.name ?? customer.id ?? roleNames.customer;
    const email = isAddress(customer.email) ? { email: customer.email } : {};
    const first = this.#add('customer', {
      display,
      ...email,
      ...(customer.id === null || customer.id === '' ? {} : { account_id: customer.id }),
      ...customs([
        ['role', 'customer'],
        ['phone', customer.phone],
        ['email', isAddress(customer.email) ? null : customer.email],
      ]),
    });
    for (const agent of transcript.agents) {
      this.#add(`agent ${agent.name}`, {
        display: agent.name === '' ? agent.id : agent.name,
        ...(isAddress(agent.login) ? { email: agent.login } : {}),
        ...(agent.id === '' ? {} : { account_id: agent.id }),
        ...customs([
          ['role', 'agent'],
          ['login', agent.login],
          ['group', agent.group],
        ]),
      });
    }
    // The side that the organisation keeps: its first agent, or the customer where no agent took part.
    this.custodian = this.list[1] ?? first;
  }

  #add(name: string, participant: Omit<Participant, 'id'>): Participant {
    const added = { id: `P${this.list.length + 1}`, ...participant };
    this.list.push(added);
    if (!this.#byName.has(name)) this.#byName.set(name, added);
    return added;
  }

  agent(name: string): Participant | undefined {
    return this.#byName.get(`agent ${name}`);
  }

  of(message: Message): Participant {
    if (message.role === 'customer') return this.list[0] ?? this.custodian;
    const agent = this.agent(message.speaker);
    if (agent !== undefined && message.role !== 'other') return agent;
    const name = `${message.role} ${message.speaker}`;
    return (
      this.#byName.get(name) ?? this.#add(name, { display: speakerOf(message), ...customs([['role', message.role]]) })
    );
  }
}

const conversationKey = 'C1';

/** All events of a transcript in the order of their times. */
export function timedEvents(
  transcript: Transcript,
  participants: Participants,
  structured: (message: Message) => Structured | null,
): TimedEvent[] {
  const events: TimedEvent[] = [];
  const ids = new Set<string>();
  let time = transcript.startedAt;
  for (const message of transcript.messages) {
    // A line without a time is as late as the one before it.
    time = message.time ?? time;
    const content = structured(message);
    const file = content === null ? null : { name: `event-${message.index}.json`, content: content.json };
    events.push({
      time,
      event: {
        ...messageEvent(message, participants),
        timestamp: timestamp(time),
        id: unique(ids, message.id === '' ? String(message.index) : message.id),
        ...(file === null ? {} : { attachments: [{ id: file.name, display: file.name, size: file.content.length }] }),
      },
      files: file === null ? [] : [file],
    });
  }
  for (const [index, transfer] of transcript.transfers.entries()) {
    const at = transfer.time ?? time;
    for (const [type, name] of [
      ['leave', transfer.from],
      ['join', transfer.to],
    ] as const) {
      const participant = participants.agent(name);
      if (participant === undefined) continue;
      const event: RsmfEvent = {
        type,
        conversation: conversationKey,
        participant: participant.id,
        timestamp: timestamp(at),
        id: unique(ids, `${type}-${index}`),
        ...customs([['reason', transfer.reason]]),
      };
      events.push({ time: at, event, files: [] });
    }
  }
  return events.sort((one, other) => one.time - other.time);
}

function messageEvent(message: Message, participants: Participants): Omit<RsmfEvent, 'timestamp' | 'id'> {
  if (message.role === 'system') return { type: 'disclaimer', conversation: conversationKey, body: message.text };
  const participant = participants.of(message);
  return {
    type: 'message',
    conversation: conversationKey,
    participant: participant.id,
    body: message.text,
    direction: participant.id === participants.custodian.id ? 'outgoing' : 'incoming',
    ...customs([
      ['audience', message.private ? 'agents' : null],
      ['kind', message.kind === 'text' ? null : message.kind],
    ]),
  };
}

function unique(taken: Set<string>, id: string): string {
  let name = id;
  for (let count = 2; taken.has(name); count += 1) name = `${id}-${count}`;
  taken.add(name);
  return name;
}

export function timestamp(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** The manifest of one slice. Everyone is listed in each slice, so that no event names a stranger. */
export function manifestOf(
  transcript: Transcript,
  participants: Participants,
  events: readonly TimedEvent[],
): RsmfManifest {
  return {
    version: '2.0.0',
    participants: participants.list,
    conversations: [
      {
        id: conversationKey,
        platform: `LivePerson ${transcript.source}`,
        participants: participants.list.map(({ id }) => id),
        display: participants.list.map(({ display }) => display).join(', '),
        type: transcript.transfers.length > 0 ? 'channel' : 'direct',
        custodian: participants.custodian.id,
        ...customs([
          ['id', transcript.id],
          ['status', transcript.status],
          ['skills', transcript.skills.map(({ name }) => name).join(', ')],
          ['csat', transcript.csat],
          ['nps', transcript.nps],
          ['mcs', transcript.mcs],
          ['flags', transcript.flags.join(', ')],
          ['summary', transcript.summary],
          ...transcript.details.map(({ name, value }): [string, string] => [name, value]),
          ...transcript.surveys.map(({ survey, question, answer }): [string, string] => [
            `survey ${survey}: ${question}`,
            answer,
          ]),
          ...transcript.attributes.map(({ type, name, value }): [string, string] => [`${type}.${name}`, value]),
        ]),
      },
    ],
    events: events.map(({ event }) => event),
    eventcollectionid: transcript.id,
  };
}
