import { z } from 'zod';
import * as model from '../model.ts';
import { none, query, timeZone, type Calls } from './call.ts';

const page = {
  limit: z.number().int().min(1).max(10_000).default(1000),
  offset: z.number().int().min(0).max(1_000_000_000).default(0),
};
const existingName = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(1).max(4000);
/** Quick unless many conversations are concerned: their index rows change along. */
const long = 3_600_000;

const holdCalls = {
  /**
   * Keeps the content of conversations from being removed. A query's members are those it finds now (decision 0030),
   * unless it is to be standing; a case's are those it has and gets. Holding many rewrites their index rows in one
   * transaction, during which the writer does nothing else.
   */
  'holds.create': {
    lane: 'write',
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      reason,
      scope: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('query'), query, timeZone, standing: z.boolean().default(false) }),
        z.strictObject({ kind: z.literal('ids'), ids: z.array(model.conversationIdSchema).min(1).max(100_000) }),
        z.strictObject({ kind: z.literal('case'), case: existingName }),
      ]),
    }),
    output: model.holdSchema,
    timeoutMs: long,
  },
  /** All holds, the newest first; released ones too. */
  'holds.list': { lane: 'read', input: none, output: z.array(model.holdSchema), timeoutMs: 30_000 },
  'holds.release': {
    lane: 'write',
    input: z.strictObject({ name: existingName, reason }),
    output: model.holdSchema,
    timeoutMs: long,
  },
  /** The conversations of a hold, in order of their start. */
  'holds.members': {
    lane: 'read',
    input: z.strictObject({ name: existingName, ...page }),
    output: z.strictObject({ ids: z.array(model.conversationIdSchema), total: z.number().int().nonnegative() }),
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const markCalls = {
  /** What reviewers put on some conversations, in the order asked for. */
  'review.of': {
    lane: 'read',
    input: z.strictObject({ ids: z.array(model.conversationIdSchema).min(1).max(200) }),
    output: z.array(model.reviewMarksSchema),
    timeoutMs: 30_000,
  },
  /**
   * Tags, stars, decides about, or puts into a case: one conversation, a list, or all that a query finds. On the disk
   * and found by search when it answers. Beyond 500 conversations it answers with a job that goes on.
   */
  'review.apply': {
    lane: 'write',
    input: z.strictObject({ change: model.reviewChangeSchema, scope: model.reviewScopeSchema }),
    output: z.strictObject({ action: model.reviewActionSchema, jobId: z.string().nullable() }),
    timeoutMs: 120_000,
  },
  /** Takes an action back, the caller's last one unless named: whatever it changed is as it was before. */
  'review.undo': {
    lane: 'write',
    input: z.strictObject({ action: z.number().int().positive().optional() }),
    output: z.strictObject({ action: model.reviewActionSchema, jobId: z.string().nullable() }),
    timeoutMs: 120_000,
  },
  /** What was done last, newest first: what undo can be offered for. */
  'review.actions': {
    lane: 'read',
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(20) }),
    output: z.array(model.reviewActionSchema),
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const tagCalls = {
  /** All tags, by name. */
  'tags.list': { lane: 'read', input: none, output: z.array(model.tagSchema), timeoutMs: 30_000 },
  /** A tag that exists already stays as it is, but takes the colour. */
  'tags.create': {
    lane: 'write',
    input: z.strictObject({ name: model.tagNameSchema, color: model.tagColorSchema.optional() }),
    output: model.tagSchema,
    timeoutMs: 30_000,
  },
  'tags.update': {
    lane: 'write',
    input: z.strictObject({
      name: existingName,
      newName: model.tagNameSchema.optional(),
      color: model.tagColorSchema.optional(),
    }),
    output: model.tagSchema,
    timeoutMs: long,
  },
  /** Only a tag that no conversation has. */
  'tags.remove': {
    lane: 'write',
    input: z.strictObject({ name: existingName }),
    output: none,
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const noteCalls = {
  /** The notes of one conversation, oldest first; without an id the newest of all. */
  'notes.list': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema.optional(),
      limit: z.number().int().min(1).max(1000).default(1000),
      offset: page.offset,
    }),
    output: z.strictObject({ notes: z.array(model.noteSchema), total: z.number().int().nonnegative() }),
    timeoutMs: 30_000,
  },
  'notes.add': {
    lane: 'write',
    input: z.strictObject({
      id: model.conversationIdSchema,
      /** Index of a message of the current version; absent: about the conversation. */
      message: z.number().int().nonnegative().optional(),
      text: model.noteTextSchema,
    }),
    output: model.noteSchema,
    timeoutMs: 30_000,
  },
  'notes.edit': {
    lane: 'write',
    input: z.strictObject({ note: z.number().int().positive(), text: model.noteTextSchema }),
    output: model.noteSchema,
    timeoutMs: 30_000,
  },
  /** The note is not shown any more; its texts stay in the custody log. */
  'notes.remove': {
    lane: 'write',
    input: z.strictObject({ note: z.number().int().positive() }),
    output: none,
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const caseCalls = {
  /** All cases, open ones first, then by name. */
  'cases.list': { lane: 'read', input: none, output: z.array(model.caseSchema), timeoutMs: 30_000 },
  'cases.create': {
    lane: 'write',
    input: model.caseFactsSchema.extend({ name: model.caseNameSchema }),
    output: model.caseSchema,
    timeoutMs: 30_000,
  },
  /** A new name is written into the index rows of all members. */
  'cases.update': {
    lane: 'write',
    input: z.strictObject({
      name: existingName,
      newName: model.caseNameSchema.optional(),
      custodian: z.string().trim().max(200).optional(),
      matter: model.caseFactsSchema.shape.matter.unwrap().optional(),
      description: z.string().trim().max(10_000).optional(),
    }),
    output: model.caseSchema,
    timeoutMs: long,
  },
  /** A closed case takes no members until it is opened again. */
  'cases.close': {
    lane: 'write',
    input: z.strictObject({ name: existingName, reason }),
    output: model.caseSchema,
    timeoutMs: 30_000,
  },
  'cases.reopen': {
    lane: 'write',
    input: z.strictObject({ name: existingName, reason }),
    output: model.caseSchema,
    timeoutMs: 30_000,
  },
  /** In order of their start. */
  'cases.members': {
    lane: 'read',
    input: z.strictObject({ name: existingName, ...page }),
    output: z.strictObject({ members: z.array(model.caseMemberSchema), total: z.number().int().nonnegative() }),
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const savedSearchCalls = {
  /** All saved searches, by name. */
  'savedSearches.list': { lane: 'read', input: none, output: z.array(model.savedSearchSchema), timeoutMs: 30_000 },
  /** How many hits came in, or got a new version, since each was last seen. */
  'savedSearches.news': {
    lane: 'count',
    input: none,
    output: z.array(z.strictObject({ name: z.string(), newHits: z.number().int().nonnegative() })),
    timeoutMs: 60_000,
  },
  'savedSearches.save': {
    lane: 'write',
    input: z.strictObject({
      name: model.savedSearchNameSchema,
      query,
      sort: model.sortSchema.default('newest'),
      timeZone,
      /** One of this name is changed; otherwise that is a conflict. */
      replace: z.boolean().default(false),
    }),
    output: model.savedSearchSchema,
    timeoutMs: 30_000,
  },
  'savedSearches.rename': {
    lane: 'write',
    input: z.strictObject({ name: existingName, newName: model.savedSearchNameSchema }),
    output: model.savedSearchSchema,
    timeoutMs: 30_000,
  },
  /** Its hits have been looked at: none is new any more. */
  'savedSearches.seen': {
    lane: 'write',
    input: z.strictObject({ name: existingName }),
    output: model.savedSearchSchema,
    timeoutMs: 30_000,
  },
  'savedSearches.remove': {
    lane: 'write',
    input: z.strictObject({ name: existingName }),
    output: none,
    timeoutMs: 30_000,
  },
} as const satisfies Calls;

const reportScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('query'), query, timeZone }),
  z.strictObject({ kind: z.literal('case'), case: existingName }),
  z.strictObject({ kind: z.literal('queue'), queue: existingName }),
]);

