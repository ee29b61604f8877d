import { z } from 'zod';
import * as model from '../model.ts';
import { none, type Calls } from './call.ts';

export const erasureCalls = {
  /** What happens to former versions of what the source erases, for the archive and for single accounts. */
  'erasure.policies': { lane: 'read', input: none, output: model.erasurePoliciesSchema, timeoutMs: 10_000 },
  /** Without an account: for all that have no policy of their own. Holds for what is erased from then on. */
  'erasure.setPolicy': {
    lane: 'write',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      /** Null takes back an account's own policy. */
      policy: model.erasurePolicySchema.nullable(),
    }),
    output: model.erasurePoliciesSchema,
    timeoutMs: 30_000,
  },
  /** Conversations that came back erased, the latest first; those that wait for somebody unless asked for others. */
  'erasure.list': {
    lane: 'read',
    input: z.strictObject({
      states: z.array(model.erasureStateSchema).min(1).max(5).default(['due', 'asked', 'held']),
      limit: z.number().int().min(1).max(200).default(100),
      offset: z.number().int().min(0).max(1_000_000_000).default(0),
    }),
    output: z.strictObject({
      erasures: z.array(model.erasureSchema),
      total: z.number().int().nonnegative(),
      /** Since when the files may still hold remains of what was destroyed; null when they hold none. */
      remainsSince: z.number().int().nullable(),
    }),
    timeoutMs: 30_000,
  },
  /**
   * Destroys the former versions of one conversation, or keeps them. Answers when the archive's files hold nothing of
   * what was destroyed any more, which takes minutes in a large archive.
   */
  'erasure.decide': {
    lane: 'write',
    input: z.strictObject({
      id: model.conversationIdSchema,
      decision: z.enum(['keep', 'purge']),
      reason: z.string().trim().min(1).max(4000),
    }),
    output: model.erasureSchema,
    timeoutMs: 3_600_000,
  },
} as const satisfies Calls;
