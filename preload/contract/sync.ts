import { z } from 'zod';
import * as model from '../model.ts';
import { none, jobStarted, type Calls } from './call.ts';

export const syncCalls = {
  'sync.start': {
    lane: 'write',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      source: model.sourceSchema.optional(),
      since: z.number().int().optional(),
      until: z.number().int().optional(),
    }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** The scheduler's question: starts a sync if the schedule says that one is due, and says when the next one will be. */
  'sync.startDue': {
    lane: 'write',
    internal: true,
    input: z.strictObject({
      appStartedAt: z.number().int(),
      resumedAt: z.number().int().nullable(),
      metered: z.boolean().nullable(),
      onBattery: z.boolean().nullable(),
    }),
    output: z.strictObject({ jobId: z.string().nullable(), nextAt: z.number().nullable() }),
    timeoutMs: 30_000,
  },
  /** The scheduler leaves the account alone, and a sync that is under way stops at its next page. */
  'sync.pause': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: none,
    timeoutMs: 30_000,
  },
  'sync.resume': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: none,
    timeoutMs: 30_000,
  },
  /** What each run did, newest first. `before` continues with runs older than that id. */
  'sync.log': {
    lane: 'read',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.array(model.syncLogEntrySchema),
    timeoutMs: 30_000,
  },
  'sync.getSchedule': { lane: 'read', input: none, output: model.syncScheduleSchema, timeoutMs: 10_000 },
  'sync.setSchedule': { lane: 'write', input: model.syncScheduleSchema, output: none, timeoutMs: 30_000 },
  /** What the archive can claim about a range of days (by start, UTC, both ends included). */
  'coverage.statement': {
    lane: 'count',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      from: z.number().int(),
      to: z.number().int(),
    }),
    output: model.coverageStatementSchema,
    timeoutMs: 30_000,
  },
  'status.get': { lane: 'count', input: none, output: model.statusSchema, timeoutMs: 30_000 },
} as const satisfies Calls;
