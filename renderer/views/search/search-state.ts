import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearch } from 'wouter';
import type { Sort } from '../../../preload/model.ts';
import { navigate } from '../../state/hash-location.ts';
import { rememberSearch } from '../../state/remembered.ts';

export interface SearchAddress {
  query: string;
  sort: Sort;
  id: string | null;
  message: number | null;
  /** Zone of the days in the query and of the times shown, where it is not the user's: coverage counts UTC days. */
  zone: string | null;
}

const sorts: readonly string[] = ['newest', 'oldest', 'relevance'] satisfies Sort[];

export function readAddress(search: string): SearchAddress {
  const parameters = new URLSearchParams(search);
  const sort = parameters.get('sort') ?? '';
  const message = parameters.get('m');
  return {
    query: parameters.get('q') ?? '',
    sort: sorts.includes(sort) ? (sort as Sort) : 'newest',
    id: parameters.get('id'),
    message: message !== null && /^\d+$/u.test(message) ? Number(message) : null,
    zone: parameters.get('zone') === 'UTC' ? 'UTC' : null,
  };
}

/** The address of a search, a conversation in it, and a message in that: what a deep link holds. */
export function searchHref(address: Partial<SearchAddress>): string {
  const parameters = new URLSearchParams();
  if (address.query !== undefined && address.query !== '') parameters.set('q', address.query);
  if (address.sort !== undefined && address.sort !== 'newest') parameters.set('sort', address.sort);
  if (address.id !== undefined && address.id !== null) parameters.set('id', address.id);
  if (address.message !== undefined && address.message !== null) parameters.set('m', String(address.message));
  if (address.zone !== undefined && address.zone !== null) parameters.set('zone', address.zone);
  const text = parameters.toString();
  return text === '' ? '/search' : `/search?${text}`;
}

export interface SearchState extends SearchAddress {
  /** A keystroke: searched at once, written into the address when the typing pauses (Chromium limits how often). */
  type: (query: string) => void;
  /** A step that "back" should undo. */
  go: (patch: Partial<SearchAddress>) => void;
  /** A step that "back" should skip, such as moving through the results. */
  move: (patch: Partial<SearchAddress>) => void;
}

export function useSearchState(): SearchState {
  const search = useSearch();
  const address = useMemo(() => readAddress(search), [search]);
  useEffect(() => rememberSearch(searchHref(address)), [address]);
  const [draft, setDraft] = useState(address.query);
  const [seen, setSeen] = useState(address.query);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Somebody else changed the address (back, a link, a facet): the field follows.
  if (seen !== address.query) {
    setSeen(address.query);
    setDraft(address.query);
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const current = { ...address, query: draft };
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });

  const go = useCallback((patch: Partial<SearchAddress>) => {
    clearTimeout(timer.current);
    navigate(searchHref({ ...latest.current, ...patch }));
  }, []);
  const move = useCallback((patch: Partial<SearchAddress>) => {
    clearTimeout(timer.current);
    navigate(searchHref({ ...latest.current, ...patch }), { replace: true });
  }, []);
  const type = useCallback((query: string) => {
    setDraft(query);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSeen(query);
      navigate(searchHref({ ...latest.current, query }), { replace: true });
    }, 400);
  }, []);
  return { ...current, type, go, move };
}
