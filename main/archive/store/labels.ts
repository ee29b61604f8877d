import type { Database } from 'better-sqlite3';
import type { FacetValue, Label } from '../search/document.ts';
import { tokensOf } from '../search/fold.ts';
import { prepared } from './statements.ts';

interface LabelRow {
  field: Label['field'] | 'matter';
  value: string;
}

const labelsSql = `
  SELECT 'tag' AS field, tag.name AS value
    FROM tag_member AS member JOIN tag ON tag.id = member.tag WHERE member.rid = :rid
  UNION ALL SELECT 'case', c.name
    FROM case_member AS member JOIN review_case AS c ON c.id = member.review_case WHERE member.rid = :rid
  UNION ALL SELECT 'matter', c.matter
    FROM case_member AS member JOIN review_case AS c ON c.id = member.review_case
    WHERE member.rid = :rid AND c.matter <> ''
  UNION ALL SELECT 'hold', hold.name
    FROM hold_member AS member JOIN hold ON hold.id = member.hold
    WHERE member.rid = :rid AND hold.released_ms IS NULL
  UNION ALL SELECT 'reviewed', outcome FROM decision WHERE rid = :rid
  UNION ALL SELECT 'reviewer', decided_by FROM decision WHERE rid = :rid
  UNION ALL SELECT 'is', 'starred' FROM star WHERE rid = :rid
  UNION ALL SELECT 'note', text FROM review_note WHERE rid = :rid AND removed_ms IS NULL`;

/** What people put on a conversation: the index has to find it by that, too. */
export function labelsOf(db: Database, rid: number): Label[] {
  return labelsIn(labelRows(db, rid));
}

/** The same as facets: a case by its name only, and no words of notes. */
export function labelFacets(db: Database, rid: number): FacetValue[] {
  return facetsIn(labelRows(db, rid));
}

/** Both, from one look. */
export function labelsAndFacets(db: Database, rid: number): { labels: Label[]; facets: FacetValue[] } {
  const rows = labelRows(db, rid);
  return { labels: labelsIn(rows), facets: facetsIn(rows) };
}

function labelsIn(rows: readonly LabelRow[]): Label[] {
  const labels: Label[] = [];
  const marks = new Set<string>();
  for (const { field, value } of rows) {
    if (field === 'matter') labels.push({ field: 'case', value });
    else if (field === 'note') {
      for (const word of new Set(tokensOf(value))) labels.push({ field, value: word });
      marks.add('annotation');
    } else labels.push({ field, value });
    if (field === 'hold') marks.add('hold');
    if (field === 'reviewed') labels.push({ field: 'is', value: 'reviewed' });
  }
  for (const value of marks) labels.push({ field: 'has', value });
  return labels;
}

function facetsIn(rows: readonly LabelRow[]): FacetValue[] {
  const facets: FacetValue[] = [];
  const marks = new Set<string>();
  for (const { field, value } of rows) {
    if (field === 'note') marks.add('annotation');
    else if (field !== 'matter') facets.push({ field, value });
    if (field === 'hold') marks.add('hold');
    if (field === 'reviewed') facets.push({ field: 'is', value: 'reviewed' });
  }
  for (const value of marks) facets.push({ field: 'has', value });
  return facets;
}

function labelRows(db: Database, rid: number): LabelRow[] {
  return prepared<[{ rid: number }], LabelRow>(db, labelsSql).all({ rid });
}
