/** What reviewers add to conversations. */
import { z } from 'zod';
import { conversationIdSchema, count, epochMs, text } from './common.ts';
import { sortSchema } from './search.ts';

/** A name that people give and type again: one line, without blanks around it. */
const name = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Co}]*$/u, 'one line of text');

/** A name that queries enclose in quotes, so that it can have none of them, nor those that word processors write. */
const searchedName = (max: number) => name(max).regex(/^[^"“”„‟«»＂]*$/u, 'a name without quotes');

/** Who did something, and when. */
const done = z.strictObject({ at: epochMs, by: z.string() });

/** A legal hold: while it is not released, nothing of its members' content is removed. */
export const holdSchema = z.strictObject({
  name: z.string(),
  reason: z.string(),
  scope: z.enum(['query', 'ids', 'case']),
  /** As typed, when the scope is a query. */
  query: z.string().nullable(),
  /** Whose members it holds, when the scope is a case. */
  case: z.string().nullable(),
  /** Takes in what its query finds after each sync, too. */
  standing: z.boolean(),
  total: count,
  createdAt: epochMs,
  createdBy: z.string(),
  released: z.strictObject({ at: epochMs, by: z.string(), reason: z.string() }).nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

export const tagColors = ['red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink', 'grey'] as const;
export const tagColorSchema = z.enum(tagColors);
export type TagColor = z.infer<typeof tagColorSchema>;

export const tagNameSchema = searchedName(100);
export const tagSchema = z.strictObject({
  name: z.string(),
  color: tagColorSchema,
  /** Conversations that have it. */
  total: count,
  createdAt: epochMs,
  createdBy: z.string(),
});
export type Tag = z.infer<typeof tagSchema>;

export const noteTextSchema = z.string().trim().min(1).max(20_000);
/** A reviewer's note, on a conversation or on one of its messages. (The agents' private notes are part of the record.) */
export const noteSchema = z.strictObject({
  note: z.number().int().positive(),
  id: conversationIdSchema,
  /** The message as it was when the note was written; its id outlives new versions, its index may not. */
  message: z.strictObject({ index: count, id: z.string() }).nullable(),
  text: z.string(),
  author: z.string(),
  createdAt: epochMs,
  /** The former texts stand in the custody log. */
  edited: done.nullable(),
});
export type Note = z.infer<typeof noteSchema>;

export const outcomes = ['relevant', 'not-relevant', 'second-look'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

/** An explicit decision about a conversation. Opening one is none. */
export const decisionSchema = z.strictObject({ outcome: outcomeSchema, at: epochMs, by: z.string() });
export type Decision = z.infer<typeof decisionSchema>;

/** All that reviewers put on one conversation. */
export const reviewMarksSchema = z.strictObject({
  id: conversationIdSchema,
  tags: z.array(z.strictObject({ name: z.string(), color: tagColorSchema })),
  starred: z.boolean(),
  decision: decisionSchema.nullable(),
  cases: z.array(z.strictObject({ name: z.string(), open: z.boolean() })),
  /** Holds in force. */
  holds: z.array(z.string()),
  notes: count,
});
export type ReviewMarks = z.infer<typeof reviewMarksSchema>;

export const caseNameSchema = searchedName(200);
export const caseFactsSchema = z.strictObject({
  custodian: text(200).trim().default(''),
  /** The matter's number elsewhere. `case:` finds it by that, too. */
  matter: text(100)
    .trim()
    .regex(/^[^"“”„‟«»＂\p{Cc}\p{Co}]*$/u, 'one line of text without quotes')
    .default(''),
  description: text(10_000).trim().default(''),
});
export const caseSchema = z.strictObject({
  name: z.string(),
  custodian: z.string(),
  matter: z.string(),
  description: z.string(),
  total: count,
  createdAt: epochMs,
  createdBy: z.string(),
  closed: z.strictObject({ at: epochMs, by: z.string(), reason: z.string() }).nullable(),
  /** Holds in force on the case: what is added to it is held. */
  holds: z.array(z.string()),
});
export type Case = z.infer<typeof caseSchema>;

export const caseMemberSchema = z.strictObject({
  id: conversationIdSchema,
  addedAt: epochMs,
  addedBy: z.string(),
  reason: z.string(),
});
export type CaseMember = z.infer<typeof caseMemberSchema>;

export const savedSearchNameSchema = name(200);
export const savedSearchSchema = z.strictObject({
  name: z.string(),
  query: z.string(),
  sort: sortSchema,
  timeZone: z.string(),
  createdAt: epochMs,
  createdBy: z.string(),
  /** Until when its hits were looked at. */
  seenAt: epochMs,
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;

/** What can be done to one conversation or to many. Doing it again changes nothing. */
export const reviewChangeSchema = z.discriminatedUnion('kind', [
  /** A tag that does not exist yet is made, grey unless `color` says otherwise. */
  z.strictObject({ kind: z.literal('tag'), tag: tagNameSchema, color: tagColorSchema.optional() }),
  z.strictObject({ kind: z.literal('untag'), tag: tagNameSchema }),
  z.strictObject({ kind: z.literal('star') }),
  z.strictObject({ kind: z.literal('unstar') }),
  z.strictObject({ kind: z.literal('mark'), outcome: outcomeSchema }),
  z.strictObject({ kind: z.literal('unmark') }),
  z.strictObject({ kind: z.literal('case-add'), case: caseNameSchema, reason: text(4000).trim().default('') }),
  /** Holds on the case keep holding what leaves it. */
  z.strictObject({ kind: z.literal('case-remove'), case: caseNameSchema, reason: text(4000).trim().default('') }),
]);
export type ReviewChange = z.infer<typeof reviewChangeSchema>;
export const reviewChangeKindSchema = z.enum([
  'tag',
  'untag',
  'star',
  'unstar',
  'mark',
  'unmark',
  'case-add',
  'case-remove',
]);

/** What a change to one conversation or many did. */
export const reviewActionSchema = z.strictObject({
  action: z.number().int().positive(),
  kind: reviewChangeKindSchema,
  /** The tag, the case or the outcome; empty where the kind says it all. */
  name: z.string(),
  at: epochMs,
  by: z.string(),
  /** Conversations that it was asked for, and those that were not so already. */
  matched: count,
  changed: count,
  state: z.enum(['running', 'done', 'stopped', 'undone']),
});
export type ReviewAction = z.infer<typeof reviewActionSchema>;

export const queueNameSchema = name(200);

export const reviewScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ids'), ids: z.array(conversationIdSchema).min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('query'), query: text(1_000_000), timeZone: text(64).default('UTC') }),
  z.strictObject({ kind: z.literal('case'), case: caseNameSchema }),
  z.strictObject({ kind: z.literal('queue'), queue: queueNameSchema }),
]);
export type ReviewScope = z.infer<typeof reviewScopeSchema>;

/** How far a review has come. */
export const progressSchema = z.strictObject({
  total: count,
  reviewed: count,
  outcomes: z.strictObject({ relevant: count, 'not-relevant': count, 'second-look': count }),
});
export type ReviewProgress = z.infer<typeof progressSchema>;

/**
 * How a random sample was drawn, enough for anybody to draw it again: of all hits, those whose SHA-256 of seed, colon
 * and id comes first (docs/decisions/0050).
 */
export const sampleSchema = z.strictObject({
  seed: z.string(),
  size: count,
  /** Conversations that it was drawn from. */
  of: count,
  /** SHA-256 over their ids, sorted, each with a line feed. */
  hitsSha256: z.string(),
  /** Entries of the custody log when it was drawn. */
  logSize: count,
});
export type Sample = z.infer<typeof sampleSchema>;

/** A list of conversations to decide about, fixed when it is made, with a place to go on from. */
export const queueSchema = z.strictObject({
  name: z.string(),
  scope: z.enum(['query', 'case', 'ids', 'sample']),
  /** As typed, for a query or the search that a sample was drawn from. */
  query: z.string().nullable(),
  case: z.string().nullable(),
  sample: sampleSchema.nullable(),
  createdAt: epochMs,
  createdBy: z.string(),
  /** From 0; where the last reviewer was. */
  position: count,
  progress: progressSchema,
});
export type Queue = z.infer<typeof queueSchema>;

export const reviewReportSchema = z.strictObject({
  /** What was to be reviewed, in words. */
  scope: z.string(),
  at: epochMs,
  progress: progressSchema,
  reviewers: z.array(z.strictObject({ name: z.string(), outcomes: progressSchema.shape.outcomes })),
  /** Days in the time zone asked for, the first one first. */
  days: z.array(z.strictObject({ day: z.string(), outcomes: progressSchema.shape.outcomes })),
  sample: sampleSchema.nullable(),
  timeZone: z.string(),
});
export type ReviewReport = z.infer<typeof reviewReportSchema>;
