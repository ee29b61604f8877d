import type { ExportFormat, Transcript } from '../../../preload/model.ts';
import type { PublicTranscript } from '../../../preload/public-json.ts';
import type { OutputFile } from './output-file.ts';

/** One conversation as every format gets it: loaded once, whole, before anything of it is written. */
export interface ExportRecord {
  transcript: Transcript;
  /** The `show --json` object. */
  shown: PublicTranscript;
  /** The record's JSON text exactly as received; in a redacted export with what was hidden replaced. */
  original: Buffer;
  /** Something of this record was hidden. */
  redacted: boolean;
  /** What reviewers put on it, by name; nothing in a redacted export, where a name may be what must not leave. */
  labels: { tags: readonly string[]; holds: readonly string[] };
}

export interface FormatContext {
  /** Opens a file of the format: `name` is relative to where the format's files go. */
  open: (name: string) => OutputFile;
  /** Writes a whole file at once, for formats with a file for each conversation. */
  put: (name: string, content: string | Uint8Array) => void;
  /** Finishes a file that `open` gave, before the end of the export. */
  close: (file: OutputFile) => void;
  /** Puts a small file beside the format's own, once however many formats ask for it; not at all when bare. */
  addBeside: (name: string, text: string) => void;
  /** Where temporary files may lie until the format is finished or abandoned. */
  workFolder: string;
  /** Conversations in the volumes before this one. */
  recordsBefore: number;
  /** IANA zone of the columns and texts in local time. */
  timeZone: string;
  /** Heading of formats that have one, e.g. the query. */
  title: string;
  /** Who answers for the records, where the export is of a case that names somebody. */
  custodian: string | null;
  exportedAt: number;
  appVersion: string;
  signal: AbortSignal;
}

/** Writes one format, record by record; `finish` closes its files' content (the files are closed by their owner). */
export interface FormatWriter {
  add(record: ExportRecord): void | Promise<void>;
  finish(): void | Promise<void>;
  /** Lets go of temporary files; called after `finish` too. */
  abandon?(): void;
  /** Facts for custody/export.json beyond counts, e.g. the digest that an HTML file shows. */
  facts?(): Record<string, string | number>;
}

export interface Format {
  name: ExportFormat;
  /** The file that `--bare` asks for; null: the format is a set of files, and `--bare` makes a folder of them. */
  mainFile: string | null;
  /** Has an order of its own that volumes would break: it is written once, whatever the split. */
  neverSplit?: true;
  /** Fails where the format cannot be made on this machine, before anything is written. */
  checkAvailable?(): void;
  start(context: FormatContext): FormatWriter;
}
