/** Figures over many conversations. Each carries the query that leads to the conversations behind it. */
import { z } from 'zod';
import { count } from './common.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

/** A number of conversations, and the query that finds exactly these. Null: the query language cannot say it. */
const figureSchema = z.strictObject({ total: count, query: z.string().nullable() });
export type Figure = z.infer<typeof figureSchema>;

export const dashboardPartSchema = z.enum(['volume', 'rates', 'scores', 'spans', 'hours', 'values']);
export type DashboardPart = z.infer<typeof dashboardPartSchema>;

/** Calendar days of the asker's zone, both included. */
const dayRangeSchema = z.strictObject({ from: day, to: day });

const dashboardBucketSchema = z.strictObject({
  from: day,
  to: day,
  /** False where the period ends before the week, month or year does: its figures are not comparable. */
  whole: z.boolean(),
});
export type DashboardBucket = z.infer<typeof dashboardBucketSchema>;

const scoreSchema = z.strictObject({
  field: z.enum(['csat', 'nps', 'mcs']),
  mean: z.number().nullable(),
  /** Conversations that have one. */
  scored: figureSchema,
  buckets: z.array(z.strictObject({ mean: z.number().nullable(), scored: figureSchema })),
  /** How often each answer was given, in ascending order; not for MCS, which is computed. */
  answers: z.array(z.strictObject({ value: z.number(), mark: figureSchema })),
});
export type Score = z.infer<typeof scoreSchema>;

const spanFigureSchema = z.strictObject({
  field: z.enum(['duration', 'waiting']),
  known: figureSchema,
  /** The fewest whole seconds within which so many of a hundred lie; `mark` counts those at or below. */
  percentiles: z.array(z.strictObject({ percent: z.number(), ms: count, mark: figureSchema })),
  /** From `from` (included) to `to` (not included), in milliseconds; null: no end. */
  bars: z.array(z.strictObject({ from: count, to: count.nullable(), mark: figureSchema })),
});
export type SpanFigure = z.infer<typeof spanFigureSchema>;

const valuesSchema = z.strictObject({
  /** A filter of the query language. */
  field: z.string(),
  /** Commonest first. A conversation with two agents counts for both. */
  values: z.array(z.strictObject({ value: z.string(), mark: figureSchema })),
  /** How many more values there are. */
  others: count,
});
export type ValuesFigure = z.infer<typeof valuesSchema>;

/** The figures of one period: those parts that were asked for. Lists named `buckets` go with `buckets`. */
const dashboardSliceSchema = z.strictObject({
  days: dayRangeSchema,
  buckets: z.array(dashboardBucketSchema),
  total: figureSchema,
  volume: z.array(z.strictObject({ source: z.string(), buckets: z.array(figureSchema) })).optional(),
  rates: z
    .array(
      z.strictObject({ feature: z.enum(['note', 'transfer']), mark: figureSchema, buckets: z.array(figureSchema) }),
    )
    .optional(),
  scores: z.array(scoreSchema).optional(),
  spans: z.array(spanFigureSchema).optional(),
  /** 24 hours of Monday, then of Tuesday …; of the asked period only. */
  hours: z.array(figureSchema).optional(),
  values: z.array(valuesSchema).optional(),
});
export type DashboardSlice = z.infer<typeof dashboardSliceSchema>;

export const dashboardSchema = z.strictObject({
  understoodAs: z.string(),
  unit: z.enum(['day', 'week', 'month', 'year']),
  period: dashboardSliceSchema,
  /** As long, and just before; null where the period is everything there is. */
  before: dashboardSliceSchema.nullable(),
  elapsedMs: z.number().nonnegative(),
});
export type Dashboard = z.infer<typeof dashboardSchema>;
