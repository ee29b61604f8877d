import { useSyncExternalStore } from 'react';

/**
 * The whole address lives in the fragment (`#/search?q=…&id=…`), so that it works alike under `app://`, on loopback and
 * in a bookmark, and no server ever sees a query. wouter's own hash location keeps the query outside the fragment.
 */
function fragment(): string {
  const raw = location.hash.replace(/^#\/?/u, '');
  return `/${raw}`;
}

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  addEventListener('archive:location', onChange);
  return () => {
    removeEventListener('hashchange', onChange);
    removeEventListener('archive:location', onChange);
  };
}

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const url = `#${to.startsWith('/') ? to : `/${to}`}`;
  if (url === location.hash) return;
  if (options.replace === true) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  // pushState tells nobody.
  dispatchEvent(new Event('archive:location'));
}

const currentPath = () => fragment().split('?')[0] ?? '/';
const currentSearch = () => fragment().split('?')[1] ?? '';

/** For wouter's `<Router hook>`. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, currentPath), navigate];
}

/** For wouter's `<Router searchHook>`. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, currentSearch);
}
