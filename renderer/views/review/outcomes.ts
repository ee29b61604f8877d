import type { Outcome } from '../../../preload/model.ts';

/** The key that decides so, in the queue and wherever a decision is asked for. */
export const outcomeKeys: readonly { key: string; outcome: Outcome }[] = [
  { key: '1', outcome: 'relevant' },
  { key: '2', outcome: 'not-relevant' },
  { key: '3', outcome: 'second-look' },
];
