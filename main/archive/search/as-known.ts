import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Hit, Sort } from '../../../preload/model.ts';
import { documentKnownOn } from '../store/as-known.ts';
import { labelledSince } from '../store/label-history.ts';
import { rowTexts } from '../store/row-texts.ts';
import { prepared, preparedValue } from '../store/statements.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { foldText } from './fold.ts';
import { loadHits, toHit, type HitRow } from './hits.ts';
import { asksForLabels } from './labels-asked.ts';
import { marker, wantedTerms } from './marks.ts';
import type { Plan } from './plan.ts';
import { matchingPlaces, type Place } from './rids.ts';
import { candidateOf, makeMatcher } from './verify.ts';

export interface KnownMatches {
  /** In the order of their start as it was known. */
  places: Place[];
  /** Conversations of which something was received or labelled later: what they are now says nothing about then. */
  changed: ReadonlySet<number>;
}

/**
 * All conversations that the query would have found at `moment` (docs/decisions/0031): by the index where nothing
 * was received or labelled since, and by reading the stored versions and the history of labels where something was.
 */
export function matchesKnownOn(db: Database, plan: Plan, sort: 'newest' | 'oldest', moment: number): KnownMatches {
  const changed = new Set(
    preparedValue<[number], number>(db, 'SELECT DISTINCT rid FROM version WHERE received_ms > ?').all(moment),
  );
  if (asksForLabels(plan.root)) for (const rid of labelledSince(db, moment)) changed.add(rid);
  const places: Place[] = [];
  for (const place of matchingPlaces(db, plan, sort)) if (!changed.has(place.rid)) places.push(place);
  const matches = makeMatcher(plan);
  for (const rid of changed) {
    const state = documentKnownOn(db, rid, moment);
    if (state === null) continue;
    const { conversation, document } = state;
    const start = Math.trunc(conversation.startedAt);
    const facts = {
      start_ms: start,
      csat: finite(conversation.csat),
      nps: finite(conversation.nps),
      mcs: finite(conversation.mcs),
      messages: conversation.messages.length,
      duration: conversation.durationMs === null ? null : Math.trunc(conversation.durationMs),
      waiting: conversation.waitingMs === null ? null : Math.trunc(conversation.waitingMs),
    };
    if (matches(candidateOf(facts, document))) places.push({ start, rid });
  }
  const direction = sort === 'newest' ? -1 : 1;
  places.sort((one, other) => (one.start - other.start || one.rid - other.rid) * direction);
  return { places, changed };
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}

/** One page of what would have been found at `moment`. @throws ArchiveError invalid-input for `relevance` */
export function pageKnownOn(
  db: Database,
  plan: Plan,
  input: { sort: Sort; limit: number; offset: number; cursor?: string | undefined },
  moment: number,
): { hits: Hit[]; nextCursor: string | null } {
  const { sort, limit } = input;
  if (sort === 'relevance') {
    throw new ArchiveError('invalid-input', 'The best hits of a past date are not known.', {
      hint: 'Choose newest or oldest first.',
    });
  }
  const { places, changed } = matchesKnownOn(db, plan, sort, moment);
  const cursor = input.cursor === undefined ? null : readCursor(sort, input.cursor);
  const after = cursor !== null && 'place' in cursor ? cursor.place : null;
  const behind = after === null ? -1 : places.findIndex(({ start, rid }) => start === after.start && rid === after.rid);
  const from = behind + 1 + input.offset;
  const shown = places.slice(from, from + limit);
  const last = shown.at(-1);
  const hits = shown.flatMap(({ rid }) =>
    changed.has(rid) ? hitKnownOn(db, plan, rid, moment) : loadHits(db, [rid], plan.root),
  );
  const more = last !== undefined && from + limit < places.length;
  return { hits, nextCursor: more ? writeCursor(sort, { place: last }) : null };
}

function hitKnownOn(db: Database, plan: Plan, rid: number, moment: number): Hit[] {
  const state = documentKnownOn(db, rid, moment);
  const names = prepared<[number], Pick<HitRow, 'source' | 'account_id' | 'remote_id'>>(
    db,
    `SELECT c.source, a.account_id, c.remote_id FROM conversation c JOIN account a ON a.key = c.account
     WHERE c.rid = ?`,
  ).get(rid);
  if (state === null || names === undefined) return [];
  const { conversation, known } = state;
  const { customer, agents, skills, messageCount } = rowTexts(conversation);
  const row: HitRow = {
    ...names,
    start_ms: conversation.startedAt,
    end_ms: conversation.endedAt,
    duration_ms: conversation.durationMs,
    agents,
    skills,
    customer,
    csat: finite(conversation.csat),
    message_count: messageCount,
    flags: JSON.stringify(known.flags),
    version: known.version,
  };
  const messages = conversation.messages.map((message) => ({ ...message, folded: foldText(message.text) }));
  return [toHit(row, messages, marker(wantedTerms(plan.root)))];
}
