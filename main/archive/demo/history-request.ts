import { z } from 'zod';
import { Refusal } from './exchange.ts';
import type { DemoRequest } from './exchange.ts';

/** Real clients send numbers as text and the real service takes them. */
const integer = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d{1,19}$/u)
    .transform(Number),
]);
const decimal = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/u)
    .transform(Number),
]);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const ids = z.array(z.union([z.string(), z.number()]).transform(String)).max(1000);
const closedRange = z.strictObject({ from: integer, to: integer });
const openRange = z.strictObject({ from: decimal.optional(), to: decimal.optional() });
const mcsValues = z.array(
  z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.enum(['-1', '0', '1'])),
);

const searchAreas = [
  'chatLine',
  'surveyAnswer',
  'surveyQuestion',
  'visitorInfo',
  'ea.purchase',
  'ea.viewedProduct',
  'ea.cartStatus',
  'ea.serviceActivity',
  'ea.visitorError',
  'ea.lead',
  'ea.customerInfo',
  'ea.marketingCampaignInfo',
  'ea.personalInfo',
  'mcs',
] as const;

/** Body of the chat search. What the documentation does not list is refused. */
export const chatBodySchema = z.strictObject({
  start: closedRange.optional(),
  ended: flag.optional(),
  interactive: flag.optional(),
  engagementId: z.string().min(1).optional(),
  visitor: z.string().min(1).optional(),
  skillIds: ids.optional(),
  agentIds: ids.optional(),
  agentGroupIds: ids.optional(),
  duration: closedRange.optional(),
  channel: integer.pipe(z.union([z.literal(-1), z.literal(1), z.literal(2)])).optional(),
  keyword: z.string().min(1).optional(),
  keyword_search_area: z.strictObject({ types: z.array(z.enum(searchAreas)) }).optional(),
  alertedMcsValues: mcsValues.optional(),
  chatMCS: openRange.optional(),
  mcs: integer.optional(),
  hasInteractiveCoBrowse: flag.optional(),
  coBrowseDuration: closedRange.optional(),
  lineContentTypes: z.array(z.literal('RICH_CONTENT')).optional(),
});
export type ChatBody = z.output<typeof chatBodySchema>;

/** What comes back when `contentToRetrieve` is absent (contract, section 4.4). */
export const defaultContent = [
  'campaign',
  'messageRecords',
  'agentParticipants',
  'agentParticipantsLeave',
  'agentParticipantsActive',
  'consumerParticipants',
  'transfers',
  'interactions',
  'messageScores',
  'messageStatuses',
  'conversationSurveys',
  'coBrowseSessions',
  'summary',
  'sdes',
] as const;
const contentTypes = [
  ...defaultContent,
  'unAuthSdes',
  'monitoring',
  'dialogs',
  'responseTime',
  'skillChanges',
  'intents',
  'uniqueIntents',
  'latestAgentSurvey',
  'previouslySubmittedAgentSurveys',
] as const;
const content = z.array(z.enum(contentTypes)).optional();
const status = z.array(z.enum(['OPEN', 'CLOSE'])).min(1);

const messageTypes = [
  'TEXT_PLAIN',
  'TEXT_HTML',
  'LINK',
  'HOSTED_FILE',
  'IMG',
  'SECURE_FORM_INVITATION',
  'SECURE_FORM_SUBMIT',
  'RICH_CONTENT',
] as const;

/** Body of the messaging search. Attribute, survey and response-time searches are not simulated and are refused. */
export const messagingBodySchema = z.strictObject({
  start: closedRange,
  end: closedRange.optional(),
  fullDialogEndTime: closedRange.optional(),
  latestUpdateTime: z.strictObject({ from: integer }).optional(),
  status: status.optional(),
  contentToRetrieve: content,
  skillIds: ids.optional(),
  latestSkillIds: ids.optional(),
  agentIds: ids.optional(),
  latestAgentIds: ids.optional(),
  agentGroupIds: ids.optional(),
  keyword: z.string().min(1).optional(),
  summary: z.string().min(1).optional(),
  duration: z.strictObject({ from: integer.optional(), to: integer.optional() }).optional(),
  mcs: openRange.optional(),
  csat: openRange.optional(),
  nps: openRange.optional(),
  alertedMcsValues: mcsValues.optional(),
  source: z.array(z.string()).optional(),
  device: z.array(z.enum(['DESKTOP', 'TABLET', 'MOBILE', 'NA'])).optional(),
  messageContentTypes: z.array(z.enum(messageTypes)).optional(),
  latestConversationQueueState: z.enum(['IN_QUEUE', 'ACTIVE']).optional(),
});
export type MessagingBody = z.output<typeof messagingBodySchema>;

