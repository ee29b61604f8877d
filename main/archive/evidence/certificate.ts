import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { CertificateCheck, SearchCertificate } from '../../../preload/model.ts';
import { answering } from '../search/answer.ts';
import { matchesKnownOn } from '../search/as-known.ts';
import { countMatching } from '../search/count.ts';
import { explainQuery } from '../search/explain.ts';
import { incompleteIndex, indexFormat } from '../search/index-state.ts';
import { wantedTerms } from '../search/marks.ts';
import { planQuery, type Plan } from '../search/plan.ts';
import { matchingPlaces } from '../search/rids.ts';
import { makeMatcher, readCandidate } from '../search/verify.ts';
import { archiveReach, spillMinutes } from '../store/rid.ts';
import { conversationId } from '../store/transcripts.ts';
import { destroyedSince } from './destroyed.ts';
import { treeSize } from './tree.ts';

/** A search's outcome in full, before the custody log sealed it. */
export type SearchFinding = Omit<SearchCertificate, 'entry' | 'checkpoint'>;

export interface FindingOptions {
  query: string;
  timeZone: string;
  /** Also decide on each stored conversation without the index, and say whether that gives the same hits. */
  fullScan: boolean;
}

/** Conversations that are decided on before the event loop gets a turn. */
const stride = 50;

/**
 * Searches once more for the record: what was asked, how it was understood, exactly which conversations were found.
 * The caller holds one state of the archive (a transaction) while this runs.
 * @throws ArchiveError invalid-input when the query does not parse; conflict while the index is incomplete
 */
export async function certifySearch(
  db: Database,
  { query, timeZone, fullScan }: FindingOptions,
  now: number,
  signal: AbortSignal,
): Promise<SearchFinding> {
  if (incompleteIndex(db) !== undefined) {
    throw new ArchiveError(
      'conflict',
      'The search index is being rebuilt: nothing can be certified until it is whole.',
      {
        hint: 'Wait until it is done, or run optimize.',
        retryable: true,
      },
    );
  }
  const moment = { timeZone, now };
  const plan = answering(db, query, moment, (made) => made);
  const rids = [...matchingPlaces(db, plan, 'oldest')].map(({ rid }) => rid);
  const terms = wantedTerms(plan.root).flatMap((node) => (node.kind === 'near' ? node.terms : [node]));
  terms.sort((one, other) => one.position - other.position);
  return {
    kind: 'transcript-archive search certificate',
    version: 1,
    query,
    understoodAs: explainQuery({ text: query, root: plan.root }),
    timeZone,
    askedAt: new Date(now).toISOString(),
    index: { format: indexFormat, complete: true },
    logSize: treeSize(db),
    total: rids.length,
    hitsSha256: hashOfHits(db, rids),
    terms: terms.map((node) => ({
      text: node.prefix ? `${node.text.replace(/\*$/u, '')}*` : node.text,
      said: node.scope === null ? null : [...node.scope],
      total: countMatching(db, planQuery({ text: node.text, root: node }, moment, spillMinutes(db), archiveReach(db))),
    })),
    fullScan: fullScan ? await scan(db, plan, new Set(rids), signal) : null,
  };
}

/** Reads every conversation's stored text and decides on it: an answer that owes nothing to the index. */
async function scan(
  db: Database,
  plan: Plan,
  indexed: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<NonNullable<SearchCertificate['fullScan']>> {
  const matches = makeMatcher(plan);
  const all = db
    .prepare<[], number>('SELECT rid FROM conversation WHERE disposed_ms IS NULL ORDER BY rid')
    .pluck()
    .all();
  let found = 0;
  let agrees = true;
  for (const [position, rid] of all.entries()) {
    if (position % stride === 0) {
      await setImmediate();
      signal.throwIfAborted();
    }
    const candidate = readCandidate(db, rid);
    const hit = candidate !== null && matches(candidate);
    if (hit) found += 1;
    if (hit !== indexed.has(rid)) agrees = false;
  }
  return { conversations: all.length, found, agrees };
}

/** SHA-256 over the ids found, sorted by code unit, one a line: `sort` and `sha256sum` give the same (LC_ALL=C). */
function hashOfHits(db: Database, rids: readonly number[]): string {
  const name = db.prepare<[number], { source: 'chat' | 'messaging'; account_id: string; remote_id: string }>(
    `SELECT c.source, a.account_id, c.remote_id FROM conversation c JOIN account a ON a.key = c.account
     WHERE c.rid = ?`,
  );
  const ids = rids.flatMap((rid) => {
    const row = name.get(rid);
    return row === undefined ? [] : [conversationId(row.source, row.account_id, row.remote_id)];
  });
  const hash = createHash('sha256');
  for (const id of ids.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
    hash.update(`${id}\n`);
  return hash.digest('hex');
}

/**
 * Runs a certified search again, on the archive as it was known when it was certified, and says what differs.
 * Whatever was added since makes no difference.
 */
export function checkCertificate(db: Database, certificate: SearchCertificate): CertificateCheck {
  const { query, timeZone, entry } = certificate;
  const askedAt = Date.parse(certificate.askedAt);
  return answering(db, query, { timeZone, now: askedAt }, (plan) => {
    const then = matchesKnownOn(db, plan, 'oldest', askedAt).places.map(({ rid }) => rid);
    const hitsSha256 = hashOfHits(db, then);
    const differences: string[] = [];
    const understoodAs = explainQuery({ text: query, root: plan.root });
    if (understoodAs !== certificate.understoodAs) differences.push(`The query is now understood as: ${understoodAs}`);
    if (then.length !== certificate.total) {
      differences.push(`${certificate.total} conversations were certified, ${then.length} are found.`);
    } else if (hitsSha256 !== certificate.hitsSha256) {
      differences.push('As many conversations are found, but others than were certified.');
    }
    const destroyed = destroyedSince(db, askedAt);
    if (differences.length > 0 && destroyed > 0) {
      differences.push(
        `The content of ${destroyed} versions of that time has been destroyed on record since: what they said is not found.`,
      );
    }
    if (!isSealed(db, certificate)) {
      differences.push(`Entry ${entry} of the custody log does not say what this certificate says.`);
    }
    return {
      same: differences.length === 0,
      differences,
      total: then.length,
      hitsSha256,
      totalNow: countMatching(db, plan),
    };
  });
}

/** What the custody log keeps of a certificate. */
export function certificateDetails(finding: SearchFinding): Record<string, string | number | boolean | null> {
  const { query, understoodAs, timeZone, askedAt, logSize, total, hitsSha256, terms, fullScan } = finding;
  const confirmed = fullScan === null ? null : fullScan.agrees;
  return {
    query,
    understoodAs,
    timeZone,
    askedAt,
    logSize,
    total,
    hitsSha256,
    terms: JSON.stringify(terms),
    confirmedByFullScan: confirmed,
  };
}

function isSealed(db: Database, { entry, ...finding }: SearchCertificate): boolean {
  const row = db
    .prepare<[number], { kind: string; entry: string }>('SELECT kind, entry FROM custody_entry WHERE position = ?')
    .get(entry);
  if (row?.kind !== 'certificate') return false;
  const { details } = JSON.parse(row.entry) as { details?: Record<string, unknown> };
  return Object.entries(certificateDetails(finding)).every(([name, value]) => details?.[name] === value);
}
