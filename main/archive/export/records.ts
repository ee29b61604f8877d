import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { toErrorValue } from '../../../preload/errors.ts';
import { publicTranscript } from '../../../preload/public-json.ts';
import { matchingRids } from '../search/matching.ts';
import { loadOriginal, loadTranscript } from '../store/transcripts.ts';
import { csvRows } from './csv.ts';
import type { ExportRecord, Format, FormatWriter } from './format.ts';
import type { PackageFolder } from './package.ts';
import { ProofMaker, type RecordProof } from './proofs.ts';
import type { ExportOptions, Recorded } from './run.ts';
import { verdictPositions } from './verdicts.ts';

export interface RecordsOptions extends ExportOptions {
  formats: readonly Format[];
  files: PackageFolder;
  recorded: Recorded;
  total: number;
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
  accounts: Set<string>;
  /** Starts of the first and the last conversation. */
  range: { from: number; to: number } | null;
}

/** How many records are written before the event loop gets a turn, for cancelling and progress. */
const stride = 20;

/** Writes all matching records in all formats, with their proofs, in one pass and flat memory. */
export async function writeRecords(db: Database, options: RecordsOptions): Promise<WrittenRecords> {
  const { request, files, exportedAt } = options;
  const facts: WrittenRecords = {
    conversations: 0,
    messages: 0,
    errors: 0,
    formats: [],
    accounts: new Set(),
    range: null,
  };
  const writers = options.formats.map((format) => ({ format, writer: startFormat(format, options) }));
  const evidence = request.bare ? null : new EvidenceFiles(db, options);
  const moment = { sort: request.sort, timeZone: request.timeZone, now: exportedAt };
  try {
    await writeAll(db, options, { writers, evidence, facts, moment });
  } finally {
    for (const { writer } of writers) writer.abandon?.();
  }
  files.closeAll();
  return facts;
}

interface Writing {
  writers: readonly { format: Format; writer: FormatWriter }[];
  evidence: EvidenceFiles | null;
  facts: WrittenRecords;
  moment: { sort: 'newest' | 'oldest'; timeZone: string; now: number };
}

async function writeAll(db: Database, options: RecordsOptions, writing: Writing): Promise<void> {
  const { request, files, total, signal, onProgress } = options;
  const { writers, evidence, facts, moment } = writing;
  let done = 0;
  for (const rid of matchingRids(db, request.query, moment)) {
    if (done % stride === 0) {
      onProgress({ phase: 'Writing conversations', done, total, unit: 'conversations' });
      await setImmediate();
      signal.throwIfAborted();
    }
    done += 1;
    const loaded = load(db, rid, evidence);
    if ('problem' in loaded) {
      facts.errors += 1;
      reportError(files, facts.errors, loaded);
      continue;
    }
    for (const { writer } of writers) await writer.add(loaded.record);
    evidence?.add(loaded.record.transcript.id, loaded.proof);
    count(facts, loaded.record);
  }
  for (const { format, writer } of writers) {
    onProgress({ phase: `Finishing ${format.name}`, done, total, unit: 'conversations' });
    await writer.finish();
    facts.formats.push({
      format: format.name,
      conversations: facts.conversations,
      messages: facts.messages,
      ...writer.facts?.(),
    });
  }
  evidence?.finish(facts);
  onProgress({ phase: 'Sealing the package', done, total, unit: 'conversations' });
}

function startFormat(format: Format, options: RecordsOptions): FormatWriter {
  const { files, request, exportedAt } = options;
  const beside = besideNames.get(files) ?? new Set<string>();
  besideNames.set(files, beside);
  return format.start({
    open: (name) => files.file(`data/${name}`),
    put: (name, content) => {
      files.put(`data/${name}`, content);
    },
    close: (file) => {
      files.close(file);
    },
    addBeside(name, text) {
      if (request.bare || beside.has(name)) return;
      beside.add(name);
      files.put(`data/${name}`, text);
    },
    workFolder: dirname(files.folder),
    timeZone: request.timeZone,
    title: request.query.trim() === '' ? 'All conversations' : `Conversations for: ${request.query}`,
    exportedAt,
    appVersion: options.appVersion,
    signal: options.signal,
  });
}

const besideNames = new WeakMap<PackageFolder, Set<string>>();

type Loaded = { record: ExportRecord; proof: RecordProof | null } | { id: string; code: string; problem: string };

/** One record, whole, or what is wrong with it: half a record never reaches a file. */
function load(db: Database, rid: number, evidence: EvidenceFiles | null): Loaded {
  try {
    const transcript = loadTranscript(db, rid);
    const { id, source, accountId, version } = transcript;
    const original = Buffer.from(loadOriginal(db, rid, version).original);
    const remoteId = id.slice(source.length + accountId.length + 2);
    const proof = evidence?.proofs.record(rid, { id, source, accountId, remoteId, version, original }) ?? null;
    return { record: { transcript, shown: publicTranscript(transcript), original, redacted: false }, proof };
  } catch (error) {
    const { code, message } = toErrorValue(error);
    return { id: nameOf(db, rid), code, problem: message };
  }
}

function nameOf(db: Database, rid: number): string {
  const row = db
    .prepare<[number], string>(
      `SELECT c.source || ':' || a.account_id || ':' || c.remote_id
       FROM conversation AS c JOIN account AS a ON a.key = c.account WHERE c.rid = ?`,
    )
    .pluck()
    .get(rid);
  return (row as string | undefined) ?? `row ${rid}`;
}

const errorFiles = new WeakMap<PackageFolder, ReturnType<PackageFolder['file']>>();

function reportError(files: PackageFolder, number: number, error: { id: string; code: string; problem: string }): void {
  let file = errorFiles.get(files);
  if (number === 1 || file === undefined) {
    file = files.file('custody/errors.csv');
    errorFiles.set(files, file);
    file.write(`\uFEFF${csvRows([['id', 'code', 'problem']])}`);
  }
  file.write(csvRows([[error.id, error.code, error.problem]]));
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

/** proofs/inclusion.ndjson and custody/log.ndjson, written along with the records. */
class EvidenceFiles {
  readonly proofs: ProofMaker;
  readonly #db: Database;
  readonly #own: number;
  readonly #inclusion;
  readonly #log;
  readonly #actions = new Set<number>();

  constructor(db: Database, { files, recorded }: RecordsOptions) {
    this.#db = db;
    this.#own = recorded.position;
    this.proofs = new ProofMaker(db, recorded.checkpoint.size);
    this.#inclusion = files.file('proofs/inclusion.ndjson');
    this.#log = files.file('custody/log.ndjson');
  }

  add(id: string, proof: RecordProof | null): void {
    if (proof === null) return;
    this.#inclusion.write(`${proof.inclusionLine}\n`);
    this.#log.write(`${proof.logLine}\n`);
    for (const position of this.proofs.positionsAbout(id)) this.#actions.add(position);
  }

  /** After the versions: verdicts on the windows they came from, actions about them, and this export itself. */
  finish(facts: WrittenRecords): void {
    for (const position of verdictPositions(this.#db, facts, this.#own)) this.#actions.add(position);
    this.#actions.add(this.#own);
    for (const position of [...this.#actions].sort((one, other) => one - other)) {
      this.#log.write(`${this.proofs.entry(this.#db, position)}\n`);
    }
  }
}
