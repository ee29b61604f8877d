/** Packages of evidence, and the check of them and of the archive. */
import { z } from 'zod';
import { longestExpression, redactionProfileRules, redactionReason, redactionRules } from '../redaction-profiles.ts';
import { conversationIdSchema, count, epochMs, text } from './common.ts';

export const exportFormatSchema = z.enum([
  'csv',
  'xlsx',
  'json',
  'ndjson',
  'html',
  'pdf',
  'eml',
  'rsmf',
  'dat',
  'parquet',
]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** How the data of a package is divided: into folders of their own under data/, in the order of the export. */
export const exportSplitSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('month') }),
  z.strictObject({ by: z.literal('count'), conversations: z.number().int().min(1).max(100_000_000) }),
  /** A part ends with the conversation that reaches this size. */
  z.strictObject({ by: z.literal('size'), megabytes: z.number().int().min(1).max(10_000_000) }),
]);
export type ExportSplit = z.infer<typeof exportSplitSchema>;

const reason = z.string().regex(redactionReason, 'a short reason of letters, digits, blanks, "-" and "_"');

export const redactionSchema = z.strictObject({
  /** What the profile is called; stands in custody/export.json. */
  profile: z.string().min(1).max(100),
  rules: z.array(z.enum(redactionRules)).max(10),
  /** Regular expressions (flags g, i, u); the name is the reason that stands in the text's place. */
  expressions: z
    .array(z.strictObject({ name: reason, pattern: z.string().min(1).max(longestExpression) }))
    .max(50)
    .default([]),
  /** Stretches of messages, in UTF-16 units; hidden in every other copy within the same conversation too. */
  spans: z
    .array(z.strictObject({ id: conversationIdSchema, message: count, start: count, end: count, reason }))
    .max(10_000)
    .default([]),
});
export type Redaction = z.infer<typeof redactionSchema>;

/** The built-in profiles, by the names that `--redact` takes. */
export const redactionProfiles: Readonly<Record<string, Redaction>> = Object.fromEntries(
  Object.entries(redactionProfileRules).map(([profile, rules]) => [
    profile,
    { profile, rules: [...rules], expressions: [], spans: [] },
  ]),
);

export const exportRequestSchema = z.strictObject({
  query: text(100_000),
  /** Exactly these conversations instead of what the query finds. */
  ids: z.array(conversationIdSchema).min(1).max(100_000).optional(),
  /** Only those of them that are in this case. */
  case: z.string().trim().min(1).max(200).optional(),
  split: exportSplitSchema.optional(),
  /** What is hidden in everything that leaves. */
  redaction: redactionSchema.optional(),
  formats: z.array(exportFormatSchema).min(1).max(10),
  /** Absolute path of the package; a name that ends in `.zip` makes a zip. */
  out: z.string().min(1).max(4096),
  /** IANA zone in which local times are written; times of record stay UTC. */
  timeZone: text(64).default('UTC'),
  sort: z.enum(['newest', 'oldest']).default('oldest'),
  /** Each record as the archive knew it at this moment, and only those that it had. */
  asKnownOn: epochMs.optional(),
  /** The file alone, without a package around it; one format only. */
  bare: z.boolean().default(false),
  overwrite: z.boolean().default(false),
  /** Into the lake (bare parquet) that an earlier export made: only months that changed are written again. */
  update: z.boolean().optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportResultSchema = z.strictObject({
  path: z.string(),
  conversations: count,
  messages: count,
  /** Records that could not be exported, each listed in custody/errors.csv. */
  errors: count,
  files: count,
  bytes: count,
  formats: z.array(exportFormatSchema),
  /** The signed checkpoint inside, which is worth keeping elsewhere; null for a bare file. */
  checkpoint: z.string().nullable(),
});
export type ExportResult = z.infer<typeof exportResultSchema>;

export const verifyFailureSchema = z.strictObject({
  /** Conversation id, or the path of a file inside a package, or `archive`. */
  subject: z.string(),
  version: z.number().int().positive().nullable(),
  problem: z.string(),
});
export type VerifyFailure = z.infer<typeof verifyFailureSchema>;

export const verifyReportSchema = z.strictObject({
  /** `archive`, or the path of the package. */
  target: z.string(),
  ok: z.boolean(),
  /** What was checked, in words, with numbers. */
  checks: z.array(z.strictObject({ name: z.string(), checked: count, failed: count })),
  failures: z.array(verifyFailureSchema),
  /** Versions whose content was destroyed by an action in the log: of them only the place is proven. */
  destroyed: z.array(z.strictObject({ subject: z.string(), version: z.number().int().positive() })).optional(),
  /** Time stamps of authorities that hold: a checkpoint over the first `size` entries was there at `time`. */
  timeStamps: z
    .array(z.strictObject({ subject: z.string(), size: count, time: epochMs, authority: z.string() }))
    .optional(),
  /** The first leaves were read by a run that began then and was interrupted; their bytes are the same now. */
  continued: z.strictObject({ leaves: count, startedAt: epochMs }).optional(),
  /** What the check cannot prove, in words. */
  limits: z.array(z.string()),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;
