import type { QueryNode } from './query-tree.ts';

/** Filters that people, not records, make true. */
const labelFields: ReadonlySet<string> = new Set(['tag', 'case', 'hold', 'reviewed', 'reviewer', 'note']);
const labelChoices: Readonly<Record<string, readonly string[]>> = {
  has: ['hold', 'annotation'],
  is: ['reviewed', 'starred'],
};

/** Whether a query asks for anything that reviewers put on conversations. */
export function asksForLabels(root: QueryNode | null): boolean {
  const pending: QueryNode[] = root === null ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'not') pending.push(node.child);
    else if (node.kind === 'and' || node.kind === 'or') for (const child of node.children) pending.push(child);
    else if (node.kind === 'filter') {
      if (labelFields.has(node.field)) return true;
      const choices = labelChoices[node.field] ?? [];
      if (node.values.some(({ text }) => choices.includes(text))) return true;
    }
  }
  return false;
}
