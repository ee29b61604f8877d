import type { Database } from 'better-sqlite3';
import { isTrusted, trusting } from './index-trust.ts';
import { knownMatchSet, matchSet, type MatchSet } from './match-set.ts';
import type { Plan } from './plan.ts';
import { countPages, readStructure } from './postings-format.ts';
import type { QueryNode } from './query-tree.ts';
import { asksForPlaces, isTellable } from './tellable.ts';

/**
 * The set to take a page from; null where FTS5 gives the first rows sooner. It goes through both lists of a phrase until it
 * has enough hits: at once for a common phrase, to their end for a rare one, and again for the next page.
 */
export function setForPage(db: Database, plan: Plan): MatchSet | null {
  const known = knownMatchSet(db, plan);
  if (known !== undefined) return known;
  const { root } = plan;
  if (root === null || !asksForPlaces(root) || !isTellable(root)) return null;
  return setForDistances(db, plan) ?? (areListsMiddling(db, root) ? matchSet(db, plan) : null);
}

/** The set where texts would have to be read to tell distances without it; null where there is no need. */
export function setForDistances(db: Database, plan: Plan): MatchSet | null {
  // Around a date, where only stored starts tell, a few rows are sooner read than the whole set made.
  const distances = plan.segments.some(({ verify, at }) => verify && at !== null);
  return distances && plan.root !== null && isTellable(plan.root) ? matchSet(db, plan) : null;
}

/** Of eight kilobytes: some milliseconds, once. */
const mostPages = 600;
const fewPages = 6;
const mostTokens = 20;

function areListsMiddling(db: Database, root: QueryNode): boolean {
  const tokens = tokensOf(root);
  if (tokens === null || tokens.size > mostTokens || !isTrusted(db)) return false;
  const pages = trusting(db, () => {
    const { segments } = readStructure(db);
    return [...tokens].map((token) => segments.reduce((sum, segment) => sum + countPages(db, segment, token), 0));
  });
  // A rare word leads FTS5 past all rows that do not have it.
  if (pages === null || pages.some((count) => count < fewPages)) return false;
  return pages.reduce((sum, count) => sum + count, 0) <= mostPages;
}

/** The words of a query; null when there are prefixes, or filters that may stand for many. */
function tokensOf(root: QueryNode): Set<string> | null {
  const tokens = new Set<string>();
  const pending: QueryNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    switch (node.kind) {
      case 'and':
      case 'or':
        pending.push(...node.children);
        break;
      case 'not':
        pending.push(node.child);
        break;
      case 'term':
        if (node.prefix) return null;
        for (const token of node.tokens) tokens.add(token);
        break;
      case 'date':
        break;
      case 'near':
      case 'filter':
      case 'number':
      case 'clock':
        return null;
    }
  }
  return tokens;
}
