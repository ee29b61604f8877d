import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { publicTranscript } from '../../../preload/public-json.ts';
import { loadOriginal, loadTranscript } from '../store/transcripts.ts';
import { monthOf } from './file-names.ts';
import type { ExportRecord, Format } from './format.ts';
import { formatsNamed } from './formats.ts';
import { PackageFolder } from './package.ts';
import { openScope, type Scope } from './scope.ts';

const sampleSize = 30;
const megabyte = 1_000_000;
/** What a package has beside its data: bag, manifests, custody, proofs, VERIFY.txt; and a line of proof for each record. */
const packageItself = { files: 12, bytes: 9000, bytesEach: 1600 };
/** A browser is not started for an estimate. Measured: fonts of a file, and a page or two for a conversation. */
const printed = { bytes: 150_000, bytesEach: 45_000, conversationsEach: 200 };

type Input = ParsedInput<'export.estimate'>;
interface Size {
  files: number;
  bytes: number;
}

/**
 * About how many files and bytes an export would make: its first records are written into a folder that is thrown
 * away, and what they took is multiplied.
 * @throws ArchiveError invalid-input, not-found, conflict like the export itself
 */
export async function estimateExport(
  db: Database,
  input: Input,
  appVersion: string,
  now: number,
): Promise<Output<'export.estimate'>> {
  const scope = openScope(db, { ...input, sort: 'newest' }, now);
  const { records, months } = sampleOf(db, scope, input, now);
  const total = { files: packageItself.files, bytes: packageItself.bytes + packageItself.bytesEach * scope.total };
  for (const format of formatsNamed(input.formats)) {
    const size = await formatSize(format, records, { input, months, appVersion, now, total: scope.total });
    total.files += size.files;
    total.bytes += size.bytes;
  }
  const { conversations, files, bytes } = { conversations: scope.total, ...total };
  return { conversations, files: Math.round(files), bytes: Math.round(bytes), sampled: records.length };
}

/** Records from the newest end of the scope, and how many months lie between its two ends. */
function sampleOf(db: Database, scope: Scope, input: Input, now: number): { records: ExportRecord[]; months: number } {
  const records: ExportRecord[] = [];
  let newest = 0;
  for (const rid of scope.rids()) {
    const transcript = loadTranscript(db, rid);
    newest ||= transcript.startedAt;
    const original = Buffer.from(loadOriginal(db, rid, transcript.version).original);
    records.push({
      transcript,
      shown: publicTranscript(transcript),
      original,
      redacted: false,
      labels: { tags: [], holds: [] },
    });
    if (records.length === sampleSize) break;
  }
  let oldest = newest;
  for (const rid of openScope(db, { ...input, sort: 'oldest' }, now).rids()) {
    oldest = loadTranscript(db, rid).startedAt;
    break;
  }
  const [from, to] = [oldest, newest].map((time) => new Date(time));
  const between = (at: Date | undefined) => (at?.getUTCFullYear() ?? 0) * 12 + (at?.getUTCMonth() ?? 0);
  return { records, months: Math.min(Math.max(1, scope.total), between(to) - between(from) + 1) };
}

interface Work {
  input: Input;
  months: number;
  appVersion: string;
  now: number;
  total: number;
}

async function formatSize(format: Format, records: readonly ExportRecord[], work: Work): Promise<Size> {
  const { total, months } = work;
  if (format.name === 'pdf') {
    const files =
      partsOf(work, printed.bytesEach) * Math.ceil(total / printed.conversationsEach / partsOf(work, 0)) || 1;
    return { files, bytes: files * printed.bytes + total * printed.bytesEach };
  }
  const empty = await written(format, [], work);
  const sample = await written(format, records, work);
  const sampled = Math.max(1, records.length);
  const bytesEach = (sample.bytes - empty.bytes) / sampled;
  if (format.neverSplit === true) {
    const inSample = new Set(records.map(({ transcript }) => monthOf(transcript.startedAt))).size;
    return { files: (sample.files / Math.max(1, inSample)) * months, bytes: bytesEach * total };
  }
  const parts = partsOf(work, bytesEach);
  const filesEach = (sample.files - empty.files) / sampled;
  // What comes once for all records, such as a report, is not a file of each.
  const files = filesEach >= 0.9 ? filesEach * total : sample.files - empty.files;
  return { files: files + empty.files * parts, bytes: bytesEach * total + empty.bytes * parts };
}

function partsOf({ input: { split }, months, total }: Work, bytesEach: number): number {
  if (split === undefined) return 1;
  if (split.by === 'month') return months;
  const full = split.by === 'count' ? total / split.conversations : (bytesEach * total) / (split.megabytes * megabyte);
  return Math.max(1, Math.ceil(full));
}

/** Files and bytes that a format makes of some records. */
async function written(
  format: Format,
  records: readonly ExportRecord[],
  { input, appVersion, now }: Work,
): Promise<Size> {
  const folder = mkdtempSync(join(tmpdir(), 'transcript-archive-estimate-'));
  const files = new PackageFolder(join(folder, 'sample'), { durable: false });
  try {
    const writer = format.start({
      open: (name) => files.file(`data/${name}`),
      put: (name, content) => files.put(`data/${name}`, content),
      close: (file) => files.close(file),
      addBeside: (name, text) => files.put(`data/${name}`, text),
      workFolder: folder,
      recordsBefore: 0,
      timeZone: input.timeZone,
      title: '',
      custodian: null,
      exportedAt: now,
      appVersion,
      signal: new AbortController().signal,
    });
    try {
      for (const record of records) await writer.add(record);
      await writer.finish();
    } finally {
      writer.abandon?.();
    }
    files.closeAll();
    await setImmediate();
    return { files: files.payload.length, bytes: files.payload.reduce((sum, { bytes }) => sum + bytes, 0) };
  } finally {
    files.abandon();
    rmSync(folder, { recursive: true, force: true });
  }
}
