import type { ReactNode } from 'react';
import type { FactMark } from '../../../preload/model.ts';

/** A fact's text with the places that the query found. */
export function MarkedFact({ text, marks }: { text: string; marks: readonly FactMark[] }) {
  const nodes: ReactNode[] = [];
  let position = 0;
  for (const { start, end } of marks.filter((mark) => mark.text === text)) {
    nodes.push(text.slice(position, start), <mark key={start}>{text.slice(start, end)}</mark>);
    position = end;
  }
  return [...nodes, text.slice(position)];
}
