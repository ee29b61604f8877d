/** A conversation as archived. */
import { z } from 'zod';
import { accountIdSchema, conversationIdSchema, count, epochMs, sourceSchema } from './common.ts';

export const roleSchema = z.enum(['customer', 'agent', 'bot', 'system', 'other']);
export type Role = z.infer<typeof roleSchema>;

export const messageKindSchema = z.enum(['text', 'link', 'file', 'form', 'rich', 'event', 'unknown']);
export type MessageKind = z.infer<typeof messageKindSchema>;

export const messageSchema = z.strictObject({
  /** Position in reading order, from 0. */
  index: count,
  /** The source's own id of the line, or the position as text where the source has none. */
  id: z.string(),
  time: epochMs.nullable(),
  role: roleSchema,
  speaker: z.string(),
  /** Readable text, also of structured content. May be empty, never HTML. */
  text: z.string(),
  kind: messageKindSchema,
  /** Only agents saw it (whisper, private note). */
  private: z.boolean(),
});
export type Message = z.infer<typeof messageSchema>;

export const agentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  login: z.string().nullable(),
  group: z.string().nullable(),
});
export type Agent = z.infer<typeof agentSchema>;

export const skillSchema = z.strictObject({ id: z.string(), name: z.string() });
export type Skill = z.infer<typeof skillSchema>;

export const customerSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
export type Customer = z.infer<typeof customerSchema>;

export const surveyAnswerSchema = z.strictObject({
  /** `pre-chat`, `post-chat`, `agent`, or the messaging survey's own type, e.g. `Satisfaction`. */
  survey: z.string(),
  question: z.string(),
  answer: z.string(),
  time: epochMs.nullable(),
});
export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>;

export const attributeSchema = z.strictObject({
  /** Payload key of the engagement attribute, e.g. `customerInfo`. */
  type: z.string(),
  /** Path inside the payload, e.g. `customerId` or `products.0.product.name`. */
  name: z.string(),
  value: z.string(),
  authenticated: z.boolean().nullable(),
  time: epochMs.nullable(),
});
export type Attribute = z.infer<typeof attributeSchema>;

/** Facts beside the transcript that have no place of their own, in a fixed order, e.g. `Country: Germany`. */
export const detailSchema = z.strictObject({ name: z.string(), value: z.string() });
export type Detail = z.infer<typeof detailSchema>;

export const transferSchema = z.strictObject({
  time: epochMs.nullable(),
  reason: z.string(),
  from: z.string(),
  to: z.string(),
});
export type Transfer = z.infer<typeof transferSchema>;

export const flagSchema = z.enum(['partial', 'not-enriched', 'open', 'erased', 'shrunk']);
export type Flag = z.infer<typeof flagSchema>;

export const versionReasonSchema = z.enum([
  'first-seen',
  'enriched',
  'partial-completed',
  'changed',
  'shrunk',
  'erased-at-source',
]);
export type VersionReason = z.infer<typeof versionReasonSchema>;

export const versionSchema = z.strictObject({
  version: z.number().int().positive(),
  receivedAt: epochMs,
  reason: versionReasonSchema,
  /** SHA-256 of the original, lower-case hex. Null when the content was destroyed: a hash of it can be guessed. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullable(),
  /** Only of a version whose content was destroyed: when, and by which entry of the custody log. */
  destroyed: z.strictObject({ at: epochMs, entry: count }).optional(),
});
export type Version = z.infer<typeof versionSchema>;

export const transcriptSchema = z.strictObject({
  id: conversationIdSchema,
  source: sourceSchema,
  accountId: accountIdSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  durationMs: count.nullable(),
  agents: z.array(agentSchema),
  skills: z.array(skillSchema),
  customer: customerSchema,
  csat: z.number().nullable(),
  nps: z.number().nullable(),
  mcs: z.number().nullable(),
  status: z.enum(['open', 'closed']),
  messageCount: count,
  messages: z.array(messageSchema),
  surveys: z.array(surveyAnswerSchema),
  attributes: z.array(attributeSchema),
  transfers: z.array(transferSchema),
  summary: z.string().nullable(),
  details: z.array(detailSchema),
  version: z.number().int().positive(),
  versions: z.array(versionSchema),
  flags: z.array(flagSchema),
});
export type Transcript = z.infer<typeof transcriptSchema>;

/** Half-open range of UTF-16 units inside one message's text that the query matched. */
export const markSchema = z.strictObject({ message: count, start: count, end: count });
export type Mark = z.infer<typeof markSchema>;

/** The same of a fact beside the transcript, which is named by its whole text. */
export const factMarkSchema = z.strictObject({ text: z.string(), start: count, end: count });
export type FactMark = z.infer<typeof factMarkSchema>;

/** What differs between two versions of a conversation. */
export const versionDiffSchema = z.strictObject({
  id: conversationIdSchema,
  from: z.number().int().positive(),
  to: z.number().int().positive(),
  messages: z.strictObject({
    added: z.array(messageSchema),
    removed: z.array(messageSchema),
    /** One speaker's message of one time, with other content. */
    changed: z.array(z.strictObject({ before: messageSchema, after: messageSchema })),
  }),
  /** Facts beside the messages, each as a line of text; null where a version has none. */
  fields: z.array(z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
export type VersionDiff = z.infer<typeof versionDiffSchema>;
