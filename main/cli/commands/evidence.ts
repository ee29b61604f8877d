import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Input } from '../../../preload/contract.ts';
import { ArchiveError, toErrorValue } from '../../../preload/errors.ts';
import {
  redactionProfiles,
  redactionSchema,
  type Redaction,
  exportFormatSchema,
  exportSplitSchema,
  type ExportFormat,
  type ExportSplit,
  type VerifyReport,
} from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { readAsKnownOn } from '../dates.ts';
import { exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';

interface ExportOptions {
  format: string;
  out: string;
  redact?: string;
  case?: string;
  timeZone: string;
  sort: string;
  bare?: true;
  overwrite?: true;
  split?: string;
  asKnownOn?: string;
  update?: true;
}

export function addEvidenceCommands(program: Command, run: Run): void {
  program
    .command('export <query...>')
    .description('write what a query finds into a sealed package')
    .requiredOption(
      '--format <formats>',
      'csv, xlsx, ndjson, json, html, pdf, eml, rsmf, dat or parquet; several with commas',
    )
    .requiredOption('--out <path>', 'folder or .zip to make; must not exist')
    .option('--redact <profile>', `${Object.keys(redactionProfiles).join(', ')}, or a JSON file of rules`)
    .option('--case <name>', 'only what is in this case, too')
    .option('--time-zone <zone>', 'zone of local times', 'UTC')
    .option('--sort <order>', 'newest or oldest', 'oldest')
    .option('--bare', 'the file alone, without a package around it')
    .option('--split <part>', 'divide the data: month, count:N (conversations) or size:MB')
    .option('--overwrite', 'replace what is there')
    .option('--as-known-on <date>', 'each record as the archive knew it at the end of that day, UTC')
    .option('--update', 'with --format parquet --bare: write only the months that changed')
    .action(
      run(async ({ session, output }, words: string[], options: ExportOptions) => {
        const job = await session.runJob('export', 'export.start', {
          query: words.join(' ').trim(),
          formats: readFormats(options.format),
          out: resolve(options.out),
          timeZone: options.timeZone,
          sort: options.sort as 'newest' | 'oldest',
          bare: options.bare === true,
          overwrite: options.overwrite === true,
          ...readAsKnownOn(options.asKnownOn),
          ...(options.case === undefined ? {} : { case: options.case }),
          ...(options.update === true ? { update: true } : {}),
          ...(options.redact === undefined ? {} : { redaction: await readRedaction(options.redact) }),
          ...(options.split === undefined ? {} : { split: readSplit(options.split) }),
        });
        const { result } = job;
        if (result === undefined) throw new ArchiveError('internal', 'The export ended without a result.');
        output.result(result, () =>
          printableLine(
            `${result.conversations} conversations, ${result.messages} messages in ${result.files} files, ${result.errors} errors: ${result.path}`,
          ),
        );
        return result.errors > 0 ? exitCodes.incomplete : exitCodes.done;
      }),
    );

  program
    .command('verify [path]')
    .description('check the archive, or an exported package, against its own proofs')
    .option('--quick', 'the log and the tables, without reading every original')
    .option('--from-start', 'read everything, also what an interrupted check had read')
    .option('--since <file>', 'a checkpoint kept elsewhere: proves that only additions happened since')
    .action(
      run(
        async (
          { session, output },
          path: string | undefined,
          options: { quick?: true; fromStart?: true; since?: string },
        ) => {
          const { verified, damage } = await verificationOf(session, {
            ...(path === undefined ? {} : { path: resolve(path) }),
            ...(options.quick === true ? { mode: 'quick' as const } : {}),
            fromStart: options.fromStart === true,
            ...(options.since === undefined ? {} : { since: readCheckpoint(options.since) }),
          });
          if (verified === undefined) {
            output.failure(damage);
            return exitCodes.verificationFailed;
          }
          const { result } = verified;
          if (result === undefined) throw new ArchiveError('internal', 'The verification ended without a result.');
          output.result(result, () => verifyText(result));
          return result.ok ? exitCodes.done : exitCodes.verificationFailed;
        },
      ),
    );
}

/** An archive too damaged to be opened has failed its verification, too. */
async function verificationOf(session: Session, input: Input<'verify.start'>) {
  try {
    return { verified: await session.runJob('verify', 'verify.start', input) };
  } catch (error) {
    if (toErrorValue(error).code !== 'archive-corrupt') throw error;
    return { damage: error };
  }
}

function readCheckpoint(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ArchiveError('invalid-input', `The checkpoint cannot be read: ${file}`, {
      hint: 'Name a file that holds a checkpoint of this archive, such as proofs/checkpoint.txt of a package.',
    });
  }
}

