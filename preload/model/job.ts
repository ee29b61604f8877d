/** Work that takes longer than a second. */
import { z } from 'zod';
import { count, epochMs } from './common.ts';
import { syncReportSchema } from './sync.ts';
import { exportResultSchema, verifyReportSchema } from './export.ts';
import { reviewActionSchema } from './review.ts';
import { backupResultSchema, importResultSchema } from './archive.ts';

const errorValueSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

const jobBase = {
  id: z.string(),
  /** What the job is doing now, in a few plain words, e.g. `chat 3–10 Mar 2026`. */
  phase: z.string(),
  done: count,
  total: count.nullable(),
  unit: z.enum(['conversations', 'days', 'records', 'files', 'pages', 'bytes']),
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  error: errorValueSchema.optional(),
};

/** Work that takes longer than a second: shown with progress, can be cancelled, ends with a result. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sync'), ...jobBase, result: syncReportSchema.optional() }),
  z.strictObject({ kind: z.literal('export'), ...jobBase, result: exportResultSchema.optional() }),
  z.strictObject({ kind: z.literal('verify'), ...jobBase, result: verifyReportSchema.optional() }),
  z.strictObject({ kind: z.literal('backup'), ...jobBase, result: backupResultSchema.optional() }),
  z.strictObject({ kind: z.literal('import'), ...jobBase, result: importResultSchema.optional() }),
  z.strictObject({ kind: z.literal('review'), ...jobBase, result: reviewActionSchema.optional() }),
  z.strictObject({ kind: z.literal('optimize'), ...jobBase }),
]);
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];