export const byConversationSchema = z
  .strictObject({
    conversationId: z.string().min(1).optional(),
    conversationIds: z.array(z.string().min(1)).min(1).max(100).optional(),
    contentToRetrieve: content,
  })
  .refine((body) => (body.conversationId === undefined) !== (body.conversationIds === undefined), {
    message: 'exactly one of conversationId and conversationIds is required',
  });

export const byConsumerSchema = z.strictObject({
  consumer: z.string().min(1),
  status,
  contentToRetrieve: content,
});

/** Parses the JSON body; anything else is answered with 400. */
export function parseBody<T extends z.ZodType>(request: DemoRequest, schema: T): z.output<T> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') throw new Refusal(400, 'Content-Type must be application/json.');
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal(400, `The body is not acceptable: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}

export interface SortKey {
  field: string;
  descending: boolean;
}

export interface Paging {
  offset: number;
  limit: number;
  sort: SortKey[];
}

export const chatSortFields = [
  'start',
  'end',
  'duration',
  'visitor',
  'engagementId',
  'interactive',
  'agentId',
  'skillId',
] as const;
export const messagingSortFields = ['start', 'end'] as const;

/** `offset`, `limit` and `sort` of the query. More than one sort key only where the API has them. */
export function parsePaging(
  request: DemoRequest,
  rules: { fields: readonly string[]; manyKeys: boolean; clampLimit?: boolean },
): Paging {
  const query = request.url.searchParams;
  const offset = wholeNumber(query, 'offset', 0);
  const asked = wholeNumber(query, 'limit', 50);
  const limit = rules.clampLimit === true ? Math.min(asked, 100) : asked;
  if (limit < 1 || limit > 100) throw new Refusal(400, 'limit must be from 1 to 100.');
  const sortText = query.get('sort');
  const sort = sortText === null ? [] : sortText.split(',').map((key) => parseSortKey(key, rules.fields));
  if (sort.length > 1 && !rules.manyKeys) throw new Refusal(400, 'sort takes one field.');
  return { offset, limit, sort };
}

function parseSortKey(text: string, fields: readonly string[]): SortKey {
  const match = /^([A-Za-z]+):(asc|desc|des)$/u.exec(text);
  if (match?.[1] === undefined || !fields.includes(match[1]))
    throw new Refusal(400, `sort does not know ${text.slice(0, 40)}.`);
  return { field: match[1], descending: match[2] !== 'asc' };
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/u.test(text)) throw new Refusal(400, `${name} must be a whole number.`);
  return Number(text);
}

/** The `source` query parameter that names the calling process; a search in messaging demands it. */
export function checkCaller(request: DemoRequest, required: boolean): void {
  const caller = request.url.searchParams.get('source');
  if (caller === null || caller === '') {
    if (required) throw new Refusal(400, 'The query parameter source is required.');
    return;
  }
  if (caller.length > 20) throw new Refusal(400, 'The query parameter source has more than 20 characters.');
}

/** `v=1` (default): attributes as text, authenticated ones only. `v=2`: native types, all of them. */
export function parseVersion(request: DemoRequest): 1 | 2 {
  const text = request.url.searchParams.get('v') ?? '1';
  if (text !== '1' && text !== '2') throw new Refusal(400, 'v must be 1 or 2.');
  return text === '1' ? 1 : 2;
}

const roundingMs = 600_000;
const dayMs = 86_400_000;
/** "One month" and "three months" are not defined in days; the shortest reading is the strictest service. */
export const longestSpanMs = { chat: 28 * dayMs, messaging: 90 * dayMs } as const;

/** Rounds outwards to 10-minute marks, and refuses spans beyond the limit and turned ranges. */
export function roundRange(
  range: { from: number; to: number },
  name: string,
  longestMs: number,
): { from: number; to: number } {
  if (range.from > range.to) throw new Refusal(400, `${name}.from is after ${name}.to.`);
  if (range.to - range.from > longestMs) throw new Refusal(400, `${name} spans more than the search allows.`);
  return {
    from: Math.floor(range.from / roundingMs) * roundingMs,
    to: Math.ceil(range.to / roundingMs) * roundingMs,
  };
}

export function roundDown(time: number): number {
  return Math.floor(time / roundingMs) * roundingMs;
}
