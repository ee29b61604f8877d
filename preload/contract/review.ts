import { z } from 'zod';
import * as model from '../model.ts';
import { none, query, timeZone, type Calls } from './call.ts';

export const reviewCalls = {
  /**
   * Keeps the content of conversations from being removed. A query's members are those it finds now (decision 0030).
   * Holding many rewrites their index rows in one transaction, during which the writer does nothing else.
   */
  'holds.create': {
    lane: 'write',
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      reason: z.string().trim().min(1).max(4000),
      scope: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('query'), query, timeZone }),
        z.strictObject({ kind: z.literal('ids'), ids: z.array(model.conversationIdSchema).min(1).max(100_000) }),
      ]),
    }),
    output: model.holdSchema,
    timeoutMs: 3_600_000,
  },
  /** All holds, the newest first; released ones too. */
  'holds.list': { lane: 'read', input: none, output: z.array(model.holdSchema), timeoutMs: 30_000 },
  'holds.release': {
    lane: 'write',
    input: z.strictObject({ name: z.string().min(1).max(200), reason: z.string().trim().min(1).max(4000) }),
    output: model.holdSchema,
    timeoutMs: 3_600_000,
  },
  /** The conversations of a hold, in order of their start. */
  'holds.members': {
    lane: 'read',
    input: z.strictObject({
      name: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(10_000).default(1000),
      offset: z.number().int().min(0).max(1_000_000_000).default(0),
    }),
    output: z.strictObject({
      ids: z.array(model.conversationIdSchema),
      total: z.number().int().nonnegative(),
    }),
    timeoutMs: 30_000,
  },
} as const satisfies Calls;
