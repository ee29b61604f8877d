/** What reviewers add to conversations. */
import { z } from 'zod';
import { count, epochMs } from './common.ts';

/** A legal hold: while it is not released, nothing of its members' content is removed. */
export const holdSchema = z.strictObject({
  name: z.string(),
  reason: z.string(),
  scope: z.enum(['query', 'ids', 'case']),
  /** As typed, when the scope is a query. */
  query: z.string().nullable(),
  total: count,
  createdAt: epochMs,
  createdBy: z.string(),
  released: z.strictObject({ at: epochMs, by: z.string(), reason: z.string() }).nullable(),
});
export type Hold = z.infer<typeof holdSchema>;