const queueCalls = {
  'queues.list': { lane: 'read', input: none, output: z.array(model.queueSchema), timeoutMs: 60_000 },
  'queues.get': {
    lane: 'read',
    input: z.strictObject({ name: existingName }),
    output: model.queueSchema,
    timeoutMs: 30_000,
  },
  /** Fixes a list of conversations to decide about. A sample's seed is drawn at random unless given. */
  'queues.create': {
    lane: 'write',
    input: z.strictObject({
      name: model.queueNameSchema,
      scope: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('query'), query, timeZone }),
        z.strictObject({ kind: z.literal('case'), case: existingName }),
        z.strictObject({ kind: z.literal('ids'), ids: z.array(model.conversationIdSchema).min(1).max(100_000) }),
        z.strictObject({
          kind: z.literal('sample'),
          query,
          timeZone,
          size: z.number().int().min(1).max(1_000_000),
          seed: z
            .string()
            .regex(/^[A-Za-z0-9._-]{1,100}$/u, 'letters, digits, ".", "_" and "-" only')
            .optional(),
        }),
      ]),
      /** Of a sample: in the order of the draw, so that its beginning is a sample, too. */
      order: z.enum(['oldest', 'newest', 'drawn']).default('oldest'),
    }),
    output: model.queueSchema,
    timeoutMs: long,
  },
  /** Conversations from a place on; with `open`, only those that nobody has decided about. */
  'queues.page': {
    lane: 'read',
    input: z.strictObject({
      name: existingName,
      from: z.number().int().nonnegative().default(0),
      open: z.boolean().default(false),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.array(
      z.strictObject({
        position: z.number().int().nonnegative(),
        id: model.conversationIdSchema,
        decision: model.decisionSchema.nullable(),
      }),
    ),
    timeoutMs: 30_000,
  },
  /** Remembers where the reviewer is. */
  'queues.move': {
    lane: 'write',
    input: z.strictObject({ name: existingName, position: z.number().int().nonnegative() }),
    output: none,
    timeoutMs: 30_000,
  },
  /** The list only: decisions stay. */
  'queues.remove': { lane: 'write', input: z.strictObject({ name: existingName }), output: none, timeoutMs: 30_000 },
  /** How far a review has come, by outcome, reviewer and day. */
  'review.report': {
    lane: 'count',
    input: z.strictObject({ scope: reportScope, timeZone }),
    output: model.reviewReportSchema,
    timeoutMs: 60_000,
  },
  /** The report as a file, with each conversation and what was decided about it. */
  'review.reportFile': {
    lane: 'count',
    input: z.strictObject({ scope: reportScope, timeZone, format: z.enum(['csv', 'html', 'json']) }),
    output: z.strictObject({ name: z.string(), mediaType: z.string(), text: z.string() }),
    timeoutMs: 300_000,
  },
} as const satisfies Calls;

export const reviewCalls = {
  ...holdCalls,
  ...markCalls,
  ...tagCalls,
  ...noteCalls,
  ...caseCalls,
  ...savedSearchCalls,
  ...queueCalls,
} as const satisfies Calls;
