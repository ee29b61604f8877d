import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { rememberHere, rememberedHere } from '../../state/remembered.ts';
import { isNumber } from '../../state/use-stored.ts';

interface Place {
  of: string;
  top: number;
}

function placeIn(list: string): number {
  const { of, top } = { of: '', top: 0, ...(rememberedHere('scroll') as Partial<Place> | null) };
  return of === list && isNumber(top) ? top : 0;
}

/** Whether a list is remembered to have been scrolled. */
export const hasPlace = (list: string): boolean => placeIn(list) > 0;

/** A list comes back to where it was after a reload or a look at another screen; another list starts at its top. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>, list: string, height: number): () => void {
  const shown = useRef<string | null>(null);
  // Until as many rows are there as the place needs.
  const wanted = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || shown.current === list) return;
    wanted.current = shown.current === null ? placeIn(list) : 0;
    shown.current = list;
    element.scrollTo({ top: 0 });
  }, [scroller, list]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || wanted.current === 0 || height < wanted.current + element.clientHeight) return;
    element.scrollTo({ top: wanted.current });
    wanted.current = 0;
  }, [scroller, list, height]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (wanted.current === 0) rememberHere('scroll', { of: list, top: scroller.current?.scrollTop ?? 0 });
    }, 200);
  };
}
