import type { ReactNode } from 'react';

// The characters of cli.md. Written here because the contract's own constants come with zod, which the page must not load.
const hitStart = '\uE000';
const hitEnd = '\uE001';

/** A snippet with its hits marked. Text becomes React nodes, never HTML. */
export function Snippet({ text }: { text: string }) {
  const nodes: ReactNode[] = [];
  for (const [position, part] of text.split(hitStart).entries()) {
    const end = part.indexOf(hitEnd);
    if (position === 0 || end < 0) nodes.push(part);
    else nodes.push(<mark key={position}>{part.slice(0, end)}</mark>, part.slice(end + 1));
  }
  return <bdi>{nodes}</bdi>;
}
