import { z } from 'zod';
import * as model from '../model.ts';
import { none, query, timeZone, type Calls } from './call.ts';

const person = z.string().trim().min(2).max(200);
const reason = z.string().trim().min(1).max(4000);
const className = z.string().trim().min(1).max(200);

export const dispositionCalls = {
  'retention.list': { lane: 'read', input: none, output: z.array(model.retentionClassSchema), timeoutMs: 10_000 },
  /** Makes a class, or changes the one of that name. By itself it destroys nothing. */
  'retention.set': {
    lane: 'write',
    input: z.strictObject({ name: className, query, timeZone, keepDays: z.number().int().min(1).max(36_500) }),
    output: model.retentionClassSchema,
    timeoutMs: 30_000,
  },
  'retention.remove': {
    lane: 'write',
    input: z.strictObject({ name: className, reason }),
    output: none,
    timeoutMs: 30_000,
  },
  /** What the classes would destroy now. Destroys nothing; the plan is kept until somebody else confirms it. */
  'disposition.plan': {
    lane: 'write',
    input: z.strictObject({ by: person }),
    output: model.dispositionSchema,
    timeoutMs: 3_600_000,
  },
  /** Carries out a plan by its hash, confirmed by another person than the one who made it. Goes on with one that was interrupted. */
  'disposition.run': {
    lane: 'write',
    input: z.strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      confirmedBy: person,
      reason,
    }),
    output: model.dispositionSchema,
    timeoutMs: 24 * 3_600_000,
  },
  /** All plans, the latest first. */
  'disposition.list': {
    lane: 'read',
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(50) }),
    output: z.array(model.dispositionSchema),
    timeoutMs: 10_000,
  },
} as const satisfies Calls;
