import { z } from 'zod';
import * as model from '../model.ts';
import { timeZone, type Calls } from './call.ts';

const day = z.iso.date().optional();

export const dashboardCalls = {
  /** Figures of a query's conversations and of the period before, without the conversations. */
  'dashboard.figures': {
    lane: 'count',
    input: z.strictObject({
      /** Repeated in each mark of the answer, hence shorter than elsewhere. */
      query: z.string().max(4000),
      timeZone,
      /** Without both: everything, and nothing to compare with. */
      from: day,
      to: day,
      parts: z.array(model.dashboardPartSchema).max(10).default(model.dashboardPartSchema.options),
      /** How many values of each field. */
      values: z.number().int().min(1).max(50).default(8),
    }),
    output: model.dashboardSchema,
    timeoutMs: 60_000,
  },
} as const satisfies Calls;
