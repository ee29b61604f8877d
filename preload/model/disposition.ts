/** How long conversations are kept, and how they are destroyed when that is over. */
import { z } from 'zod';
import { count, epochMs } from './common.ts';

/** Conversations that a query finds are kept for so many days after they ended. */
export const retentionClassSchema = z.strictObject({
  name: z.string(),
  query: z.string(),
  timeZone: z.string(),
  keepDays: z.number().int().min(1),
  setAt: epochMs,
  setBy: z.string(),
});
export type RetentionClass = z.infer<typeof retentionClassSchema>;

/** What would be destroyed, and why. Its hash is what a second person confirms. */
export const dispositionPlanSchema = z.strictObject({
  plannedAt: z.string(),
  /** As the person who planned it gave it. */
  plannedBy: z.string(),
  classes: z.array(
    z.strictObject({
      name: z.string(),
      query: z.string(),
      timeZone: z.string(),
      keepDays: z.number().int(),
      /** Conversations that the query finds, and those of them that have been kept long enough. */
      matched: count,
      expired: count,
    }),
  ),
  /** Expired in one class, but to be kept longer by another. */
  keptByAnother: count,
  held: count,
  conversations: count,
  versions: count,
  messages: count,
  /** Of the ids of the conversations that would be destroyed, sorted, one a line. */
  membersSha256: z.string(),
});
export type DispositionPlan = z.infer<typeof dispositionPlanSchema>;

/** The statement at the end: what was destroyed, on whose word, and where the custody log says so. */
export const destructionCertificateSchema = z.strictObject({
  kind: z.literal('transcript-archive certificate of destruction'),
  version: z.literal(1),
  plan: dispositionPlanSchema,
  planSha256: z.string(),
  confirmedBy: z.string(),
  reason: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  destroyed: z.strictObject({ conversations: count, versions: count, membersSha256: z.string() }),
  /** Came under a hold, or got another version, after the plan was made. */
  held: count,
  changed: count,
  /** Positions in the custody log of the entries that name each conversation. */
  entries: z.array(count),
});
export type DestructionCertificate = z.infer<typeof destructionCertificateSchema>;

export const dispositionSchema = z.strictObject({
  sha256: z.string(),
  state: z.enum(['planned', 'running', 'done']),
  plan: dispositionPlanSchema,
  certificate: destructionCertificateSchema.nullable(),
});
export type Disposition = z.infer<typeof dispositionSchema>;
