import type { Database } from 'better-sqlite3';
import type { ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Tag, TagColor } from '../../../preload/model.ts';
import { logChange } from '../evidence/custody.ts';
import { prepared } from '../store/statements.ts';
import type { Doing } from './doing.ts';
import { rewriteIndexRows } from './index-rows.ts';
import { foldedName, unknownName } from './names.ts';

interface TagRow {
  id: number;
  name: string;
  color: TagColor;
  created_ms: number;
  created_by: string;
  total: number;
}

const columns = 'SELECT tag.*, (SELECT count(*) FROM tag_member WHERE tag = tag.id) AS total FROM tag';
const defaultColor: TagColor = 'grey';

/** All tags, by name. */
export function listTags(db: Database): Tag[] {
  return prepared<[], TagRow>(db, `${columns} ORDER BY folded`).all().map(publicTag);
}

/** @throws ArchiveError not-found, with the names nearest to it */
export function getTag(db: Database, name: string): TagRow {
  const row = findTag(db, name);
  if (row !== undefined) return row;
  throw unknownName(
    'tag',
    name,
    prepared<[], { name: string }>(db, 'SELECT name FROM tag')
      .all()
      .map((tag) => tag.name),
  );
}

/** Makes a tag; one that exists takes the colour. Must be called outside any transaction. */
export function createTag(db: Database, { name, color }: ParsedInput<'tags.create'>, doing: Doing): Tag {
  const known = findTag(db, name);
  if (known !== undefined) {
    return color === undefined || color === known.color ? publicTag(known) : updateTag(db, { name, color }, doing);
  }
  return logChange(
    db,
    () => ({
      value: publicTag(insertTag(db, name, color, doing)),
      actions: [action('tag-created', name, { color: color ?? defaultColor }, doing)],
    }),
    doing.actor,
  );
}

/** The tag of this name; made now where there is none, within the caller's transaction. */
export function ensureTag(db: Database, name: string, color: TagColor | undefined, doing: Doing): TagRow {
  return findTag(db, name) ?? insertTag(db, name, color, doing);
}

/**
 * Renames a tag or changes its colour. A name is part of the index rows of all conversations that have it: they
 * change along.
 * @throws ArchiveError not-found; conflict when another tag has the name
 */
export function updateTag(db: Database, input: ParsedInput<'tags.update'>, doing: Doing): Tag {
  const { name, newName, color } = input;
  return logChange(
    db,
    () => {
      const tag = getTag(db, name);
      const to = { name: newName ?? tag.name, color: color ?? tag.color };
      if (to.name === tag.name && to.color === tag.color) return { value: publicTag(tag), actions: [] };
      const folded = foldedName(to.name);
      const other = findTag(db, to.name);
      if (other !== undefined && other.id !== tag.id) throw taken('tag', to.name);
      prepared<unknown[]>(db, 'UPDATE tag SET name = ?, folded = ?, color = ? WHERE id = ?').run(
        to.name,
        folded,
        to.color,
        tag.id,
      );
      if (to.name !== tag.name) rewriteIndexRows(db, ridsOf(db, tag.id), doing.now);
      const facts = { from: { name: tag.name, color: tag.color }, to };
      return { value: publicTag(getTag(db, to.name)), actions: [action('tag-changed', tag.name, facts, doing)] };
    },
    doing.actor,
  );
}

/** @throws ArchiveError not-found; conflict while a conversation has it */
export function removeTag(db: Database, name: string, doing: Doing): void {
  logChange(
    db,
    () => {
      const tag = getTag(db, name);
      if (tag.total > 0) {
        throw new ArchiveError('conflict', `${tag.total} conversations have the tag “${tag.name}”.`, {
          hint: `Take it off them first: search for tag:"${tag.name}" and remove the tag from all results.`,
          details: { total: tag.total },
        });
      }
      prepared<[number]>(db, 'DELETE FROM tag WHERE id = ?').run(tag.id);
      return { value: undefined, actions: [action('tag-removed', tag.name, {}, doing)] };
    },
    doing.actor,
  );
}

/** Two things of one kind cannot have names that search takes for the same. */
export function taken(what: string, name: string): ArchiveError {
  return new ArchiveError('conflict', `There is a ${what} of the name “${name}” already.`, {
    hint: 'Choose another name. Upper and lower case, accents and blanks make no difference.',
  });
}

function findTag(db: Database, name: string): TagRow | undefined {
  return prepared<[string], TagRow>(db, `${columns} WHERE folded = ?`).get(foldedName(name));
}

function insertTag(db: Database, name: string, color: TagColor = defaultColor, { now, actor }: Doing): TagRow {
  prepared<unknown[]>(db, 'INSERT INTO tag(name, folded, color, created_ms, created_by) VALUES (?, ?, ?, ?, ?)').run(
    name,
    foldedName(name),
    color,
    now,
    actor.user,
  );
  return getTag(db, name);
}

function ridsOf(db: Database, tag: number): number[] {
  return prepared<[number], { rid: number }>(db, 'SELECT rid FROM tag_member WHERE tag = ? ORDER BY rid')
    .all(tag)
    .map(({ rid }) => rid);
}

function action(kind: string, name: string, details: Record<string, unknown>, { now }: Doing) {
  return { kind, time: now, subjects: [`tag:${name}`], details: { name, ...details } };
}

function publicTag({ name, color, total, created_ms: createdAt, created_by: createdBy }: TagRow): Tag {
  return { name, color, total, createdAt, createdBy };
}
