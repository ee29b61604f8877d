import { columnOfRole } from './document.ts';
import type { QueryNode, TermNode } from './query-tree.ts';

/** A word or phrase of a query, which counts for how well a conversation fits. */
export interface Word {
  node: TermNode;
  /** As it stands in the MATCH expression. */
  text: string;
}

export interface WordGroups {
  /** ANDed groups of ORed words. */
  words: Word[][];
  /** There is nothing else in the query: the groups alone say what matches. */
  pure: boolean;
}

/** The words of a query that is an AND of words, ORs of words, and things without a share in the rank. */
export function wordGroups(root: QueryNode): WordGroups | null {
  const groups: WordGroups = { words: [], pure: true };
  for (const node of root.kind === 'and' ? root.children : [root]) {
    switch (node.kind) {
      case 'term':
      case 'or': {
        const nodes = node.kind === 'or' ? node.children : [node];
        const words = nodes.filter((each) => each.kind === 'term').map((each) => ({ node: each, text: textOf(each) }));
        if (words.some(({ node: { tokens, prefix } }) => tokens.length > 1 && prefix)) return null;
        if (nodes.some(({ kind }) => kind !== 'term' && kind !== 'filter' && kind !== 'number')) return null;
        if (words.length < nodes.length) groups.pure = false;
        groups.words.push(words);
        break;
      }
      case 'filter':
      case 'number':
      case 'clock':
        groups.pure = false;
        break;
      // Dates have become the range of row ids.
      case 'date':
        break;
      case 'not':
        // Words that a match must not hold have no share in its rank. In an AND behind NOT one of them may occur.
        if (!isPlain(node.child)) return null;
        groups.pure = false;
        break;
      case 'and':
      case 'near':
        return null;
    }
  }
  return groups;
}

function isPlain(node: QueryNode): boolean {
  if (node.kind === 'or') return node.children.every(isPlain);
  return node.kind !== 'and' && node.kind !== 'not' && node.kind !== 'near';
}

function textOf({ tokens, prefix, scope }: TermNode): string {
  const text = `"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
  return scope === null ? text : `{${scope.map((role) => columnOfRole[role]).join(' ')}} : ${text}`;
}

export function distinct(words: readonly Word[]): Word[] {
  return [...new Map(words.map((word) => [word.text, word])).values()];
}
