import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Flag, Source } from '../../../preload/model.ts';
import type { DecodedConversation } from '../liveperson/decoded.ts';
import { facetValues, indexDocument, type FacetValue, type IndexDocument, type Label } from '../search/document.ts';
import { labelsAndFacets } from './labels.ts';
import { withOlderTexts } from './older-text.ts';
import { prepared } from './statements.ts';
import { loadDecoded } from './transcripts.ts';

/** What the index has to hold about a conversation, made anew from its stored versions: for building it again. */
export function indexDocumentOf(db: Database, rid: number): IndexDocument {
  return indexedStateOf(db, rid).document;
}

/** The same with the facet values, labels included, and the labels themselves. */
export function indexedStateOf(
  db: Database,
  rid: number,
): { document: IndexDocument; facets: FacetValue[]; labels: Label[] } {
  const row = prepared<
    [number],
    { source: Source; account_id: string; version: number; flags: string; older_text: number }
  >(
    db,
    `SELECT c.source, a.account_id, c.version, c.flags, c.older_text
     FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?`,
  ).get(rid);
  if (row === undefined) throw new ArchiveError('not-found', 'There is no such conversation in this archive.');
  const current = loadDecoded(db, rid);
  const others = row.older_text === 1 ? decodedVersionsBut(db, rid, row.version) : [];
  const identity = { accountId: row.account_id, source: row.source, messageCount: current.messages.length };
  const flags = JSON.parse(row.flags) as Flag[];
  const { labels, facets } = labelsAndFacets(db, rid);
  return {
    labels,
    document: indexDocument(withOlderTexts(current, others) ?? current, identity, flags, labels),
    facets: [...facetValues(current, identity, flags), ...facets],
  };
}

/** All versions but one, decoded. One that is damaged is left out: it must not keep new ones from coming in. */
export function decodedVersionsBut(db: Database, rid: number, version: number): DecodedConversation[] {
  return prepared<[number, number], { number: number }>(
    db,
    'SELECT number FROM version WHERE rid = ? AND number <> ? ORDER BY number',
  )
    .all(rid, version)
    .map(({ number }) => decodedIfSound(db, rid, number))
    .filter((decoded) => decoded !== null);
}

/** A version decoded, or null when its stored bytes are damaged. */
export function decodedIfSound(db: Database, rid: number, version: number): DecodedConversation | null {
  try {
    return loadDecoded(db, rid, version);
  } catch (error) {
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}
