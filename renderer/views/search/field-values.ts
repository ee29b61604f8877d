import { t } from '../../text/text.ts';
import type { TextKey } from '../../text/text.ts';

type ChoiceKey = Extract<TextKey, `choice.${string}`>;

/** The filters that the field offers, in the order of docs/search.md. */
export const offeredFields = [
  'agent',
  'skill',
  'group',
  'customer',
  'email',
  'phone',
  'id',
  'account',
  'source',
  'campaign',
  'country',
  'device',
  'language',
  'channel',
  'reason',
  'tag',
  'case',
  'hold',
  'reviewed',
  'reviewer',
  'note',
  'csat',
  'nps',
  'mcs',
  'messages',
  'duration',
  'waiting',
  'from',
  'to',
  'on',
  'weekday',
  'hour',
  'has',
  'is',
  'said',
] as const;

const choice = (value: string, key: ChoiceKey) => ({ value, meaning: t(key) });
const days = [
  choice('today', 'choice.today'),
  choice('yesterday', 'choice.yesterday'),
  choice('-7d', 'choice.last-week'),
  choice('-30d', 'choice.last-month'),
  choice('-1y', 'choice.last-year'),
];

/** Values that no count is known of, with what each means. */
export const fixedValues: Readonly<Record<string, readonly { value: string; meaning: string }[]>> = {
  reviewed: [
    choice('relevant', 'choice.relevant'),
    choice('not-relevant', 'choice.not-relevant'),
    choice('second-look', 'choice.second-look'),
  ],
  csat: [choice('<=2', 'choice.low'), choice('>=4', 'choice.high'), choice('*', 'choice.any')],
  nps: [choice('<=6', 'choice.low'), choice('>=9', 'choice.high'), choice('*', 'choice.any')],
  duration: [choice('>10m', 'choice.over-ten-minutes'), choice('>1h', 'choice.over-an-hour')],
  waiting: [choice('>2m', 'choice.over-two-minutes'), choice('>10m', 'choice.over-ten-minutes')],
  messages: [choice('>=50', 'choice.many-messages'), choice('<=2', 'choice.few-messages')],
  from: days,
  to: days,
  on: days.slice(0, 2),
  weekday: [choice('mon..fri', 'choice.working-days'), choice('sat..sun', 'choice.weekend')],
  hour: [choice('9..17', 'choice.office-hours'), choice('22..6', 'choice.night')],
  has: [
    choice('note', 'choice.has-note'),
    choice('annotation', 'choice.has-annotation'),
    choice('hold', 'choice.has-hold'),
    choice('file', 'choice.has-file'),
    choice('link', 'choice.has-link'),
    choice('form', 'choice.has-form'),
    choice('rich', 'choice.has-rich'),
    choice('survey', 'choice.has-survey'),
    choice('cobrowse', 'choice.has-cobrowse'),
    choice('transfer', 'choice.has-transfer'),
    choice('erased', 'choice.has-erased'),
  ],
  is: [
    choice('reviewed', 'choice.is-reviewed'),
    choice('starred', 'choice.is-starred'),
    choice('open', 'choice.is-open'),
    choice('closed', 'choice.is-closed'),
    choice('bot', 'choice.is-bot'),
    choice('partial', 'choice.is-partial'),
    choice('shrunk', 'choice.is-shrunk'),
    choice('not-enriched', 'choice.is-not-enriched'),
  ],
  said: [
    choice('customer', 'choice.said-customer'),
    choice('agent', 'choice.said-agent'),
    choice('system', 'choice.said-system'),
  ],
};
