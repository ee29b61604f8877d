/** What the source erased, and what becomes of it here. */
import { z } from 'zod';
import { accountIdSchema, conversationIdSchema, count, epochMs } from './common.ts';

/** What to do with the former versions of a conversation that came back erased. */
export const erasurePolicySchema = z.enum(['keep', 'purge', 'ask']);
export type ErasurePolicy = z.infer<typeof erasurePolicySchema>;

export const erasurePoliciesSchema = z.strictObject({
  /** For accounts that have none of their own. */
  archive: erasurePolicySchema,
  accounts: z.array(z.strictObject({ accountId: accountIdSchema, policy: erasurePolicySchema })),
});
export type ErasurePolicies = z.infer<typeof erasurePoliciesSchema>;

/**
 * `due`: the policy has not been applied yet. `asked`: waits for a person. `held`: would be purged, but for a legal
 * hold. `kept` and `purged` are settled.
 */
export const erasureStateSchema = z.enum(['due', 'asked', 'held', 'kept', 'purged']);
export type ErasureState = z.infer<typeof erasureStateSchema>;

/** A conversation that LivePerson erased after it was archived. */
export const erasureSchema = z.strictObject({
  id: conversationIdSchema,
  state: erasureStateSchema,
  noticedAt: epochMs,
  /** Former versions that still have their content. */
  versions: z.array(count),
  /** Legal holds in force on the conversation, by name. */
  holds: z.array(z.string()),
  settled: z
    .strictObject({
      at: epochMs,
      /** The person who decided; null where the policy or a hold did. */
      by: z.string().nullable(),
      reason: z.string(),
    })
    .nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;
