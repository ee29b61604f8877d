import { z } from 'zod';
import * as model from '../model.ts';
import { query, timeZone, asKnownOn, type Calls } from './call.ts';

export const searchCalls = {
  /** One page of results. `cursor` continues a former page; `offset` skips a number of hits. */
  'search.page': {
    lane: 'read',
    input: z.strictObject({
      query,
      sort: model.sortSchema.default('newest'),
      limit: z.number().int().min(1).max(200).default(50),
      offset: z.number().int().min(0).max(1_000_000_000).default(0),
      cursor: z.string().max(200).optional(),
      timeZone,
      asKnownOn,
    }),
    output: z.strictObject({
      hits: z.array(model.hitSchema),
      nextCursor: z.string().nullable(),
      elapsedMs: z.number().nonnegative(),
      /** Only while the index is not whole: then hits may be missing. */
      index: model.indexStateSchema.optional(),
    }),
    timeoutMs: 60_000,
  },
  /** The exact number of conversations, and of their messages, that a query finds. */
  'search.count': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, asKnownOn }),
    output: z.strictObject({
      total: z.number().int().nonnegative(),
      /** The query in words, as the app read it. */
      understoodAs: z.string(),
      elapsedMs: z.number().nonnegative(),
      /** For words that nothing in the archive has: the nearest word it does have. */
      suggestions: z.array(model.suggestionSchema).optional(),
      index: model.indexStateSchema.optional(),
    }),
    timeoutMs: 60_000,
  },
  'search.facets': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, values: z.number().int().min(1).max(1000).default(20) }),
    output: z.strictObject({ facets: z.array(model.facetSchema), elapsedMs: z.number().nonnegative() }),
    timeoutMs: 60_000,
  },
  /** How many hits started in each hour, day, … of the time zone. Without `unit`, the zoom that fits the hits. */
  'search.histogram': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, unit: model.histogramUnitSchema.optional() }),
    output: z.strictObject({
      unit: model.histogramUnitSchema,
      /** Consecutive, from the first with a hit to the last; `end` is just after it. */
      buckets: z.array(
        z.strictObject({ start: z.number().int(), end: z.number().int(), total: z.number().int().nonnegative() }),
      ),
      elapsedMs: z.number().nonnegative(),
    }),
    timeoutMs: 60_000,
  },
  /** Searches for the record, and seals the outcome in the custody log. */
  'certificates.create': {
    lane: 'work',
    input: z.strictObject({ query, timeZone, fullScan: z.boolean().default(false) }),
    output: model.searchCertificateSchema,
    timeoutMs: 3_600_000,
  },
  /** Runs a certified search again, on the archive as it was known then. */
  'certificates.check': {
    lane: 'work',
    input: z.strictObject({ certificate: model.searchCertificateSchema }),
    output: model.certificateCheckSchema,
    timeoutMs: 3_600_000,
  },
} as const satisfies Calls;
