/** What searches answer, and searches on record. */
import { z } from 'zod';
import { accountIdSchema, conversationIdSchema, count, epochMs, sourceSchema, text } from './common.ts';
import { flagSchema, roleSchema } from './conversation.ts';

export const sortSchema = z.enum(['newest', 'oldest', 'relevance']);
export type Sort = z.infer<typeof sortSchema>;

/** Snippets mark hits with these two private-use characters (cli.md). */
export const hitStart = '\uE000';
export const hitEnd = '\uE001';

export const hitSchema = z.strictObject({
  id: conversationIdSchema,
  source: sourceSchema,
  accountId: accountIdSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  durationMs: count.nullable(),
  agents: z.array(z.string()),
  skills: z.array(z.string()),
  customer: z.string().nullable(),
  csat: z.number().nullable(),
  messageCount: count,
  flags: z.array(flagSchema),
  /** Start of what the customer wrote first, for rows that no word of the query matched. */
  preview: z.string(),
  matchedMessages: z.array(
    z.strictObject({ index: count, speaker: z.string(), role: roleSchema, private: z.boolean(), snippet: z.string() }),
  ),
});
export type Hit = z.infer<typeof hitSchema>;

export const facetSchema = z.strictObject({
  /** A filter of the query language, e.g. `agent`. */
  field: z.string(),
  values: z.array(z.strictObject({ value: z.string(), label: z.string(), total: count })),
});
export type Facet = z.infer<typeof facetSchema>;

export const histogramUnitSchema = z.enum(['hour', 'day', 'week', 'month', 'year']);
export type HistogramUnit = z.infer<typeof histogramUnitSchema>;

/** Says that search answers are incomplete, and how much so. */
export const indexStateSchema = z.strictObject({
  complete: z.literal(false),
  /** Conversations that the index holds, of `total`. */
  indexed: count,
  total: count,
  /** The index was made by rules of another version of the app and has to be rebuilt. */
  outdated: z.boolean(),
});
export type IndexState = z.infer<typeof indexStateSchema>;

export const suggestionSchema = z.strictObject({
  /** The word without a hit, as typed. */
  term: z.string(),
  suggestion: z.string(),
  /** The whole query with the word replaced. */
  query: z.string(),
});

/** A search on record: run again later, it must give the same hash. */
export const searchCertificateSchema = z.strictObject({
  kind: z.literal('transcript-archive search certificate'),
  version: z.literal(1),
  query: z.string().max(1_000_000),
  understoodAs: z.string(),
  timeZone: text(64),
  askedAt: z.iso.datetime(),
  index: z.strictObject({ format: z.number().int(), complete: z.boolean() }),
  /** Entries of the custody log that the searched state had. */
  logSize: count,
  total: count,
  /** Over the ids found, sorted by code unit, each with a line feed. */
  hitsSha256: z.string().regex(/^[0-9a-f]{64}$/u),
  terms: z.array(z.strictObject({ text: z.string(), said: z.array(z.string()).nullable(), total: count })),
  /** Each conversation decided on its stored text, without the index; null: was not asked for. */
  fullScan: z.strictObject({ conversations: count, found: count, agrees: z.boolean() }).nullable(),
  /** Position of the certificate's own entry in the custody log, and a signed checkpoint that includes it. */
  entry: count,
  checkpoint: z.string(),
});
export type SearchCertificate = z.infer<typeof searchCertificateSchema>;

export const certificateCheckSchema = z.strictObject({
  same: z.boolean(),
  differences: z.array(z.string()),
  /** As known when it was certified. */
  total: count,
  hitsSha256: z.string(),
  /** What the same query finds today. */
  totalNow: count,
});
export type CertificateCheck = z.infer<typeof certificateCheckSchema>;
