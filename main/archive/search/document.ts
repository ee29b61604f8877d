import type { Role, Source } from '../../../preload/model.ts';
import type { DecodedConversation, FilterField } from '../liveperson/decoded.ts';
import { filterFields } from '../liveperson/decoded.ts';
import { clockTokens } from './clock-token.ts';
import { everyConversation, fieldsToAsk, filterToken } from './filter-token.ts';
import { foldText, messageSeparator } from './fold.ts';
import { numberTokens } from './number-token.ts';

/** The index columns: one per speaker, so that `said:agent(…)` is a column filter, then facts, then filters. */
export const indexColumns = ['customer', 'agent', 'bot', 'system', 'other', 'details', 'filter'] as const;
export type IndexColumn = (typeof indexColumns)[number];
export type IndexDocument = Record<IndexColumn, string>;

/** The column that holds what a role said. */
export const columnOfRole: Record<Role, IndexColumn> = {
  customer: 'customer',
  agent: 'agent',
  bot: 'bot',
  system: 'system',
  other: 'other',
};

/** Whose conversation it is, and what its text alone does not tell. */
interface Identity {
  accountId: string;
  source: Source;
  /** Where texts of other versions have been added: how many messages the current one has. */
  messageCount?: number;
}

/**
 * What one conversation contributes to the index.
 * @param labels what people put on it, which no record says: tags, cases, holds, reviews.
 */
export function indexDocument(
  conversation: DecodedConversation,
  identity: Identity,
  flags: readonly string[],
  labels: readonly Label[] = [],
): IndexDocument {
  const parts: Record<IndexColumn, string[]> = {
    customer: [],
    agent: [],
    bot: [],
    system: [],
    other: [],
    details: [],
    filter: [],
  };
  for (const message of conversation.messages) {
    if (message.text !== '') parts[columnOfRole[message.role]].push(foldText(message.text));
  }
  parts.details = detailTexts(conversation).map(foldText);
  const separator = ` ${messageSeparator} `;
  return {
    customer: parts.customer.join(separator),
    agent: parts.agent.join(separator),
    bot: parts.bot.join(separator),
    system: parts.system.join(separator),
    other: parts.other.join(separator),
    details: parts.details.join(separator),
    filter: filterTokens(conversation, identity, flags, labels).join(' '),
  };
}

/** A filter that people, not records, make true: `tag` + `refund dispute`, `has` + `hold`, `is` + `reviewed`. */
export interface Label {
  field: 'tag' | 'case' | 'hold' | 'reviewed' | 'reviewer' | 'note' | 'has' | 'is';
  value: string;
}

/**
 * Facts that people search for as text (liveperson-api.md, section 7). Others have a filter of their own, or say
 * no more than yes or a version.
 */
const searchableFacts: ReadonlySet<string> = new Set([
  'State',
  'City',
  'Location',
  'Internet provider',
  'Organisation',
  'IP address',
  'Start page',
  'Start address',
  'Engagement note',
  'Intent',
  'First intent',
  'Session',
  'Internal engagement',
]);

/** Everything beside the transcript that a person would type a word of. */
export function detailTexts(conversation: DecodedConversation): string[] {
  const { customer } = conversation;
  return [
    conversation.remoteId,
    customer.name,
    customer.email,
    customer.phone,
    dialled(customer.phone),
    customer.id,
    conversation.summary,
    ...conversation.surveys.map((answer) => answer.answer),
    ...conversation.attributes.map((attribute) => attribute.value),
    ...conversation.details.filter(({ name }) => searchableFacts.has(name)).map(({ value }) => value),
  ].filter((text): text is string => text !== null && text !== '');
}

/** A phone number's digits in one piece, as people copy it; null when it is written that way already. */
function dialled(phone: string | null): string | null {
  const digits = phone?.replace(/\D+/gu, '') ?? '';
  return digits === '' || digits === phone ? null : digits;
}

/** Flags that queries know by a word of `has:` or `is:`. */
const wordOfFlag: Readonly<Record<string, string>> = {
  erased: filterToken('has', 'erased'),
  partial: filterToken('is', 'partial'),
  shrunk: filterToken('is', 'shrunk'),
  'not-enriched': filterToken('is', 'not-enriched'),
};

