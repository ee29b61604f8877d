import { agentsFor, bots, products } from './company.ts';
import type { DemoAgent } from './company.ts';
import { english } from './data/english.ts';
import { notes } from './data/notes.ts';
import type { TopicTexts } from './data/language-pack.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

type TurnKind = 'plain' | 'html' | 'link' | 'rich' | 'quick' | 'file' | 'form' | 'form-sent';

/** One line of talk, before either API's form is put on it. */
export interface Turn {
  who: 'customer' | 'agent' | 'bot' | 'system' | 'note';
  agent: DemoAgent | null;
  kind: TurnKind;
  text: string;
  at: number;
}

/** A whole conversation with its cast. */
export interface Script {
  turns: Turn[];
  /** Human advisers in order of appearance; the last one is in charge at the end. */
  agents: DemoAgent[];
  facts: Facts;
}

/** What the texts talk about: the same order number in every line. */
export interface Facts {
  order: string;
  product: (typeof products)[number];
  amount: string;
  ref: string;
  values: Record<string, string>;
}

const currencyOf: Record<string, readonly [before: string, after: string, code: string]> = {
  GB: ['£', '', 'GBP'],
  US: ['$', '', 'USD'],
  CA: ['$', '', 'CAD'],
  AU: ['$', '', 'AUD'],
  ZA: ['R', '', 'ZAR'],
  JP: ['¥', '', 'JPY'],
  CN: ['¥', '', 'CNY'],
  TW: ['NT$', '', 'TWD'],
  KR: ['₩', '', 'KRW'],
  TH: ['฿', '', 'THB'],
  IN: ['₹', '', 'INR'],
  IL: ['₪', '', 'ILS'],
  BR: ['R$ ', '', 'BRL'],
  TR: ['', ' TL', 'TRY'],
  KZ: ['', ' ₸', 'KZT'],
  AE: ['', ' AED', 'AED'],
  EG: ['', ' EGP', 'EGP'],
  CH: ['CHF ', '', 'CHF'],
};
export function currencyFor(countryCode: string): readonly [before: string, after: string, code: string] {
  return currencyOf[countryCode] ?? ['', ' €', 'EUR'];
}

const cards = ['4111 1111 1111 1111', '5500 0055 5555 5559', '4012888888881881', '3782 822463 10005'] as const;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function dateText(time: number, isEnglish: boolean): string {
  const date = new Date(time);
  const [day, month] = [date.getUTCDate(), date.getUTCMonth()];
  if (isEnglish) return `${String(day)} ${months[month] ?? ''}`;
  return `${String(day).padStart(2, '0')}.${String(month + 1).padStart(2, '0')}.${String(date.getUTCFullYear())}`;
}

function factsOf(plan: Plan, random: Random): Facts {
  const { customer } = plan;
  const product = random.pick(products);
  const [before, after] = currencyFor(customer.countryCode);
  const amount = `${before}${(product.price * random.pick([1, 1, 1, 0.5, 2])).toFixed(2)}${after}`;
  const order = random.chance(0.7) ? `BENCH-${String(100_000 + random.between(0, 9_999))}` : `ORD-${random.digits(7)}`;
  const ref = `${random.pick(['AR', 'RC', 'DX', 'QT'])}${random.digits(6)}`;
  const isEnglish = customer.language === english;
  const date = dateText(plan.startedAt - random.between(1, 9) * 86_400_000, isEnglish);
  const later = dateText(plan.startedAt + random.between(1, 12) * 86_400_000, isEnglish);
  return {
    order,
    product,
    amount,
    ref,
    values: {
      order,
      ref,
      date,
      later,
      amount,
      product: product.name,
      card: random.pick(cards),
      last4: random.digits(4),
      email: customer.email,
      phone: customer.phone,
      member: customer.memberNumber,
      customer: customer.firstName,
      url: `https://www.acme-retail.example/${random.pick(['track', 'p', 'help', 'orders'])}/${product.sku.toLowerCase()}?ref=${ref}`,
    },
  };
}

function fill(text: string, facts: Facts, agent: DemoAgent | null): string {
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) =>
    name === 'agent' ? (agent?.nick ?? 'Acme') : (facts.values[name] ?? whole),
  );
}

/** Goes through a list in a shuffled order and starts over when it is used up, so that lines repeat late. */
function deck(items: readonly string[], random: Random): () => string {
  let rest: string[] = [];
  return () => {
    if (rest.length === 0) rest = shuffled(items, random);
    return rest.pop() ?? '';
  };
}

function shuffled(items: readonly string[], random: Random): string[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [result[last], result[other]] = [result[other] ?? '', result[last] ?? ''];
  }
  return result;
}

/** Promises lie ahead, reports lie behind: the same placeholder means another day in them. */
function datedTexts(texts: TopicTexts, topic: Plan['topic']): readonly (readonly string[])[] {
  const ahead = (list: readonly string[]) => list.map((text) => text.replaceAll('{date}', '{later}'));
  const reports = topic === 'delivery' || topic === 'refund';
  const detail = topic === 'delivery' ? ahead(texts.detail) : texts.detail;
  return [texts.ask, detail, reports ? texts.answer : ahead(texts.answer), ahead(texts.resolve)];
}

