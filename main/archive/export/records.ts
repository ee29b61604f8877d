import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { toErrorValue } from '../../../preload/errors.ts';
import { publicTranscript } from '../../../preload/public-json.ts';
import { marksOf } from '../review/marks-of.ts';
import { transcriptKnownOn } from '../store/as-known.ts';
import { labelsKnownOn } from '../store/label-history.ts';
import { loadOriginal, loadTranscript } from '../store/transcripts.ts';
import { ErrorFile, EvidenceFiles } from './evidence-files.ts';
import type { ExportRecord, Format } from './format.ts';
import type { PackageFolder } from './package.ts';
import type { ExportOptions, Recorded } from './run.ts';
import type { Scope } from './scope.ts';
import type { ExportRedaction } from './redact/run.ts';
import { remoteIdOf } from './tables.ts';
import { Volumes, type VolumeFacts } from './volumes.ts';

export interface RecordsOptions extends ExportOptions {
  formats: readonly Format[];
  files: PackageFolder;
  recorded: Recorded;
  scope: Scope;
  redaction: ExportRedaction | null;
  /** Heading of formats that have one. */
  title: string;
  exportedAt: number;
}

export interface FormatFacts {
  format: string;
  conversations: number;
  messages: number;
  [fact: string]: string | number;
}

/** What was written in the one pass over the records. */
export interface WrittenRecords {
  conversations: number;
  messages: number;
  errors: number;
  formats: FormatFacts[];
  /** Empty where nothing was split. */
  volumes: VolumeFacts[];
  accounts: Set<string>;
  /** Starts of the first and the last conversation. */
  range: { from: number; to: number } | null;
}

/** How many records are written before the event loop gets a turn, for cancelling and progress. */
const stride = 20;

/** Writes all matching records in all formats, with their proofs, in one pass and flat memory. */
export async function writeRecords(db: Database, options: RecordsOptions): Promise<WrittenRecords> {
  const { request, files, scope, onProgress } = options;
  const { total } = scope;
  const facts: WrittenRecords = {
    conversations: 0,
    messages: 0,
    errors: 0,
    formats: [],
    volumes: [],
    accounts: new Set(),
    range: null,
  };
  const evidence = request.bare ? null : new EvidenceFiles(db, { ...options, redacts: options.redaction !== null });
  const volumes = new Volumes(options);
  try {
    const done = await writeAll(db, options, { volumes, evidence, facts });
    const finished = await volumes.finish((name) => {
      onProgress({ phase: `Finishing ${name}`, done, total, unit: 'conversations' });
    });
    Object.assign(facts, finished);
    evidence?.finish(facts);
    files.closeAll();
    onProgress({ phase: 'Sealing the package', done, total, unit: 'conversations' });
    return facts;
  } finally {
    volumes.abandon();
  }
}

interface Writing {
  volumes: Volumes;
  evidence: EvidenceFiles | null;
  facts: WrittenRecords;
}

async function writeAll(db: Database, options: RecordsOptions, writing: Writing): Promise<number> {
  const { scope, files, signal, onProgress } = options;
  const { volumes, evidence, facts } = writing;
  const errors = new ErrorFile(files);
  let done = 0;
  for (const rid of scope.rids()) {
    if (done % stride === 0) {
      onProgress({ phase: 'Writing conversations', done, total: scope.total, unit: 'conversations' });
      await setImmediate();
      signal.throwIfAborted();
    }
    done += 1;
    const loaded = load(db, rid, evidence, options);
    if ('problem' in loaded) {
      facts.errors += 1;
      errors.add(loaded);
      continue;
    }
    await volumes.add(loaded.record);
    loaded.prove?.();
    count(facts, loaded.record);
  }
  return done;
}

type Loaded = { record: ExportRecord; prove: (() => void) | undefined } | { id: string; code: string; problem: string };

/** One record, whole, or what is wrong with it: half a record never reaches a file. */
function load(
  db: Database,
  rid: number,
  evidence: EvidenceFiles | null,
  { redaction, request }: RecordsOptions,
): Loaded {
  try {
    const transcript =
      request.asKnownOn === undefined ? loadTranscript(db, rid) : transcriptKnownOn(db, rid, request.asKnownOn);
    const { id, source, accountId, version } = transcript;
    const original = Buffer.from(loadOriginal(db, rid, version).original);
    const remoteId = remoteIdOf(transcript);
    const record = redaction?.apply({ transcript, original }) ?? {
      transcript,
      shown: publicTranscript(transcript),
      original,
      redacted: false,
      labels: labelsOf(db, rid, request.asKnownOn),
    };
    const proven = { id, source, accountId, remoteId, version, original };
    return { record, prove: evidence?.prepare(rid, proven, record) };
  } catch (error) {
    const { code, message } = toErrorValue(error);
    return { id: nameOf(db, rid), code, problem: message };
  }
}

/** Tags and holds by name, as they are or as they were. */
function labelsOf(db: Database, rid: number, asKnownOn: number | undefined): ExportRecord['labels'] {
  if (asKnownOn !== undefined) {
    const labels = labelsKnownOn(db, rid, asKnownOn);
    const named = (field: string) => labels.filter((label) => label.field === field).map(({ value }) => value);
    return { tags: named('tag').sort(), holds: named('hold').sort() };
  }
  const { tags, holds } = marksOf(db, rid);
  return { tags: tags.map(({ name }) => name), holds };
}

function nameOf(db: Database, rid: number): string {
  const row = db
    .prepare<[number], string>(
      `SELECT c.source || ':' || a.account_id || ':' || c.remote_id
       FROM conversation AS c JOIN account AS a ON a.key = c.account WHERE c.rid = ?`,
    )
    .pluck()
    .get(rid);
  return row ?? `row ${rid}`;
}

function count(facts: WrittenRecords, { transcript }: ExportRecord): void {
  facts.conversations += 1;
  facts.messages += transcript.messageCount;
  facts.accounts.add(transcript.accountId);
  const { startedAt } = transcript;
  facts.range = {
    from: Math.min(facts.range?.from ?? startedAt, startedAt),
    to: Math.max(facts.range?.to ?? startedAt, startedAt),
  };
}
