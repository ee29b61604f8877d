import type { ReactNode } from 'react';
import type { Mark } from '../../../preload/model.ts';

export interface NumberedMark extends Mark {
  /** Position among all hits of the conversation. */
  number: number;
}

interface MarkedTextProps {
  text: string;
  marks: readonly NumberedMark[];
  /** The hit that next/previous stands on. */
  current: number;
}

/** A message's text with its hits. Always text nodes: nothing from a transcript ever becomes HTML. */
export function MarkedText({ text, marks, current }: MarkedTextProps) {
  if (marks.length === 0) return text;
  const nodes: ReactNode[] = [];
  let position = 0;
  for (const mark of marks) {
    if (mark.start < position) continue;
    nodes.push(text.slice(position, mark.start));
    nodes.push(
      <mark key={mark.number} data-hit={mark.number} data-current={mark.number === current ? '' : undefined}>
        {text.slice(mark.start, mark.end)}
      </mark>,
    );
    position = mark.end;
  }
  nodes.push(text.slice(position));
  return nodes;
}
