import { basename, dirname, extname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { contract } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { ExportRequest, ExportResult } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import { treeSize } from '../evidence/tree.ts';
import { openReader } from '../store/database.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import { toFileError } from './file-error.ts';
import { formatsNamed } from './formats.ts';
import { isTimeZone } from './local-time.ts';
import {
  lakeChanges,
  lakeFile,
  lakeState,
  lakeText,
  publishPartitions,
  scopeWithin,
  withoutFingerprints,
  type LakeState,
} from './lake.ts';
import { PackageFolder } from './package.ts';
import { writeRecords } from './records.ts';
import { ExportRedaction } from './redact/run.ts';
import { openScope } from './scope.ts';
import { sealPackage } from './seal.ts';
import { keepHeapSteady } from './steady-heap.ts';
import { openTarget } from './target.ts';
import { zipFolder } from './zip-folder.ts';

export interface ExportProgress {
  phase: string;
  done: number;
  total: number | null;
  unit: 'conversations' | 'files';
}

export interface ExportOptions {
  db: Database;
  request: ExportRequest;
  appVersion: string;
  clock: Clock;
  signal: AbortSignal;
  onProgress: (progress: ExportProgress) => void;
  /** Asks the archive's writer to seal an entry (the contract's `custody.record`). */
  recordCustody: (entry: CustodyRequest) => Promise<unknown>;
}

export interface CustodyRequest {
  kind: string;
  subjects: string[];
  details: Record<string, string | number | boolean | null | string[]>;
}

/**
 * Exports all conversations that a query finds, as a sealed package or as a bare file. Reads one state of the
 * archive throughout. Leaves nothing under the target name unless it succeeds.
 * @throws ArchiveError invalid-input, unsupported-here, conflict, path-unavailable, disk-full, cancelled
 */
export async function runExport(options: ExportOptions): Promise<ExportResult> {
  const { request, signal, appVersion } = options;
  const formats = formatsNamed(request.formats);
  checkRequest(request, formats.length);
  const target = openTarget(request.out, request.overwrite || request.update === true);
  // A connection of its own, because it holds one state of the archive while other jobs go on with theirs.
  const reader = openReader(dirname(options.db.name));
  // Records are read once, one after the other: a large cache would only fill up.
  reader.db.pragma('cache_size = -8192');
  keepHeapSteady();
  const files = new PackageFolder(join(target.workFolder, bagName(request.out)), { durable: !isZip(request.out) });
  try {
    const counted = openScope(reader.db, request, options.clock.now());
    const recorded = await holdState(reader.db, options, {
      kind: 'export',
      subjects: request.case === undefined ? [] : [`case:${request.case}`],
      details: {
        query: request.query,
        ...(request.ids === undefined ? {} : { chosen: request.ids.length }),
        ...(request.case === undefined ? {} : { case: request.case }),
        understoodAs: counted.understoodAs,
        formats: request.formats,
        sort: request.sort,
        timeZone: request.timeZone,
        bare: request.bare,
        conversations: counted.total,
        ...(request.redaction === undefined ? {} : { redaction: request.redaction.profile }),
        target: basename(request.out),
      },
    });
    // Counted again in the state that is exported: a sync may have gone on in between.
    const exportedAt = options.clock.now();
    const all = openScope(reader.db, request, exportedAt);
    // A lake says of each month what is in it, so that the next export writes only what changed.
    const wanted = request.bare && request.formats.includes('parquet') ? lakeState(reader.db, all, appVersion) : null;
    const changes = wanted !== null && request.update === true ? lakeChanges(request.out, wanted) : null;
    const scope = wanted === null || changes === null ? all : scopeWithin(reader.db, all, wanted, changes.changed);
    const title = titleOf(request);
    const redaction = redactionOf(request, files);
    const work = { formats, files, recorded, scope, redaction, title, exportedAt };
    const written = await writeRecords(reader.db, { ...options, ...work });
    refuseTellingName(request, redaction);
    signal.throwIfAborted();
    const lake = wanted === null || written.errors === 0 ? wanted : unfinished(wanted, changes?.changed);
    if (lake !== null) files.put(`data/parquet/${lakeFile}`, lakeText(lake));
    const listed = request.bare
      ? files.payload
      : sealPackage(reader.db, files, {
          ...options,
          ...recorded,
          ...written,
          redaction,
          understoodAs: scope.understoodAs,
          exportedAt,
        });
    const made = await finish(files, target.workFolder, listed, options);
    signal.throwIfAborted();
    if (lake === null || changes === null) target.commit(made);
    else publishPartitions(request.out, made, join(target.workFolder, 'replaced'), lake, changes);
    const bytes = listed.reduce((sum, file) => sum + file.bytes, 0);
    const finished = options.recordCustody({
      kind: 'export-finished',
      subjects: [],
      details: {
        export: recorded.position,
        conversations: written.conversations,
        messages: written.messages,
        errors: written.errors,
        ...manifestHash(listed),
      },
    });
    // The package has its name: from here on a cancellation comes too late to say that nothing was left.
    await orAborted(finished, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return {
      path: request.out,
      conversations: written.conversations,
      messages: written.messages,
      errors: written.errors,
      files: listed.length,
      bytes,
      formats: request.formats,
      checkpoint: request.bare ? null : recorded.checkpoint.note,
    };
  } catch (error) {
    if (signal.aborted) throw cancelled();
    throw error instanceof ArchiveError ? error : toArchiveError(toFileError(error, request.out));
  } finally {
    files.abandon();
    reader.close();
    target.discard();
  }
}

function unfinished(lake: LakeState, written = new Set(Object.keys(lake.partitions))): LakeState {
  return withoutFingerprints(lake, written);
}

/** The query may be the very text that must not leave, so a redacted export has no heading of it. */
function titleOf({ query, ids, redaction, case: ofCase }: ExportRequest): string {
  if (redaction !== undefined) return 'Redacted conversations';
  const within = ofCase === undefined ? '' : `Case ${ofCase}`;
  if (ids !== undefined) return within === '' ? 'Chosen conversations' : `${within}: chosen conversations`;
  if (query.trim() === '') return within === '' ? 'All conversations' : within;
  return within === '' ? `Conversations for: ${query}` : `${within}, conversations for: ${query}`;
}

function redactionOf(request: ExportRequest, files: PackageFolder): ExportRedaction | null {
  if (request.redaction === undefined) return null;
  return new ExportRedaction(request.redaction, request.bare ? null : files, [
    bagName(request.out),
    request.query,
    ...(request.case === undefined ? [] : [request.case]),
  ]);
}

function refuseTellingName(request: ExportRequest, redaction: ExportRedaction | null): void {
  if (redaction?.isHidden(bagName(request.out)) !== true) return;
  throw new ArchiveError('invalid-input', "The package's name holds text that has to be redacted.", {
    hint: 'Choose a name that says nothing of what is inside.',
  });
}

function cancelled(): ArchiveError {
  return new ArchiveError('cancelled', 'The export was cancelled. Nothing was left at the target.', {
    retryable: true,
  });
}

function checkRequest(request: ExportRequest, formats: number): void {
  if (!isTimeZone(request.timeZone)) {
    throw new ArchiveError('invalid-input', `${request.timeZone} is not a time zone that this machine knows.`, {
      hint: 'Use a name such as UTC or Europe/Berlin.',
    });
  }
  if (request.bare && formats !== 1) {
    throw new ArchiveError('invalid-input', 'A bare export has exactly one format.', {
      hint: 'Export a package instead, or one format at a time.',
    });
  }
  const isLake = request.bare && request.formats.every((format) => format === 'parquet');
  if (request.update === true && (!isLake || request.redaction !== undefined)) {
    throw new ArchiveError('invalid-input', 'Only a bare parquet export without redaction can be updated.', {
      hint: 'Use --format parquet --bare --update, or leave out the update.',
    });
  }
  if (request.bare && request.split !== undefined) {
    throw new ArchiveError('invalid-input', 'A bare export is not split.', {
      hint: 'Export a package instead, or leave out the split.',
    });
  }
  if (request.bare && isZip(request.out)) {
    throw new ArchiveError('invalid-input', 'A bare export is not packed into a zip.', {
      hint: 'Leave out the bare option, or choose a name without .zip.',
    });
  }
}

const isZip = (path: string) => extname(path).toLowerCase() === '.zip';

function bagName(out: string): string {
  return isZip(out) ? basename(out, extname(out)) : basename(out);
}

export interface Recorded {
  /** Of the export's own entry in the custody log. */
  position: number;
  checkpoint: { size: number; note: string };
}

/**
 * Seals the export's entry and starts reading exactly the state that the checkpoint signs. When something was added
 * between the two, the next checkpoint is taken.
 */
async function holdState(db: Database, options: ExportOptions, entry: CustodyRequest): Promise<Recorded> {
  const record = async (request: CustodyRequest) =>
    contract['custody.record'].output.parse(await orAborted(options.recordCustody(request), options.signal));
  const first = await record(entry);
  let { checkpoint } = first;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    options.signal.throwIfAborted();
    db.exec('BEGIN');
    if (treeSize(db) === checkpoint.size) return { position: first.position, checkpoint };
    db.exec('ROLLBACK');
    const again = { kind: 'export-checkpoint', subjects: [], details: { export: first.position } };
    ({ checkpoint } = await record(again));
  }
  throw new ArchiveError('conflict', 'The archive changes too fast to export one state of it.', {
    hint: 'Wait until the sync is done, then export again.',
    retryable: true,
  });
}

/** Does not wait for the archive's writer once the export is cancelled: a host that is closing never answers. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Brings what was written into its final form inside the work folder and says where it lies. */
async function finish(
  files: PackageFolder,
  workFolder: string,
  listed: readonly { path: string }[],
  { request, clock, signal, onProgress }: ExportOptions,
): Promise<string> {
  const [format] = formatsNamed(request.formats);
  if (request.bare) {
    const data = join(files.folder, 'data');
    if (format === undefined || format.mainFile === null) return data;
    // What was too much for one PDF is a folder of them.
    return format.name === 'pdf' && listed.length > 1 ? data : join(data, format.mainFile);
  }
  if (!isZip(request.out)) return files.folder;
  onProgress({ phase: 'Packing the zip', done: 0, total: listed.length, unit: 'files' });
  const file = join(workFolder, 'package.zip');
  const paths = listed.map(({ path }) => path);
  await zipFolder(files.folder, paths, { file, topFolder: bagName(request.out), time: clock.now() }, signal);
  return file;
}

function manifestHash(listed: readonly { path: string; sha256: string }[]): Record<string, string> {
  const manifest = listed.find(({ path }) => path === 'tagmanifest-sha256.txt');
  return manifest === undefined ? {} : { tagManifestSha256: manifest.sha256 };
}
