import type { Role, Transcript } from '../../../preload/model.ts';

/**
 * What a query means, told from whole transcripts by reading them: no index, no parser, nothing of
 * main/archive/search. Slow and plain on purpose.
 */
export type Question =
  | { ask: 'all' | 'any'; of: Question[] }
  | { ask: 'not'; of: Question }
  | { ask: 'words'; words: string; prefix: boolean; said: Role | null }
  | { ask: 'near'; first: string; second: string; distance: number; said: Role | null }
  | { ask: 'agent' | 'skill' | 'group' | 'email'; value: string; prefix: boolean }
  | { ask: 'number'; of: (transcript: Transcript) => number | null; holds: (value: number) => boolean }
  | { ask: 'day'; zone: string; holds: (localDay: string) => boolean }
  | { ask: 'clock'; zone: string; holds: (weekday: string, hour: number) => boolean }
  | { ask: 'note' | 'open' | 'bot' };

/** Lower case, no accents, one way to write each letter. */
export function plain(text: string): string {
  return text
    .replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F\u200d]/gu, '')
    .replaceAll('™', ' ')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u05b0-\u05c7]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('ς', 'σ')
    .replace(/\u0307/gu, '');
}

const pieces =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]|[\p{sc=Hangul}]|[\p{sc=Thai}]|\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]|[\p{L}\p{N}\p{M}]+/gu;

const cache = new Map<string, string[]>();

export function wordsOf(text: string): string[] {
  let words = cache.get(text);
  if (words === undefined) {
    words = [...plain(text).matchAll(pieces)].map(([word]) => word).flatMap(splitUnspaced);
    cache.set(text, words);
  }
  return words;
}

/** A run that began with a letter may have taken characters along that stand alone. */
function splitUnspaced(word: string): string[] {
  return word
    .split(/([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\p{sc=Hangul}\p{sc=Thai}])/gu)
    .filter((part) => part !== '');
}

function startsOf(words: readonly string[], wanted: readonly string[], prefix: boolean): number[] {
  const starts: number[] = [];
  for (let start = 0; start + wanted.length <= words.length; start += 1) {
    const fits = wanted.every((want, index) => {
      const word = words[start + index] as string;
      return prefix && index === wanted.length - 1 ? word.startsWith(want) : word === want;
    });
    if (fits) starts.push(start);
  }
  return starts;
}

function textsOf(transcript: Transcript, said: Role | null): string[] {
  const spoken = transcript.messages.filter(({ role }) => said === null || role === said).map(({ text }) => text);
  if (said !== null) return spoken;
  const { customer } = transcript;
  const digits = customer.phone?.replace(/\D/gu, '') ?? '';
  return [
    ...spoken,
    transcript.id.split(':')[2] as string,
    ...[customer.id, customer.name, customer.email, customer.phone, digits].map((value) => value ?? ''),
    transcript.summary ?? '',
    ...transcript.surveys.map(({ answer }) => answer),
    ...transcript.attributes.map(({ value }) => value),
  ];
}

function sameValue(one: string, other: string, prefix: boolean): boolean {
  const [left, right] = [wordsOf(one).join(' '), wordsOf(other).join(' ')];
  return prefix ? left.startsWith(right) : left === right;
}

export function answers(transcript: Transcript, question: Question): boolean {
  switch (question.ask) {
    case 'all':
      return question.of.every((each) => answers(transcript, each));
    case 'any':
      return question.of.some((each) => answers(transcript, each));
    case 'not':
      return !answers(transcript, question.of);
    case 'words': {
      const wanted = wordsOf(question.words);
      return textsOf(transcript, question.said).some(
        (text) => startsOf(wordsOf(text), wanted, question.prefix).length > 0,
      );
    }
    case 'near':
      return textsOf(transcript, question.said).some((text) => isNear(wordsOf(text), question));
    case 'agent':
      return transcript.agents.some(({ id, name, login }) =>
        [id, name, login].some((each) => each !== null && sameValue(each, question.value, question.prefix)),
      );
    case 'skill':
      return transcript.skills.some(({ id, name }) =>
        [id, name].some((each) => sameValue(each, question.value, question.prefix)),
      );
    case 'group':
      return transcript.agents.some(({ group }) => group !== null && sameValue(group, question.value, question.prefix));
    case 'email':
      return (
        transcript.customer.email !== null && sameValue(transcript.customer.email, question.value, question.prefix)
      );
    case 'number': {
      const value = question.of(transcript);
      return value !== null && question.holds(value);
    }
    case 'day':
      return question.holds(localDay(transcript.startedAt, question.zone));
    case 'clock': {
      const [weekday = '', hour = ''] = localClock(transcript.startedAt, question.zone).split(' ');
      return question.holds(weekday, Number(hour));
    }
    case 'note':
      return transcript.messages.some((message) => message.private);
    case 'open':
      return transcript.status === 'open';
    case 'bot':
      return transcript.messages.some(({ role }) => role === 'bot');
  }
}

function isNear(words: readonly string[], { first, second, distance }: Question & { ask: 'near' }): boolean {
  const [one, other] = [wordsOf(first), wordsOf(second)];
  const ends = startsOf(words, other, false);
  return startsOf(words, one, false).some((start) =>
    ends.some((end) => {
      const between = end >= start ? end - (start + one.length) : start - (end + other.length);
      return between <= distance;
    }),
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-04`, as a wall calendar in the zone has it. */
function localDay(time: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format.format(time);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `Mon 09`, as a clock on a wall in the zone has it. */
function localClock(time: number, zone: string): string {
  let format = clocks.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, format);
  }
  return format.format(time).replace(',', '');
}

/** From the start until an agent's first public line; null where there is none. */
export function waited({ startedAt, messages }: Transcript): number | null {
  const times = messages.filter((each) => each.role === 'agent' && !each.private).map(({ time }) => time ?? Infinity);
  return times.length === 0 ? null : Math.min(...times) - startedAt;
}
