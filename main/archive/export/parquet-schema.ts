import { isoTime } from '../../../preload/public-json.ts';
import type { Transcript } from '../../../preload/model.ts';
import { remoteIdOf } from './tables.ts';

/** The lake's columns. Names and types stay; later versions only add columns at the end (docs/lake.md). */
type Kind = 'text' | 'time' | 'count' | 'score' | 'truth' | 'texts';
export interface Column {
  name: string;
  kind: Kind;
  required?: true;
}

export type Value = string | number | bigint | boolean | Date | string[] | null | undefined;

const text = (name: string): Column => ({ name, kind: 'text' });
const required = (name: string, kind: Kind = 'text'): Column => ({ name, kind, required: true });

export const lakeColumns = {
  conversations: [
    required('id'),
    required('source'),
    required('account_id'),
    required('remote_id'),
    required('started_at', 'time'),
    { name: 'ended_at', kind: 'time' },
    { name: 'duration_ms', kind: 'count' },
    required('status'),
    required('agents', 'texts'),
    required('agent_ids', 'texts'),
    required('skills', 'texts'),
    required('skill_ids', 'texts'),
    text('customer_name'),
    text('customer_id'),
    text('customer_email'),
    text('customer_phone'),
    { name: 'csat', kind: 'score' },
    { name: 'nps', kind: 'score' },
    { name: 'mcs', kind: 'score' },
    required('message_count', 'count'),
    text('summary'),
    required('flags', 'texts'),
    required('version', 'count'),
    { name: 'received_at', kind: 'time' },
    text('sha256'),
    required('surveys_json'),
    required('attributes_json'),
    required('transfers_json'),
    required('details_json'),
    required('original_json'),
  ],
  messages: [
    required('conversation_id'),
    required('index', 'count'),
    required('message_id'),
    { name: 'time', kind: 'time' },
    required('role'),
    required('speaker'),
    required('kind'),
    required('private', 'truth'),
    required('text'),
  ],
} as const satisfies Record<string, readonly Column[]>;
export type LakeTable = keyof typeof lakeColumns;

const time = (ms: number | null) => (ms === null || Number.isNaN(new Date(ms).getTime()) ? null : new Date(ms));
const count = (value: number | null) => (value === null ? null : BigInt(Math.round(value)));

/** The rows of one conversation, values in the order of the columns. */
export function lakeRows(transcript: Transcript, original: Buffer): Record<LakeTable, Value[][]> {
  const { customer } = transcript;
  const version = transcript.versions.find((entry) => entry.version === transcript.version);
  const timed = (items: readonly { time: number | null }[]) =>
    JSON.stringify(items.map((item) => ({ ...item, time: isoTime(item.time) })));
  return {
    conversations: [
      [
        transcript.id,
        transcript.source,
        transcript.accountId,
        remoteIdOf(transcript),
        time(transcript.startedAt) ?? new Date(0),
        time(transcript.endedAt),
        count(transcript.durationMs),
        transcript.status,
        transcript.agents.map(({ name }) => name),
        transcript.agents.map(({ id }) => id),
        transcript.skills.map(({ name }) => name),
        transcript.skills.map(({ id }) => id),
        customer.name,
        customer.id,
        customer.email,
        customer.phone,
        transcript.csat,
        transcript.nps,
        transcript.mcs,
        count(transcript.messageCount),
        transcript.summary,
        [...transcript.flags],
        count(transcript.version),
        version === undefined ? null : time(version.receivedAt),
        version?.sha256 ?? null,
        timed(transcript.surveys),
        timed(transcript.attributes),
        timed(transcript.transfers),
        JSON.stringify(transcript.details),
        original.toString('utf8'),
      ],
    ],
    messages: transcript.messages.map((message) => [
      transcript.id,
      count(message.index),
      message.id,
      time(message.time),
      message.role,
      message.speaker,
      message.kind,
      message.private,
      message.text,
    ]),
  };
}
