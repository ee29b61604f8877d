import type { Database } from 'better-sqlite3';
import type { Outcome, ReviewProgress } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';

/** How many conversations of a queue have been decided about, and how. */
export function progressOf(db: Database, queue: number): ReviewProgress {
  const rows = prepared<[number], { outcome: Outcome | null; total: number }>(
    db,
    `SELECT decision.outcome, count(*) AS total FROM review_queue_member AS member
     LEFT JOIN decision ON decision.rid = member.rid WHERE member.queue = ? GROUP BY decision.outcome`,
  ).all(queue);
  const progress = noProgress();
  for (const { outcome, total } of rows) {
    progress.total += total;
    if (outcome === null) continue;
    progress.reviewed += total;
    progress.outcomes[outcome] += total;
  }
  return progress;
}

export function noProgress(): ReviewProgress {
  return { total: 0, reviewed: 0, outcomes: noOutcomes() };
}

export function noOutcomes(): ReviewProgress['outcomes'] {
  return { relevant: 0, 'not-relevant': 0, 'second-look': 0 };
}
