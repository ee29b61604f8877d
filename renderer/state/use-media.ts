import { useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}

/** Below this the facets fold away (look.md). */
export const useFoldedFacets = () => useMedia('(max-width: 1099px)');
/** Below this list and reader are two steps (look.md). */
export const useSinglePane = () => useMedia('(max-width: 719px)');
