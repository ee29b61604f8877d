import { useState } from 'react';
import { rememberHere, rememberedHere } from '../../state/remembered.ts';
import { isBoolean, isStringList } from '../../state/use-stored.ts';
import { targetOf, targetOfQuery } from '../review/target.ts';
import type { ReviewTarget } from '../review/target.ts';

export interface Selection {
  count: number;
  /** Every result, also those that no page has been fetched of. */
  all: boolean;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  add: (ids: readonly string[]) => void;
  selectAll: () => void;
  clear: () => void;
  target: ReviewTarget | null;
  /** The search that finds exactly the selected ones, where all are selected but some. */
  query: string | null;
  /** Those selected one by one. */
  ids: readonly string[];
}

interface Chosen {
  query: string;
  /** Selected rows, or with `all` those that are not. */
  ids: ReadonlySet<string>;
  all: boolean;
}

/** A longer list is for actions, not for the next reload. */
const mostRemembered = 2000;

function recall(): Chosen {
  const { query, ids, all } = { query: '', ids: [], all: false, ...(rememberedHere('selection') as object | null) };
  return { query, ids: new Set(isStringList(ids) ? ids : []), all: isBoolean(all) && all };
}

/** Which results are selected. It outlives paging and reading, and ends with the search. */
export function useSelection(query: string, zone: string, total: number): Selection {
  const [state, setState] = useState<Chosen>(recall);
  const chosen: Chosen = state.query === query ? state : { query, ids: new Set(), all: false };
  const set = (ids: Iterable<string>, all: boolean) => {
    const next = { query, ids: new Set(ids), all };
    setState(next);
    rememberHere('selection', next.ids.size > mostRemembered ? null : { query, ids: [...next.ids], all });
  };
  const count = chosen.all ? Math.max(0, total - chosen.ids.size) : chosen.ids.size;
  const exactQuery = chosen.all ? withoutIds(query, chosen.ids) : null;
  const ids = chosen.all ? [] : [...chosen.ids];
  return {
    count,
    all: chosen.all,
    has: (id) => chosen.ids.has(id) !== chosen.all,
    toggle: (id) => {
      const next = new Set(chosen.ids);
      if (!next.delete(id)) next.add(id);
      set(next, chosen.all);
    },
    add: (more) =>
      set(chosen.all ? [...chosen.ids].filter((id) => !more.includes(id)) : [...chosen.ids, ...more], chosen.all),
    selectAll: () => set([], true),
    clear: () => set([], false),
    target: exactQuery === null ? targetOf(ids) : targetOfQuery(exactQuery, zone, count),
    query: exactQuery,
    ids,
  };
}

function withoutIds(query: string, ids: ReadonlySet<string>): string {
  if (ids.size === 0) return query;
  const excluded = `-id:${[...ids].map((id) => `"${id}"`).join(',')}`;
  return query.trim() === '' ? excluded : `(${query}) ${excluded}`;
}
