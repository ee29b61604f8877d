import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { Database } from 'better-sqlite3';
import { destroyedSince } from '../evidence/destroyed.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { parseNote, publicKeyPem } from '../evidence/checkpoint.ts';
import { currentActor } from '../actor.ts';
import { coverageFacts } from './coverage-facts.ts';
import { localTimeFormatter } from './local-time.ts';
import { writeKeysAndStamps } from './key-files.ts';
import type { WrittenFile } from './output-file.ts';
import type { PackageFolder } from './package.ts';
import type { ExportRedaction } from './redact/run.ts';
import type { WrittenRecords } from './records.ts';
import type { ExportOptions, Recorded } from './run.ts';
import { verifyText } from './verify-text.ts';

export interface SealFacts extends ExportOptions, Recorded, WrittenRecords {
  understoodAs: string;
  redaction: ExportRedaction | null;
  exportedAt: number;
}

/** Adds all that makes a package evidence: who and how, the signed checkpoint, the manifests. */
export function sealPackage(db: Database, files: PackageFolder, facts: SealFacts): WrittenFile[] {
  const { request, checkpoint, appVersion, exportedAt, conversations, messages, errors } = facts;
  const actor = currentActor(`Transcript Archive ${appVersion}`);
  const utc = isoTime(exportedAt);
  const named = [request.query, request.case ?? ''];
  const secret = named.some((text) => facts.redaction?.isHidden(text) === true);
  const root = parseNote(checkpoint.note)?.checkpoint;
  const origin = root?.origin ?? '';
  files.write(
    'custody/export.json',
    `${JSON.stringify(
      {
        exportedAt: { utc, local: localTimeFormatter(request.timeZone)(exportedAt), timeZone: request.timeZone },
        exportedBy: { user: actor.user, host: actor.host },
        app: actor.app,
        query: secret ? null : request.query,
        ...(request.ids === undefined ? {} : { ids: request.ids }),
        ...(request.case === undefined || secret ? {} : { case: request.case }),
        understoodAs: secret ? 'withheld: it holds text that was redacted' : facts.understoodAs,
        sort: request.sort,
        ...(request.asKnownOn === undefined
          ? {}
          : {
              asKnownOn: isoTime(request.asKnownOn),
              // What they said cannot be searched any more, so whether they belong here is not known.
              versionsDestroyedSince: destroyedSince(db, request.asKnownOn),
            }),
        conversations,
        messages,
        errors,
        formats: facts.formats,
        ...(facts.volumes.length === 0 ? {} : { split: request.split, volumes: facts.volumes }),
        redaction: facts.redaction?.facts() ?? null,
        accounts: [...facts.accounts].sort(),
        coverage: coverageFacts(db, facts.accounts, facts.range, exportedAt),
        custody: { log: origin, entry: facts.position, size: checkpoint.size },
      },
      null,
      2,
    )}\n`,
  );
  files.write('proofs/checkpoint.txt', checkpoint.note);
  files.write('proofs/key.pem', signingKeyPem(db, checkpoint));
  const earlier = writeKeysAndStamps(db, files, checkpoint.size);
  files.write(
    'VERIFY.txt',
    verifyText({
      name: basename(request.out),
      exportedAt: utc,
      conversations,
      messages,
      errors,
      hasNdjson: request.formats.includes('ndjson'),
      redacted: facts.redaction !== null,
      earlier,
    }),
  );
  return files.seal([
    ['Source-Organization', `LivePerson account ${[...facts.accounts].sort().join(', ') || 'none'}`],
    ['Contact-Name', actor.user],
    [
      'External-Description',
      `${conversations} conversations from a Transcript Archive; custody/export.json says which.`,
    ],
    ['Bagging-Date', utc.slice(0, 10)],
    ['External-Identifier', `${origin}/${facts.position}`],
    ['Archive-Checkpoint', `${origin} ${checkpoint.size} ${Buffer.from(root?.root ?? []).toString('base64')}`],
    // The hash of a short query could be guessed.
    ...(secret ? [] : [['Query-SHA256', createHash('sha256').update(request.query, 'utf8').digest('hex')] as const]),
    ['Exported-By', `${actor.user} on ${hostname()} with ${actor.app}`],
  ]);
}

/** The public key behind a checkpoint, as it was when the checkpoint was signed. */
function signingKeyPem(db: Database, checkpoint: { note: string }): string {
  const key = db
    .prepare<[string], Buffer>(
      `SELECT k.public_key FROM custody_checkpoint AS c JOIN custody_key AS k ON k.id = c.key
       WHERE c.note = ? ORDER BY c.id DESC LIMIT 1`,
    )
    .pluck()
    .get(checkpoint.note);
  if (key === undefined) throw new Error('The archive does not know the checkpoint that it was given.');
  return publicKeyPem(key);
}
