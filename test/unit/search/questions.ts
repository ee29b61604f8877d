import type { Transcript } from '../../../preload/model.ts';
import { agents, sentences, skills } from './corpus.ts';
import { waited, type Question } from './oracle.ts';
import type { Random } from './random.ts';

/** A question for the oracle, and the same question in the query language. */
export interface Asked {
  question: Question;
  text: string;
}

const spaced = sentences.flatMap((sentence) => sentence.split(/\s+/u)).filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
const unspaced = sentences.filter((sentence) => /[\p{sc=Han}\p{sc=Hangul}\p{sc=Thai}\p{sc=Hiragana}]/u.test(sentence));
const others = [
  'BENCH-100821',
  '100821',
  '4711',
  'PO-1003-X',
  'clara.koenig@mail.example',
  'shop.example',
  '1,299.00',
  '👍',
  '🎉',
  'm²',
  'nothingatall',
  '493012345',
  'conv-7',
];
const roles = ['customer', 'agent', 'bot'] as const;

/** A question as deep as a person would ever ask one, and somewhat deeper. */
export function randomQuestion(random: Random, zone: string, depth = 3): Asked {
  const roll = random.next();
  if (depth > 0 && roll < 0.3) {
    const parts = Array.from({ length: 2 + random.below(2) }, () => randomQuestion(random, zone, depth - 1));
    const text = parts.map((part) => wrapped(part)).join(random.chance(0.5) ? ' ' : ' AND ');
    return { question: { ask: 'all', of: parts.map(({ question }) => question) }, text };
  }
  if (depth > 0 && roll < 0.5) {
    const parts = Array.from({ length: 2 + random.below(2) }, () => randomQuestion(random, zone, depth - 1));
    return {
      question: { ask: 'any', of: parts.map(({ question }) => question) },
      text: parts.map(wrapped).join(' OR '),
    };
  }
  if (depth > 0 && roll < 0.62) {
    const part = randomQuestion(random, zone, depth - 1);
    return { question: { ask: 'not', of: part.question }, text: (random.chance(0.5) ? '-' : 'NOT ') + wrapped(part) };
  }
  return randomLeaf(random, zone);
}

function wrapped({ question, text }: Asked): string {
  return question.ask === 'all' || question.ask === 'any' ? `(${text})` : text;
}

function randomLeaf(random: Random, zone: string): Asked {
  const roll = random.next();
  if (roll < 0.55) return randomWords(random);
  if (roll < 0.65) return randomNear(random);
  if (roll < 0.77) return randomValue(random);
  if (roll < 0.87) return randomNumber(random);
  if (roll < 0.93) return randomDate(random, zone);
  if (roll < 0.97) return randomClock(random, zone);
  const ask = random.pick(['note', 'open', 'bot'] as const);
  return { question: { ask }, text: ask === 'note' ? 'has:note' : `is:${ask}` };
}

function randomWords(random: Random): Asked {
  const said = random.chance(0.3) ? random.pick(roles) : null;
  const scope = said === null ? '' : `said:${said} `;
  const roll = random.next();
  if (roll < 0.25) {
    const words = random.pick(sentences).split(/\s+/u);
    const start = random.below(words.length);
    const phrase = words
      .slice(start, start + 1 + random.below(4))
      .join(' ')
      .replaceAll('"', '');
    if (!/[\p{L}\p{N}]/u.test(phrase)) return randomWords(random);
    return { question: { ask: 'words', words: phrase, prefix: false, said }, text: `${scope}"${phrase}"` };
  }
  if (roll < 0.45) {
    const characters = Array.from(random.pick(unspaced).replace(/[\s，\d]/gu, ''));
    const start = random.below(characters.length);
    const words = characters.slice(start, start + 1 + random.below(3)).join('');
    return { question: { ask: 'words', words, prefix: false, said }, text: scope + words };
  }
  const word = random.chance(0.2) ? random.pick(others) : random.pick(spaced);
  if (random.chance(0.2) && /^[\p{L}\p{N}]+$/u.test(word) && !unspaced.some((each) => each.includes(word))) {
    const words = Array.from(word)
      .slice(0, 1 + random.below(4))
      .join('');
    return { question: { ask: 'words', words, prefix: true, said }, text: `${scope}${words}*` };
  }
  const typed = random.pick([word, word.toLowerCase(), word.toUpperCase(), word.normalize('NFD')]);
  const words = /^(?:AND|OR|NOT|NEAR)$/u.test(typed) ? typed.toLowerCase() : typed;
  return { question: { ask: 'words', words, prefix: false, said }, text: scope + words };
}

function randomNear(random: Random): Asked {
  const said = random.chance(0.3) ? random.pick(roles) : null;
  const words = random
    .pick(sentences)
    .split(/\s+/u)
    .filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
  const other = random.chance(0.5)
    ? words
    : random
        .pick(sentences)
        .split(/\s+/u)
        .filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
  const [first, second] = [
    random.pick(words.length > 0 ? words : ['refund']),
    random.pick(other.length > 0 ? other : ['order']),
  ];
  const distance = random.below(9);
  const near = `${first} NEAR/${distance} ${second}`;
  return {
    question: { ask: 'near', first, second, distance, said },
    text: said === null ? near : `said:${said}(${near})`,
  };
}

