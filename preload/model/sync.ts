/** Sync, coverage and what the archive can claim. */
import { z } from 'zod';
import { accountIdSchema, count, epochMs, sourceSchema } from './common.ts';

export const sourceSyncSchema = z.strictObject({
  source: sourceSchema,
  requests: count,
  received: count,
  added: count,
  changed: count,
  unchanged: count,
  windowsComplete: count,
  windowsIncomplete: count,
  repairsPending: count,
  startedAt: epochMs,
  endedAt: epochMs,
  /** What stopped this source; the others went on. Absent: nothing did. */
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
});
export type SourceSync = z.infer<typeof sourceSyncSchema>;

export const syncReportSchema = z.strictObject({
  accounts: z.array(z.strictObject({ accountId: accountIdSchema, sources: z.array(sourceSyncSchema) })),
  complete: z.boolean(),
});
export type SyncReport = z.infer<typeof syncReportSchema>;

export const coverageStateSchema = z.enum(['complete', 'partial', 'pending', 'never']);
export type CoverageState = z.infer<typeof coverageStateSchema>;

/** Why a day counts as archived or not, as an auditor calls it (evidence.md section 1). */
export const verdictSchema = z.enum(['complete', 'provisional', 'gap', 'beyond-retention']);

export const coverageDaySchema = z.strictObject({
  /** UTC day, `YYYY-MM-DD`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  state: coverageStateSchema,
  /** What the API reported for the day, where a window that covers it was asked. */
  reported: count.nullable(),
  archived: count,
  /** Finer than `state`: tells a gap from what the source had already deleted. */
  verdict: verdictSchema.optional(),
});
export type CoverageDay = z.infer<typeof coverageDaySchema>;

/** UTC days, both included. */
const dayRangeSchema = z.strictObject({ from: z.string(), to: z.string(), days: count });

export const sourceStatusSchema = z.strictObject({
  source: sourceSchema,
  conversations: count,
  messages: count,
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  coverage: z.array(coverageDaySchema),
  /** What the source's 13-month limit deletes next. */
  retention: z.strictObject({
    nextDeletionDay: z.string().nullable(),
    conversations: count,
    archived: z.boolean(),
  }),
  lastSyncAt: epochMs.nullable(),
  lastError: z.string().nullable(),
  repairsPending: count,
  nextRepairAt: epochMs.nullable(),
  /** Days that are not archived for certain and that the source deletes within a month. */
  gapsBecomingPermanent: z.array(dayRangeSchema).optional(),
  /** Days that were to be archived, were not, and are gone at the source. */
  permanentGaps: z.array(dayRangeSchema).optional(),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

export const statusSchema = z.strictObject({
  archiveFolder: z.string(),
  diskBytes: count,
  accounts: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      label: z.string().nullable(),
      demo: z.boolean(),
      removed: z.boolean(),
      /** Scheduled syncs leave it alone. */
      paused: z.boolean().optional(),
      sources: z.array(sourceStatusSchema),
    }),
  ),
});
export type Status = z.infer<typeof statusSchema>;

/** What the archive can claim about a range of days, in words that an auditor can quote. */
export const coverageStatementSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  verdict: verdictSchema,
  text: z.string(),
  sources: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      source: sourceSchema,
      verdict: verdictSchema,
      days: count,
      completeDays: count,
      /** Null when the source was not asked for each of the days. */
      reported: count.nullable(),
      archived: count,
      /** The days that are not complete. */
      missing: z.array(z.strictObject({ day: z.string(), verdict: verdictSchema })),
      text: z.string(),
    }),
  ),
});
export type CoverageStatement = z.infer<typeof coverageStatementSchema>;

/** One run of sync over one source, as a person reads it. */
export const syncLogEntrySchema = z.strictObject({
  id: z.number().int(),
  accountId: accountIdSchema,
  source: sourceSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  state: z.enum(['running', 'complete', 'incomplete', 'failed', 'cancelled', 'interrupted']),
  requests: count,
  received: count,
  added: count,
  changed: count,
  unchanged: count,
  windowsComplete: count,
  windowsIncomplete: count,
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  events: z.array(z.strictObject({ time: epochMs, level: z.enum(['info', 'warning', 'error']), text: z.string() })),
});
export type SyncLogEntry = z.infer<typeof syncLogEntrySchema>;

/** When the app syncs by itself. */
export const syncScheduleSchema = z.strictObject({
  /** Null: never by the clock. */
  intervalMinutes: z.number().int().min(5).max(44_640).nullable().default(60),
  onStart: z.boolean().default(true),
  onResume: z.boolean().default(true),
  onlyUnmetered: z.boolean().default(false),
  onlyOnAc: z.boolean().default(false),
});
export type SyncSchedule = z.infer<typeof syncScheduleSchema>;
