import { expect } from 'vitest';
import { contract, type CallName, type Input, type ParsedInput } from '../../../preload/contract.ts';
import {
  startUndo,
  continueAction,
  continueUndo,
  getAction,
  startAction,
} from '../../../main/archive/review/actions.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import type { StoredAccount } from '../../../main/archive/store/accounts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { findConversation } from '../../../main/archive/store/transcripts.ts';
import type { ReviewAction, ReviewChange, ReviewScope } from '../../../preload/model.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';

export const ana = { now: 5, actor: { user: 'ana', host: 'desk', app: 'test' } };
export const ben = { now: 6, actor: { user: 'ben', host: 'desk', app: 'test' } };

/** An archive with three conversations: two speak of a refund, one does not. */
export function archive(): { writer: ArchiveWriter; account: StoredAccount; db: ArchiveWriter['db'] } {
  const writer = openTestWriter();
  const account = testAccount(writer);
  take(writer, account, 'chat', [
    chatText({ id: 'c1', texts: ['refund please'] }),
    chatText({ id: 'c2', texts: ['hello'], startedAt: march + minute }),
    chatText({ id: 'c3', texts: ['a refund'], startedAt: march + 2 * minute }),
  ]);
  return { writer, account, db: writer.db };
}

/** A call's input as its handler gets it, with defaults filled in. */
export function input<N extends CallName>(name: N, value: Input<N>): ParsedInput<N> {
  return contract[name].input.parse(value) as ParsedInput<N>;
}

/** Remote ids of what a query finds, in order of their start. */
export function found({ db }: ArchiveWriter, query: string): string[] {
  const rids = [...matchingRids(db, query, { sort: 'oldest', timeZone: 'UTC', now: march })];
  const name = db.prepare<[number], string>('SELECT remote_id FROM conversation WHERE rid = ?').pluck();
  return rids.map((rid) => name.get(rid) ?? '');
}

export function ridOf({ db }: ArchiveWriter, id: string): number {
  return findConversation(db, id).rid;
}

/** Does something to all of a scope, as the writer's handler does it, to the end. */
export function apply(
  { db }: ArchiveWriter,
  change: ReviewChange,
  scope: ReviewScope | readonly string[],
  doing = ana,
): ReviewAction {
  const { action } = startAction(db, change, 'kind' in scope ? scope : { kind: 'ids', ids: [...scope] }, doing);
  while (continueAction(db, action, doing) > 0);
  return getAction(db, action);
}

/** Takes the user's last action back, or the one named. */
export function undo({ db }: ArchiveWriter, key?: number, doing = ana): ReviewAction {
  const { action } = startUndo(db, key, doing);
  while (continueUndo(db, action, doing) > 0);
  return getAction(db, action);
}

export const refused = (code: string, hint?: string) =>
  expect.objectContaining(hint === undefined ? { code } : { code, hint }) as Error;