function randomValue(random: Random): Asked {
  const agent = random.pick(agents);
  const skill = random.pick(skills);
  const [ask, value] = random.pick([
    ['agent', agent.name],
    ['agent', agent.id],
    ['agent', agent.login],
    ['agent', agent.name.toUpperCase()],
    ['skill', skill.name],
    ['skill', String(skill.id)],
    ['group', agent.group],
    ['email', 'clara.koenig@mail.example'],
    ['agent', 'nobody'],
  ] as const);
  if (random.chance(0.25)) {
    const part = Array.from(value)
      .slice(0, 1 + random.below(5))
      .join('')
      .trim();
    return { question: { ask, value: part, prefix: true }, text: `${ask}:"${part}"*` };
  }
  const quoted = /[\s(),]/u.test(value) || random.chance(0.3) ? `"${value}"` : value;
  if (random.chance(0.2)) {
    return {
      question: {
        ask: 'any',
        of: [
          { ask, value, prefix: false },
          { ask, value: 'Cards', prefix: false },
        ],
      },
      text: `${ask}:${quoted},Cards`,
    };
  }
  return { question: { ask, value, prefix: false }, text: `${ask}:${quoted}` };
}

const numbers: Record<string, (transcript: Transcript) => number | null> = {
  csat: ({ csat }) => csat,
  mcs: ({ mcs }) => mcs,
  messages: ({ messageCount }) => messageCount,
  duration: ({ durationMs }) => durationMs,
  waiting: waited,
};

function randomNumber(random: Random): Asked {
  const field = random.pick(Object.keys(numbers));
  const of = numbers[field] as (transcript: Transcript) => number | null;
  const [write, value] = randomAmount(random, field);
  const [sign, holds] = random.pick([
    ['', (each: number) => each === value],
    ['<', (each: number) => each < value],
    ['<=', (each: number) => each <= value],
    ['>', (each: number) => each > value],
    ['>=', (each: number) => each >= value],
  ] as const);
  if (random.chance(0.25)) {
    const [writeHigh, high] = randomAmount(random, field);
    return {
      question: { ask: 'number', of, holds: (each) => value <= each && each <= high },
      text: `${field}:${write}..${writeHigh}`,
    };
  }
  return { question: { ask: 'number', of, holds }, text: `${field}:${sign}${write}` };
}

function randomAmount(random: Random, field: string): [string, number] {
  if (field === 'duration') return randomDuration(random);
  if (field === 'waiting')
    return random.pick([
      ['0s', 0],
      ['1s', 1000],
      ['2', 2000],
      ['2500ms', 2500],
      ['0.1m', 6000],
    ]);
  return randomPlain(random, field);
}

function randomPlain(random: Random, field: string): [string, number] {
  const value = field === 'csat' ? random.pick([1, 2, 3, 4, 5, 3.5, 2.25]) : random.below(field === 'mcs' ? 101 : 12);
  return [String(value), value];
}

function randomDuration(random: Random): [string, number] {
  return random.pick([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h', 3_600_000],
    ['1.5h', 5_400_000],
    ['90001ms', 90_001],
    ['0s', 0],
    ['30', 30_000],
  ]);
}

function randomDate(random: Random, zone: string): Asked {
  const month = 1 + random.below(4);
  const days = new Date(Date.UTC(2026, month, 0)).getUTCDate();
  const two = (value: number) => String(value).padStart(2, '0');
  const text = random.chance(0.7) ? `2026-${two(month)}-${two(1 + random.below(days))}` : `2026-${two(month)}`;
  const part = (localDay: string) => localDay.slice(0, text.length);
  const [field, holds] = random.pick([
    ['from', (localDay: string) => part(localDay) >= text],
    ['to', (localDay: string) => part(localDay) <= text],
    ['on', (localDay: string) => part(localDay) === text],
  ] as const);
  return { question: { ask: 'day', zone, holds }, text: `${field}:${text}` };
}

const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function randomClock(random: Random, zone: string): Asked {
  const size = random.pick([7, 24]);
  const [first, last] = [random.below(size), random.below(size)];
  const within = (unit: number) => (first <= last ? first <= unit && unit <= last : first <= unit || unit <= last);
  if (size === 24) {
    const one = random.chance(0.5);
    return {
      question: { ask: 'clock', zone, holds: (_weekday, hour) => (one ? hour === first : within(hour)) },
      text: one ? `hour:${first}` : `hour:${first}..${last}`,
    };
  }
  const name = (unit: number) => random.pick([week[unit], week[unit]?.toLowerCase()]) ?? '';
  return {
    question: { ask: 'clock', zone, holds: (weekday) => within(week.indexOf(weekday)) },
    text: first === last ? `weekday:${name(first)}` : `weekday:${name(first)}..${name(last)}`,
  };
}
