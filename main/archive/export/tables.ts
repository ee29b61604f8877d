import { isoTime } from '../../../preload/public-json.ts';
import type { Transcript } from '../../../preload/model.ts';

export type Cell = string | number | null;

/** Columns of each table, in the order in which csv and xlsx have them (docs/formats.md). */
const columns = {
  conversations: [
    'id source account_id remote_id started_at_utc started_at_local ended_at_utc ended_at_local duration_ms status',
    'agents agent_ids skills skill_ids customer_name customer_id customer_email customer_phone csat nps mcs',
    'message_count summary flags version received_at_utc sha256',
  ],
  messages: ['conversation_id index message_id time_utc time_local role speaker kind private text'],
  surveys: ['conversation_id survey question answer time_utc time_local'],
  attributes: ['conversation_id type name value authenticated time_utc time_local'],
} as const;

export type Table = keyof typeof columns;
export const tableNames = Object.keys(columns) as Table[];

export const tableColumns = Object.fromEntries(
  Object.entries(columns).map(([name, lines]) => [name, lines.flatMap((line) => line.split(' '))]),
) as Record<Table, string[]>;

/** The part of an id that the source gave. */
export function remoteIdOf({ id, source, accountId }: Pick<Transcript, 'id' | 'source' | 'accountId'>): string {
  return id.slice(source.length + accountId.length + 2);
}

/** The rows of one conversation in every table. */
export function tableRows(transcript: Transcript, local: (ms: number | null) => string): Record<Table, Cell[][]> {
  const { id, customer } = transcript;
  const times = (ms: number | null): Cell[] => [isoTime(ms) ?? '', local(ms)];
  const version = transcript.versions.find((entry) => entry.version === transcript.version);
  const names = (items: readonly { name: string }[]) => items.map((item) => item.name).join('; ');
  const ids = (items: readonly { id: string }[]) => items.map((item) => item.id).join('; ');
  return {
    conversations: [
      [
        id,
        transcript.source,
        transcript.accountId,
        remoteIdOf(transcript),
        ...times(transcript.startedAt),
        ...times(transcript.endedAt),
        transcript.durationMs,
        transcript.status,
        names(transcript.agents),
        ids(transcript.agents),
        names(transcript.skills),
        ids(transcript.skills),
        customer.name,
        customer.id,
        customer.email,
        customer.phone,
        transcript.csat,
        transcript.nps,
        transcript.mcs,
        transcript.messageCount,
        transcript.summary,
        transcript.flags.join('; '),
        transcript.version,
        version === undefined ? '' : (isoTime(version.receivedAt) ?? ''),
        version?.sha256 ?? '',
      ],
    ],
    messages: transcript.messages.map((message) => [
      id,
      message.index,
      message.id,
      ...times(message.time),
      message.role,
      message.speaker,
      message.kind,
      String(message.private),
      message.text,
    ]),
    surveys: transcript.surveys.map((answer) => [
      id,
      answer.survey,
      answer.question,
      answer.answer,
      ...times(answer.time),
    ]),
    attributes: transcript.attributes.map((attribute) => [
      id,
      attribute.type,
      attribute.name,
      attribute.value,
      attribute.authenticated === null ? '' : String(attribute.authenticated),
      ...times(attribute.time),
    ]),
  };
}