/** Writes the conversation of a plan. Pure: the plan's key decides every word. */
export function writeScript(plan: Plan): Script {
  const random = createRandom(plan.key, 'script');
  const facts = factsOf(plan, random);
  const pack = plan.customer.language;
  const texts: TopicTexts = pack.topics[plan.topic] ?? pack.topics.delivery;
  const desk = agentsFor(plan.topic, pack === english);
  const first = random.pick(desk);
  const lines: Omit<Turn, 'at'>[] = [];
  const agents = [first];
  let agent = first;
  const say = (who: Turn['who'], text: string, kind: TurnKind = 'plain', speaker: DemoAgent | null = null) => {
    lines.push({
      who,
      kind,
      text: fill(text, facts, agent),
      agent: speaker ?? (who === 'customer' || who === 'system' ? null : agent),
    });
  };
  const [ask, detail, answer, resolve] = datedTexts(texts, plan.topic).map((list) => deck(list, random)) as [
    () => string,
    () => string,
    () => string,
    () => string,
  ];
  const filler = deck(pack.fillers, random);

  if (plan.source === 'messaging' && random.chance(0.35)) greetByBot(say, random, pack === english, filler);
  say('customer', ask());
  if (plan.source === 'chat') say('system', 'You are now connected with {agent}.');
  say('agent', random.pick(pack.greetings), random.chance(0.15) && plan.source === 'chat' ? 'html' : 'plain');
  if (random.chance(0.1)) say('customer', ask());
  // Short talks end before advisers would repeat themselves.
  const rounds = plan.long ? random.between(205, 230) : Math.min(random.between(1, 6), texts.answer.length + 1);
  const transferAt = plan.source === 'messaging' && random.chance(0.18) ? Math.ceil(rounds / 2) : -1;
  for (let round = 0; round < rounds; round += 1) {
    if (round === transferAt) {
      agent = random.pick(agentsFor(plan.topic, pack === english).concat(random.pick(desk)));
      if (agent !== agents.at(-1)) agents.push(agent);
      say('system', 'The conversation was transferred to {agent}.');
      say('agent', random.pick(pack.greetings));
    }
    say('agent', random.chance(0.25) ? random.pick(pack.waiting) : answer(), oddKind(random, plan));
    if (random.chance(0.16)) say('note', random.pick(notes));
    if (random.chance(0.9)) say('customer', random.chance(0.45) ? filler() : detail());
    if (random.chance(0.06)) say('customer', facts.values['url'] ?? '', 'link');
  }
  addSpecials(say, random, plan);
  say('agent', resolve(), 'plain');
  if (random.chance(0.85)) say('customer', random.pick(pack.thanks));
  if (random.chance(0.8)) say('agent', random.pick(pack.goodbyes));
  return { turns: spread(lines, plan, random), agents, facts };
}

type Say = (who: Turn['who'], text: string, kind?: TurnKind, speaker?: DemoAgent | null) => void;

function greetByBot(say: Say, random: Random, isEnglish: boolean, filler: () => string): void {
  const bot = bots.concierge;
  say('bot', isEnglish ? 'Hi! I am the Acme Concierge 🤖 What is it about?' : 'Hi! 🤖', 'quick', bot);
  say('customer', random.pick(['My order', 'My card', 'Something else', 'Talk to a human', filler()]));
  say(
    'bot',
    random.pick([
      'Sorry, I did not get that. Let me find a colleague.',
      'Thank you, I am handing you over to an adviser.',
      'One moment, a human will be with you shortly.',
    ]),
    'plain',
    bot,
  );
}

function oddKind(random: Random, plan: Plan): TurnKind {
  if (plan.source === 'chat')
    return random.weighted([
      ['plain', 80],
      ['html', 16],
      ['link', 0],
      ['rich', 4],
    ] as const);
  return random.weighted([
    ['plain', 90],
    ['rich', 5],
    ['quick', 3],
    ['html', 2],
  ] as const);
}

function addSpecials(say: Say, random: Random, plan: Plan): void {
  if (random.chance(0.12)) say('agent', 'https://www.acme-retail.example/help/{ref}', 'link');
  if (plan.source === 'chat') return;
  if (random.chance(0.14))
    say('customer', random.pick(['photo of the damage', 'receipt', 'screenshot of the error', 'parcel label']), 'file');
  if (random.chance(0.08)) say('agent', random.pick(['agreement {ref}', 'return label', 'statement {date}']), 'file');
  if (random.chance(0.07) || (plan.topic === 'card' && random.chance(0.3))) {
    say('agent', 'Confirm disputed payments', 'form');
    if (random.chance(0.7)) say('customer', 'Confirm disputed payments', 'form-sent');
  }
}

/** Gives the lines their times: in order, uneven, within the conversation. */
function spread(lines: readonly Omit<Turn, 'at'>[], plan: Plan, random: Random): Turn[] {
  const gaps = lines.map(() => 0.2 + random.next() ** 2);
  const sum = gaps.reduce((total, gap) => total + gap, 0);
  const length = (plan.endedAt - plan.startedAt) * 0.97;
  let passed = 0;
  return lines.map((line, index) => {
    const at = plan.startedAt + Math.floor((passed / sum) * length) + index;
    passed += gaps[index] ?? 0;
    return { ...line, at };
  });
}