function readFormats(text: string): ExportFormat[] {
  return text.split(',').map((name) => {
    const parsed = exportFormatSchema.safeParse(name.trim());
    if (parsed.success) return parsed.data;
    throw new ArchiveError('invalid-input', `Unknown format: ${name}`, {
      hint: `Formats are ${exportFormatSchema.options.join(', ')}.`,
    });
  });
}

function readSplit(text: string): ExportSplit {
  const [by = '', number = ''] = text.split(':');
  const value = Number(number);
  const shape = { month: { by }, count: { by, conversations: value }, size: { by, megabytes: value } };
  const parsed = exportSplitSchema.safeParse(Object.hasOwn(shape, by) ? shape[by as keyof typeof shape] : { by });
  if (parsed.success && (by === 'month') === (number === '')) return parsed.data;
  throw new ArchiveError('invalid-input', `Not a way to split an export: ${text}`, {
    hint: 'Use month, count:N for N conversations a part, or size:MB.',
  });
}

/** A built-in profile by its name, or one from a file. */
async function readRedaction(nameOrFile: string): Promise<Redaction> {
  const known = Object.hasOwn(redactionProfiles, nameOrFile) ? redactionProfiles[nameOrFile] : undefined;
  if (known !== undefined) return known;
  let text: string;
  try {
    text = await readFile(nameOrFile, 'utf8');
  } catch (error) {
    throw new ArchiveError(
      'invalid-input',
      `${nameOrFile} is neither a redaction profile nor a file that can be read.`,
      {
        hint: `Profiles are ${Object.keys(redactionProfiles).join(', ')}.`,
        cause: error,
      },
    );
  }
  try {
    return redactionSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ArchiveError('invalid-input', `${nameOrFile} is not a redaction profile.`, {
      hint: 'docs/formats.md shows one: {"profile":"NAME","rules":["email"],"expressions":[{"name":"ticket","pattern":"T-[0-9]{6}"}]}.',
      cause: error,
    });
  }
}

function verifyText(report: VerifyReport): string {
  const lines = [
    ...report.checks.map(
      (check) =>
        `${check.failed === 0 ? 'ok  ' : 'FAIL'} ${check.name}: ${check.checked} checked, ${check.failed} failed`,
    ),
    ...report.failures.map(
      (failure) =>
        `FAIL ${failure.subject}${failure.version === null ? '' : ` version ${failure.version}`}: ${failure.problem}`,
    ),
    ...(report.destroyed ?? []).map(
      ({ subject, version }) => `gone ${subject} version ${version}: destroyed on record`,
    ),
    ...(report.timeStamps ?? []).map(
      ({ subject, size, time, authority }) =>
        `stamp ${subject}: the first ${size} entries were there at ${isoTime(time) ?? ''}, says ${authority}`,
    ),
    ...(report.continued === undefined
      ? []
      : [
          `Originals of the first ${report.continued.leaves} entries were read by the check of ${isoTime(report.continued.startedAt) ?? ''}, which was interrupted; their bytes are the same now.`,
        ]),
    report.ok ? 'Verified.' : 'Verification FAILED.',
    ...report.limits.map((limit) => `Not proven: ${limit}`),
  ];
  return lines.map(printableLine).join('\n');
}