function filterTokens(
  conversation: DecodedConversation,
  identity: Identity,
  flags: readonly string[],
  labels: readonly Label[],
): string[] {
  const tokens = new Set<string>([
    everyConversation,
    filterToken('account', identity.accountId),
    filterToken('source', identity.source),
    filterToken('id', conversation.remoteId),
    filterToken('is', conversation.status),
    ...clockTokens(conversation.startedAt),
  ]);
  const elsewhere = customerNamesElsewhere(conversation);
  for (const field of filterFields) {
    for (const { value, aliases } of conversation.filters[field]) {
      for (const name of [value, ...aliases]) {
        if (field === 'customer' && elsewhere.has(name)) continue;
        if (name !== '') tokens.add(filterToken(field, name));
        const digits = field === 'phone' ? dialled(name) : null;
        if (digits !== null) tokens.add(filterToken(field, digits));
      }
    }
  }
  for (const [field, value] of numbersOf(conversation, identity.messageCount)) {
    if (value !== null) for (const token of numberTokens(field, value)) tokens.add(token);
  }
  for (const feature of conversation.features) tokens.add(filterToken('has', feature));
  for (const flag of flags) {
    const token = wordOfFlag[flag];
    if (token !== undefined) tokens.add(token);
  }
  if (conversation.bot) tokens.add(filterToken('is', 'bot'));
  for (const { field, value } of labels) tokens.add(filterToken(field, value));
  return [...tokens];
}

/** Names of the customer that `customer:` finds through another field's tokens. */
function customerNamesElsewhere({ filters }: DecodedConversation): ReadonlySet<string> {
  const others = fieldsToAsk('customer').filter((field): field is FilterField => field !== 'customer');
  return new Set(others.flatMap((field) => filters[field].flatMap(({ value, aliases }) => [value, ...aliases])));
}

/** What `csat:`, `nps:`, `mcs:`, `messages:`, `duration:` and `waiting:` compare with. */
function numbersOf(
  conversation: DecodedConversation,
  messageCount = conversation.messages.length,
): [string, number | null][] {
  const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return [
    ['csat', finite(conversation.csat)],
    ['nps', finite(conversation.nps)],
    ['mcs', finite(conversation.mcs)],
    ['messages', messageCount],
    ['duration', finite(conversation.durationMs)],
    ['waiting', finite(conversation.waitingMs)],
  ];
}

/** Fields that the search screen offers as facets, in its order. */
export const facetFields = [
  'source',
  'account',
  'agent',
  'group',
  'skill',
  'campaign',
  'country',
  'device',
  'language',
  'channel',
  'reason',
  'csat',
  'nps',
  'tag',
  'case',
  'hold',
  'reviewed',
  'reviewer',
  'has',
  'is',
] as const;
export type FacetField = (typeof facetFields)[number];

const recordFields: ReadonlySet<FacetField> = new Set<FacetField>([
  'agent',
  'group',
  'skill',
  'campaign',
  'country',
  'device',
  'language',
  'channel',
  'reason',
]);

export interface FacetValue {
  field: FacetField;
  value: string;
}

/** The facet values of one conversation: each counted once per conversation. */
export function facetValues(
  conversation: DecodedConversation,
  identity: { accountId: string; source: Source },
  flags: readonly string[],
): FacetValue[] {
  const values: FacetValue[] = [
    { field: 'source', value: identity.source },
    { field: 'account', value: identity.accountId },
  ];
  for (const field of recordFields) {
    const seen = new Set<string>();
    for (const { value } of conversation.filters[field as FilterField]) {
      if (value !== '' && !seen.has(value)) values.push({ field, value });
      seen.add(value);
    }
  }
  if (conversation.csat !== null) values.push({ field: 'csat', value: String(conversation.csat) });
  if (conversation.nps !== null) values.push({ field: 'nps', value: String(conversation.nps) });
  for (const feature of new Set(conversation.features)) values.push({ field: 'has', value: feature });
  if (flags.includes('erased')) values.push({ field: 'has', value: 'erased' });
  if (flags.includes('partial')) values.push({ field: 'is', value: 'partial' });
  if (conversation.status === 'open') values.push({ field: 'is', value: 'open' });
  if (conversation.bot) values.push({ field: 'is', value: 'bot' });
  return values;
}
