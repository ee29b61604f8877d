import type { Input } from '../../preload/contract.ts';
import type { CustodyEntry } from '../../preload/model.ts';
import type { Session } from './session.ts';

export type LogFilter = Omit<Input<'custody.list'>, 'limit' | 'before'>;

const largestPage = 200;

/** Entries of the custody log, newest first, page by page. @param limit how many at most; all of them if absent */
export async function logEntries(
  session: Session,
  filter: LogFilter,
  limit = Number.POSITIVE_INFINITY,
): Promise<CustodyEntry[]> {
  const entries: CustodyEntry[] = [];
  let before: number | undefined;
  while (entries.length < limit) {
    const page = await session.call('custody.list', {
      ...filter,
      limit: Math.min(largestPage, limit - entries.length),
      ...(before === undefined ? {} : { before }),
    });
    entries.push(...page.entries);
    if (page.next === null) break;
    before = page.next;
  }
  return entries;
}
