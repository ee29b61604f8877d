import { z } from 'zod';
import * as model from '../model.ts';
import { none, query, asKnownOn, type Calls } from './call.ts';

export const conversationsCalls = {
  /** One transcript as archived, with the places that `query` matches. */
  'conversations.get': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      version: z.number().int().positive().optional(),
      asKnownOn,
      query: query.optional(),
      /** Asked for before anybody looks at it. The custody log tells the two apart by `conversations.shown`. */
      ahead: z.boolean().optional(),
    }),
    output: z.strictObject({
      transcript: model.transcriptSchema,
      marks: z.array(model.markSchema),
      /** Only where the query matches facts beside the transcript. */
      factMarks: z.array(model.factMarkSchema).optional(),
    }),
    timeoutMs: 30_000,
  },
  /** A transcript that was asked for ahead is now looked at: the host notes it for the custody log. */
  'conversations.shown': {
    lane: 'host',
    input: z.strictObject({ id: model.conversationIdSchema }),
    output: none,
    timeoutMs: 5000,
  },
  /** The record exactly as the API sent it, as base64 of its bytes. */
  'conversations.original': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      version: z.number().int().positive().optional(),
      asKnownOn,
    }),
    output: z.strictObject({ base64: z.string(), sha256: z.string() }),
    timeoutMs: 30_000,
  },
  /** What differs between two versions of a conversation. */
  'conversations.diff': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      from: z.number().int().positive(),
      to: z.number().int().positive(),
    }),
    output: model.versionDiffSchema,
    timeoutMs: 30_000,
  },
} as const satisfies Calls;
