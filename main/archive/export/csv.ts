import { stringify } from 'csv-stringify/sync';
import { isoTime } from '../../../preload/public-json.ts';
import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import type { OutputFile } from './output-file.ts';

type Cell = string | number | null;

const byteOrderMark = '\uFEFF';

/**
 * RFC 4180 rows. All text is quoted, and text that a spreadsheet would run as a formula gets an apostrophe in front
 * (docs/formats.md); numbers stay numbers.
 */
export function csvRows(rows: readonly Cell[][]): string {
  if (rows.length === 0) return '';
  return stringify(rows as Cell[][], {
    record_delimiter: '\r\n',
    quoted_string: true,
    escape_formulas: true,
    cast: { boolean: String },
  });
}

const tables = {
  conversations: [
    'id source account_id remote_id started_at_utc started_at_local ended_at_utc ended_at_local duration_ms status',
    'agents agent_ids skills skill_ids customer_name customer_id customer_email customer_phone csat nps mcs',
    'message_count summary flags version received_at_utc sha256',
  ],
  messages: ['conversation_id index message_id time_utc time_local role speaker kind private text'],
  surveys: ['conversation_id survey question answer time_utc time_local'],
  attributes: ['conversation_id type name value authenticated time_utc time_local'],
} as const;
type Table = keyof typeof tables;

/** Column names of each CSV file, in order. */
export const csvColumns = Object.fromEntries(
  Object.entries(tables).map(([name, lines]) => [name, lines.flatMap((line) => line.split(' '))]),
) as Record<Table, string[]>;

export const csvFormat: Format = {
  name: 'csv',
  mainFile: null,
  start(context) {
    return new CsvWriter(context);
  },
};

class CsvWriter implements FormatWriter {
  readonly #files: Record<Table, OutputFile>;
  readonly #local: (ms: number | null) => string;

  constructor(context: FormatContext) {
    this.#local = localTimeFormatter(context.timeZone);
    const open = (table: Table) => {
      const file = context.open(`${table}.csv`);
      file.write(byteOrderMark + csvRows([csvColumns[table]]));
      return file;
    };
    this.#files = {
      conversations: open('conversations'),
      messages: open('messages'),
      surveys: open('surveys'),
      attributes: open('attributes'),
    };
  }

  add({ transcript }: ExportRecord): void {
    const { id, customer } = transcript;
    const times = (ms: number | null): Cell[] => [isoTime(ms) ?? '', this.#local(ms)];
    const version = transcript.versions.find((entry) => entry.version === transcript.version);
    const names = (items: readonly { name: string }[]) => items.map((item) => item.name).join('; ');
    const ids = (items: readonly { id: string }[]) => items.map((item) => item.id).join('; ');
    this.#files.conversations.write(
      csvRows([
        [
          id,
          transcript.source,
          transcript.accountId,
          id.slice(transcript.source.length + transcript.accountId.length + 2),
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
      ]),
    );
    this.#files.messages.write(
      csvRows(
        transcript.messages.map((message) => [
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
      ),
    );
    this.#files.surveys.write(
      csvRows(
        transcript.surveys.map((answer) => [id, answer.survey, answer.question, answer.answer, ...times(answer.time)]),
      ),
    );
    this.#files.attributes.write(
      csvRows(
        transcript.attributes.map((attribute) => [
          id,
          attribute.type,
          attribute.name,
          attribute.value,
          attribute.authenticated === null ? '' : String(attribute.authenticated),
          ...times(attribute.time),
        ]),
      ),
    );
  }

  finish(): void {
    // A CSV file ends with its last row.
  }
}
