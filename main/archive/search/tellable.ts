import { rangeTokens } from './number-token.ts';
import type { NumberNode, QueryNode } from './query-tree.ts';

/** Whether tokens say exactly which numbers lie in the ranges. */
export function isExactNumber({ field, ranges }: NumberNode): boolean {
  return ranges.every((range) => rangeTokens(field, range, 'over').exact);
}

/** Whether the places of words count, not only which conversations have them. */
export function asksForPlaces(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(asksForPlaces);
  if (node.kind === 'not') return asksForPlaces(node.child);
  return node.kind === 'near' || (node.kind === 'term' && node.tokens.length > 1);
}

/** Whether sets can tell what matches without any text being read. */
export function isTellable(node: QueryNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.every(isTellable);
    case 'not':
      return isTellable(node.child);
    case 'near':
      return !node.terms.some(({ prefix }) => prefix);
    case 'number':
      return isExactNumber(node);
    case 'term':
    case 'filter':
    case 'date':
    case 'clock':
      return true;
  }
}
