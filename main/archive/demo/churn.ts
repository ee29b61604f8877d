import type { Faults } from './faults.ts';
import type { Candidate } from './search.ts';

/**
 * Data that move while a client pages (contract, section 5.5): a record that appears before the current offset (the
 * first page lacks it, the later ones count it), and one that vanishes for good. Only a record that nobody has seen
 * yet is held back, so that it looks exactly like one that ended late.
 */
export interface Churn {
  apply(hits: readonly Candidate[], paging: { offset: number; limit: number }, faults: Faults): Candidate[];
  /** By-id requests must not find what has vanished. */
  hasVanished(candidate: Candidate): boolean;
}

export function keyOf(candidate: Candidate): string {
  return `${candidate.record.source}:${candidate.record.remoteId}`;
}

export function createChurn(everShown: ReadonlySet<string>): Churn {
  const vanished = new Set<string>();
  return {
    hasVanished: (candidate) => vanished.has(keyOf(candidate)),
    apply(hits, paging, faults) {
      const present = hits.filter((hit) => !vanished.has(keyOf(hit)));
      const first = present[0];
      if (paging.offset > 0 && first !== undefined && faults.strikes('vanish', 'history')) {
        vanished.add(keyOf(first));
        return present.slice(1);
      }
      if (paging.offset === 0 && present.length > paging.limit && faults.strikes('insert', 'history')) {
        const unseen = present.slice(0, paging.limit).find((hit) => !everShown.has(keyOf(hit)));
        return present.filter((hit) => hit !== unseen);
      }
      return present;
    },
  };
}
