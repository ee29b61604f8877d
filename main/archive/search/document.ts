import type { Role, Source } from '../../../preload/model.ts';
import type { DecodedConversation, FilterField } from '../liveperson/decoded.ts';
import { filterFields } from '../liveperson/decoded.ts';
import { everyConversation, filterToken } from './filter-token.ts';
import { foldText, messageSeparator } from './fold.ts';

/** The index columns: one per speaker, so that `said:agent(…)` is a column filter, then facts, then filters. */
export const indexColumns = ['customer', 'agent', 'bot', 'system', 'details', 'filter'] as const;
export type IndexColumn = (typeof indexColumns)[number];
export type IndexDocument = Record<IndexColumn, string>;

const columnOfRole: Record<Role, IndexColumn> = {
  customer: 'customer',
  agent: 'agent',
  bot: 'bot',
  system: 'system',
  other: 'system',
};

/** What one conversation contributes to the index. */
export function indexDocument(
  conversation: DecodedConversation,
  identity: { accountId: string; source: Source },
  flags: readonly string[],
): IndexDocument {
  const parts: Record<IndexColumn, string[]> = {
    customer: [],
    agent: [],
    bot: [],
    system: [],
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
    details: parts.details.join(separator),
    filter: filterTokens(conversation, identity, flags).join(' '),
  };
}

/** Everything beside the transcript that a person would type a word of. */
export function detailTexts(conversation: DecodedConversation): string[] {
  const { customer } = conversation;
  return [
    conversation.remoteId,
    customer.name,
    customer.email,
    customer.phone,
    customer.id,
    conversation.summary,
    ...conversation.surveys.map((answer) => answer.answer),
    ...conversation.attributes.map((attribute) => attribute.value),
  ].filter((text): text is string => text !== null && text !== '');
}

function filterTokens(
  conversation: DecodedConversation,
  identity: { accountId: string; source: Source },
  flags: readonly string[],
): string[] {
  const tokens = new Set<string>([
    everyConversation,
    filterToken('account', identity.accountId),
    filterToken('source', identity.source),
    filterToken('is', conversation.status),
  ]);
  for (const field of filterFields) {
    for (const { value, aliases } of conversation.filters[field]) {
      for (const name of [value, ...aliases]) if (name !== '') tokens.add(filterToken(field, name));
    }
  }
  for (const feature of conversation.features) tokens.add(filterToken('has', feature));
  for (const flag of flags) tokens.add(filterToken('flag', flag));
  if (conversation.bot) tokens.add(filterToken('is', 'bot'));
  return [...tokens];
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

/** The facet values of one conversation: each counted once per conversation. */
export function facetValues(
  conversation: DecodedConversation,
  identity: { accountId: string; source: Source },
  flags: readonly string[],
): { field: FacetField; value: string }[] {
  const values: { field: FacetField; value: string }[] = [
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
