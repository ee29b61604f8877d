import { formatLocale } from '../../text/locale.ts';
import { t } from '../../text/text.ts';
import type { TextKey } from '../../text/text.ts';

type FacetKey = Extract<TextKey, `facet.${string}`>;
const fields: Readonly<Record<string, FacetKey>> = {
  source: 'facet.source',
  account: 'facet.account',
  agent: 'facet.agent',
  group: 'facet.group',
  skill: 'facet.skill',
  campaign: 'facet.campaign',
  country: 'facet.country',
  device: 'facet.device',
  language: 'facet.language',
  channel: 'facet.channel',
  reason: 'facet.reason',
  csat: 'facet.csat',
  nps: 'facet.nps',
  has: 'facet.has',
  is: 'facet.is',
  from: 'facet.from',
  to: 'facet.to',
  on: 'facet.on',
  tag: 'facet.tag',
  case: 'facet.case',
  hold: 'facet.hold',
  reviewed: 'facet.reviewed',
  reviewer: 'facet.reviewer',
  note: 'facet.note',
  customer: 'facet.customer',
  email: 'facet.email',
  phone: 'facet.phone',
  id: 'facet.id',
  mcs: 'facet.mcs',
  messages: 'facet.messages',
  duration: 'facet.duration',
  waiting: 'facet.waiting',
  weekday: 'facet.weekday',
  hour: 'facet.hour',
  said: 'facet.said',
};

const marks: Readonly<
  Record<string, FacetKey | Extract<TextKey, `source.${string}` | 'flag.erased' | 'flag.partial' | 'flag.open'>>
> = {
  'source:chat': 'source.chat',
  'source:messaging': 'source.messaging',
  'has:note': 'facet.has.note',
  'has:file': 'facet.has.file',
  'has:link': 'facet.has.link',
  'has:form': 'facet.has.form',
  'has:rich': 'facet.has.rich',
  'has:survey': 'facet.has.survey',
  'has:cobrowse': 'facet.has.cobrowse',
  'has:transfer': 'facet.has.transfer',
  'has:erased': 'flag.erased',
  'is:partial': 'flag.partial',
  'is:open': 'flag.open',
  'has:hold': 'facet.has.hold',
  'has:annotation': 'facet.has.annotation',
  'is:reviewed': 'facet.is.reviewed',
  'is:starred': 'facet.is.starred',
  'is:closed': 'facet.is.closed',
  'is:bot': 'facet.is.bot',
  'reason:AGENT': 'facet.reason.agent',
  'reason:CONSUMER': 'facet.reason.consumer',
  'reason:SYSTEM': 'facet.reason.system',
};

const languages = new Intl.DisplayNames(formatLocale, { type: 'language', fallback: 'code' });

/** The name of a filter field, for people. Fields this page doesn't know yet show their own name. */
export function fieldLabel(field: string): string {
  const key = fields[field];
  return key === undefined ? field : t(key);
}

export function facetLabel(field: string, value: string, label: string): string {
  const key = marks[`${field}:${value}`];
  if (key !== undefined) return t(key);
  if (field === 'language' && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/u.test(value)) return languages.of(value) ?? label;
  return label;
}
