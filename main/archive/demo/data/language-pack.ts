/** What customers of the demo company write about. Every language pack has the first five. */
export const commonTopics = ['delivery', 'refund', 'card', 'login', 'product'] as const;
export const topics = [...commonTopics, 'contract', 'loyalty', 'complaint'] as const;
export type Topic = (typeof topics)[number];

/** Building blocks of one topic. `{order}` and the like are filled in per conversation. */
export interface TopicTexts {
  /** Customer: how it starts. */
  ask: readonly string[];
  /** Customer: answers and further questions on the way. */
  detail: readonly string[];
  /** Agent: questions and findings. */
  answer: readonly string[];
  /** Agent: how it is solved. */
  resolve: readonly string[];
}

/** Invented customer-service talk of one language. */
export interface LanguagePack {
  /** As in `info.language`, e.g. `de-DE`. */
  code: string;
  /** English name, for `sdes` and skills. */
  name: string;
  firstNames: readonly string[];
  lastNames: readonly string[];
  /** Country, its code, city, telephone prefix, time zone. */
  places: readonly (readonly [country: string, countryCode: string, city: string, prefix: string, zone: string])[];
  /** Agent: first line, with `{agent}` and perhaps `{customer}`. */
  greetings: readonly string[];
  /** Agent: while looking something up. */
  waiting: readonly string[];
  /** Customer: short lines between. */
  fillers: readonly string[];
  /** Customer: last line. */
  thanks: readonly string[];
  /** Agent: last line. */
  goodbyes: readonly string[];
  topics: Readonly<Partial<Record<Topic, TopicTexts>> & Record<(typeof commonTopics)[number], TopicTexts>>;
}
