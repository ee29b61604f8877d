import { z } from 'zod';
import * as model from '../model.ts';
import { jobStarted, query, timeZone, type Calls } from './call.ts';

export const exportCalls = {
  'export.start': { lane: 'work', input: model.exportRequestSchema, output: jobStarted, timeoutMs: 30_000 },
  /** About what an export would make, from the newest records of its scope. */
  'export.estimate': {
    lane: 'work',
    input: z.strictObject({
      query,
      ids: z.array(model.conversationIdSchema).min(1).max(100_000).optional(),
      case: model.exportRequestSchema.shape.case,
      timeZone,
      formats: model.exportRequestSchema.shape.formats,
      split: model.exportRequestSchema.shape.split,
    }),
    output: z.strictObject({
      conversations: z.number().int().nonnegative(),
      files: z.number().int().nonnegative(),
      bytes: z.number().int().nonnegative(),
      sampled: z.number().int().nonnegative(),
    }),
    timeoutMs: 60_000,
  },
  /** What a redaction profile would hide, counted over the newest `limit` conversations of a scope. */
  'export.previewRedaction': {
    lane: 'work',
    input: z.strictObject({
      query,
      ids: z.array(model.conversationIdSchema).min(1).max(100_000).optional(),
      case: model.exportRequestSchema.shape.case,
      timeZone,
      redaction: model.redactionSchema,
      limit: z.number().int().min(1).max(100_000).default(500),
    }),
    output: z.strictObject({
      /** Conversations of the scope, and how many of them were looked at. */
      total: z.number().int().nonnegative(),
      scanned: z.number().int().nonnegative(),
      /** With something to hide. */
      affected: z.number().int().nonnegative(),
      /** An export would list these as errors. */
      failed: z.number().int().nonnegative(),
      counts: z.array(z.strictObject({ rule: z.string(), reason: z.string(), total: z.number().int().nonnegative() })),
      /** Some of what would be hidden. */
      examples: z.array(
        z.strictObject({
          id: model.conversationIdSchema,
          place: z.string(),
          rule: z.string(),
          reason: z.string(),
          text: z.string(),
        }),
      ),
    }),
    timeoutMs: 300_000,
  },
  /** Without `path` the archive itself is checked; with it, a package that was exported. */
  'verify.start': {
    lane: 'work',
    input: z.strictObject({
      path: z.string().min(1).max(4096).optional(),
      /** `quick` does not read originals. */
      mode: z.enum(['quick', 'full']).default('full'),
      /** Text of a signed checkpoint that was kept elsewhere: only additions may have happened since. */
      since: z.string().max(10_000).optional(),
      /** Does not go on from a full check that was interrupted. */
      fromStart: z.boolean().default(false),
    }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** Writes the report of a verification as JSON to a new file. */
  'verify.saveReport': {
    lane: 'work',
    input: z.strictObject({ report: model.verifyReportSchema, file: z.string().min(1).max(4096) }),
    output: z.strictObject({ path: z.string() }),
    timeoutMs: 30_000,
  },
} as const satisfies Calls;
