import { roleSchema, type Outcome, type Role } from '../../../preload/model.ts';

/** How the value of a filter is read. `words`: each word of it has to be there, in any order. */
type FieldKind = 'value' | 'words' | 'number' | 'duration' | 'date' | 'clock' | 'choice';

export interface Field {
  name: string;
  kind: FieldKind;
  /** In words, for "understood as …": `agent is “Tomas Brandt”`. */
  label: string;
  /** Of kind `choice`: the words it knows, with what they mean. */
  choices?: Readonly<Record<string, string>>;
}

const hasChoices = {
  note: 'a private note',
  file: 'a file',
  link: 'a link',
  form: 'a form',
  rich: 'rich content',
  survey: 'a survey answer',
  cobrowse: 'a co-browse session',
  transfer: 'a transfer',
  erased: 'text erased at the source',
  hold: 'a legal hold',
  annotation: "a reviewer's note",
} as const;

const isChoices = {
  partial: 'incomplete at the source',
  open: 'still open',
  closed: 'closed',
  bot: 'handled by a bot',
  reviewed: 'reviewed',
  starred: 'starred',
  shrunk: 'smaller than an earlier version',
  'not-enriched': 'still without its attributes',
} as const;

const reviewedChoices = {
  relevant: 'reviewed as relevant',
  'not-relevant': 'reviewed as not relevant',
  'second-look': 'reviewed as in need of a second look',
} as const satisfies Record<Outcome, string>;

const value = (name: string, label = name): Field => ({ name, kind: 'value', label });

/** Every filter of the query language (cli.md), in the order in which help lists them. */
export const fields: readonly Field[] = [
  value('agent'),
  value('skill'),
  value('group'),
  value('customer'),
  value('visitor', 'visitor id'),
  value('email', 'e-mail'),
  value('phone'),
  value('id', 'conversation id'),
  value('account'),
  value('source'),
  value('campaign'),
  value('country'),
  value('device'),
  value('language'),
  value('channel'),
  value('reason'),
  value('tag'),
  value('case'),
  value('hold', 'legal hold'),
  { name: 'reviewed', kind: 'choice', label: 'reviewed as', choices: reviewedChoices },
  value('reviewer', 'reviewed by'),
  { name: 'note', kind: 'words', label: "a reviewer's note with the word" },
  { name: 'csat', kind: 'number', label: 'CSAT' },
  { name: 'nps', kind: 'number', label: 'NPS' },
  { name: 'mcs', kind: 'number', label: 'sentiment (MCS)' },
  { name: 'messages', kind: 'number', label: 'number of messages' },
  { name: 'duration', kind: 'duration', label: 'duration' },
  { name: 'waiting', kind: 'duration', label: 'wait for an answer' },
  { name: 'from', kind: 'date', label: 'started on or after' },
  { name: 'to', kind: 'date', label: 'started on or before' },
  { name: 'on', kind: 'date', label: 'started on' },
  { name: 'weekday', kind: 'clock', label: 'started on a' },
  { name: 'hour', kind: 'clock', label: 'started in the hour from' },
  { name: 'has', kind: 'choice', label: 'has', choices: hasChoices },
  { name: 'is', kind: 'choice', label: 'is', choices: isChoices },
];

const byName = new Map(fields.map((field) => [field.name, field]));

/** Looks a filter up by the name before the colon, in any case of letters. */
export function fieldNamed(name: string): Field | undefined {
  return byName.get(name.toLowerCase());
}

/** Who can be asked for with `said:`. */
export const roles: readonly Role[] = roleSchema.options;

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
