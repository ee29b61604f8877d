import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { Case } from '../../../preload/model.ts';
import { logChange } from '../evidence/custody.ts';
import { prepared } from '../store/statements.ts';
import { idOf, type Doing } from './doing.ts';
import { rewriteIndexRows } from './index-rows.ts';
import { foldedName, unknownName } from './names.ts';
import { taken } from './tags.ts';

export interface CaseRow {
  id: number;
  name: string;
  custodian: string;
  matter: string;
  description: string;
  created_ms: number;
  created_by: string;
  closed_ms: number | null;
  closed_by: string | null;
  close_reason: string | null;
  total: number;
}

const columns = `SELECT c.*, (SELECT count(*) FROM case_member WHERE review_case = c.id) AS total FROM review_case AS c`;

/** All cases, open ones first, then by name. */
export function listCases(db: Database): Case[] {
  return prepared<[], CaseRow>(db, `${columns} ORDER BY closed_ms IS NOT NULL, folded`)
    .all()
    .map((row) => publicCase(db, row));
}

/** @throws ArchiveError not-found, with the names nearest to it */
export function getCase(db: Database, name: string): CaseRow {
  const row = findCase(db, name);
  if (row !== undefined) return row;
  const names = prepared<[], { name: string }>(db, 'SELECT name FROM review_case').all();
  throw unknownName(
    'case',
    name,
    names.map((each) => each.name),
  );
}

/** @throws ArchiveError conflict for a name that a case has, whether open or closed */
export function createCase(db: Database, input: ParsedInput<'cases.create'>, doing: Doing): Case {
  const { name, custodian, matter, description } = input;
  return logChange(
    db,
    () => {
      if (findCase(db, name) !== undefined) throw taken('case', name);
      prepared<unknown[]>(
        db,
        `INSERT INTO review_case(name, folded, custodian, matter, description, created_ms, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ).run(name, foldedName(name), custodian, matter, description, doing.now, doing.actor.user);
      const facts = { custodian, matter, description };
      return { value: publicCase(db, getCase(db, name)), actions: [action('case-created', name, facts, doing)] };
    },
    doing.actor,
  );
}

/** @throws ArchiveError not-found; conflict when another case has the new name */
export function updateCase(db: Database, { name, newName, ...facts }: ParsedInput<'cases.update'>, doing: Doing): Case {
  return logChange(
    db,
    () => {
      const row = getCase(db, name);
      const from = { name: row.name, custodian: row.custodian, matter: row.matter, description: row.description };
      const given = Object.entries({ ...facts, name: newName }).filter(([, value]) => value !== undefined);
      const to = { ...from, ...(Object.fromEntries(given) as Partial<typeof from>) };
      const changed = (Object.keys(from) as (keyof typeof from)[]).filter((key) => from[key] !== to[key]);
      if (changed.length === 0) return { value: publicCase(db, row), actions: [] };
      const other = findCase(db, to.name);
      if (other !== undefined && other.id !== row.id) throw taken('case', to.name);
      prepared<unknown[]>(
        db,
        'UPDATE review_case SET name = ?, folded = ?, custodian = ?, matter = ?, description = ? WHERE id = ?',
      ).run(to.name, foldedName(to.name), to.custodian, to.matter, to.description, row.id);
      if (changed.includes('name') || changed.includes('matter')) rewriteIndexRows(db, caseRids(db, row.id), doing.now);
      const pick = (of: typeof from) => Object.fromEntries(changed.map((key) => [key, of[key]]));
      return {
        value: publicCase(db, getCase(db, to.name)),
        actions: [action('case-changed', row.name, { from: pick(from), to: pick(to) }, doing)],
      };
    },
    doing.actor,
  );
}

/** Closing a closed case, or opening an open one, changes nothing. @throws ArchiveError not-found */
export function setCaseClosed(
  db: Database,
  { name, reason }: ParsedInput<'cases.close'>,
  close: boolean,
  doing: Doing,
): Case {
  return logChange(
    db,
    () => {
      const row = getCase(db, name);
      if ((row.closed_ms !== null) === close) return { value: publicCase(db, row), actions: [] };
      prepared<unknown[]>(db, 'UPDATE review_case SET closed_ms = ?, closed_by = ?, close_reason = ? WHERE id = ?').run(
        ...(close ? [doing.now, doing.actor.user, reason] : [null, null, null]),
        row.id,
      );
      return {
        value: publicCase(db, getCase(db, name)),
        actions: [action(close ? 'case-closed' : 'case-reopened', row.name, { reason, members: row.total }, doing)],
      };
    },
    doing.actor,
  );
}

/** In order of their start. @throws ArchiveError not-found */
export function caseMembers(
  db: Database,
  { name, limit, offset }: ParsedInput<'cases.members'>,
): Output<'cases.members'> {
  const row = getCase(db, name);
  const rows = prepared<[number, number, number], { rid: number; added_ms: number; added_by: string; reason: string }>(
    db,
    `SELECT rid, added_ms, added_by, reason FROM case_member WHERE review_case = ? ORDER BY rid LIMIT ? OFFSET ?`,
  ).all(row.id, limit, offset);
  return {
    members: rows.map(({ rid, added_ms: addedAt, added_by: addedBy, reason }) => ({
      id: idOf(db, rid),
      addedAt,
      addedBy,
      reason,
    })),
    total: row.total,
  };
}

/** Row ids of a case's members, in order of their start. */
export function caseRids(db: Database, key: number): number[] {
  return prepared<[number], { rid: number }>(db, 'SELECT rid FROM case_member WHERE review_case = ? ORDER BY rid')
    .all(key)
    .map(({ rid }) => rid);
}

function findCase(db: Database, name: string): CaseRow | undefined {
  return prepared<[string], CaseRow>(db, `${columns} WHERE folded = ?`).get(foldedName(name));
}

function action(kind: string, name: string, details: Record<string, unknown>, { now }: Doing) {
  return { kind, time: now, subjects: [`case:${name}`], details: { name, ...details } };
}

function publicCase(db: Database, row: CaseRow): Case {
  const { closed_ms: at, closed_by: by, close_reason: reason } = row;
  const holds = prepared<[number], { name: string }>(
    db,
    'SELECT name FROM hold WHERE review_case = ? AND released_ms IS NULL ORDER BY id',
  ).all(row.id);
  return {
    name: row.name,
    custodian: row.custodian,
    matter: row.matter,
    description: row.description,
    total: row.total,
    createdAt: row.created_ms,
    createdBy: row.created_by,
    closed: at === null || by === null || reason === null ? null : { at, by, reason },
    holds: holds.map(({ name }) => name),
  };
}
