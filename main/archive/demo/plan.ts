import type { Source } from '../../../preload/model.ts';
import { commonTopics, topics } from './data/language-pack.ts';
import type { Topic } from './data/language-pack.ts';
import type { DemoCustomer } from './people.ts';
import { createRandom, hash } from './random.ts';
import type { Random } from './random.ts';

/** Everything about a conversation that is needed before its text: cheap to make for a whole year. */
export interface Plan {
  source: Source;
  /** Seeds all chance of this conversation. */
  key: string;
  remoteId: string;
  startedAt: number;
  endedAt: number;
  customer: DemoCustomer;
  topic: Topic;
  /** 0 alone; 1 and 2 are the halves of a transferred chat. */
  part: 0 | 1 | 2;
  long: boolean;
  /** Times at which the record changes after its end; absent ones do not happen. */
  enrichedAt: number;
  surveyAt: number | null;
  erasedAt: number | null;
  visibleAt: number;
}

export const dayMs = 86_400_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

const weekdayFactor = [0.45, 1.3, 1.2, 1.1, 1.1, 1.15, 0.7];
const hourWeights: readonly (readonly [number, number])[] = [
  [6, 1],
  [7, 3],
  [8, 6],
  [9, 9],
  [10, 10],
  [11, 9],
  [12, 7],
  [13, 7],
  [14, 8],
  [15, 8],
  [16, 8],
  [17, 7],
  [18, 7],
  [19, 9],
  [20, 8],
  [21, 5],
  [22, 2],
  [23, 1],
  [0, 1],
  [2, 0.5],
];

export interface PlanOptions {
  seed: string | number;
  accountId: string;
  /** Roughly how many within thirteen months. */
  conversations: number;
  /** The customer with this number; the same one each time. */
  customer: (index: number) => DemoCustomer;
}

/** All conversations that start on one UTC day, by its number since 1970: a pure function of both. */
export function planDay(options: PlanOptions, day: number): Plan[] {
  const random = createRandom(options.seed, 'day', day);
  const incident = hash(options.seed, 'incident', day) % 89 === 0;
  const expected = (options.conversations / 396) * busyness(day) * (incident ? 3 : 1);
  const total = Math.floor(expected + random.next());
  const plans: Plan[] = [];
  for (let index = 0; index < total; index += 1) {
    plans.push(...planConversation(options, day, index, incident));
  }
  return plans;
}

function busyness(day: number): number {
  const date = new Date(day * dayMs);
  const month = date.getUTCMonth();
  const season =
    month === 10 && date.getUTCDate() > 20
      ? 1.7
      : month === 11
        ? 1.5
        : month === 0
          ? 1.2
          : month === 6 || month === 7
            ? 0.8
            : 0.9;
  return (weekdayFactor[date.getUTCDay()] ?? 1) * season;
}

function planConversation(options: PlanOptions, day: number, index: number, incident: boolean): Plan[] {
  const key = `${String(options.seed)}/${String(day)}/${String(index)}`;
  const random = createRandom(key);
  const source: Source = random.chance(0.55) ? 'chat' : 'messaging';
  const pool = Math.max(60, Math.floor(options.conversations * 0.45));
  const customer = options.customer(Math.floor(pool * random.next() ** 1.6));
  const english = customer.language.name === 'English';
  const topic: Topic =
    incident && random.chance(0.7) ? 'login' : random.pick(english ? [...topics, ...commonTopics] : commonTopics);
  const startedAt =
    day * dayMs + random.weighted(hourWeights) * hourMs + random.between(0, 59) * minuteMs + random.between(0, 59_999);
  const long = hash(key, 'long') % 700 === 0;
  const endedAt = startedAt + lengthMs(random, source, long);
  const plan: Plan = {
    source,
    key,
    remoteId: remoteIdOf(options.accountId, source, key),
    startedAt,
    endedAt,
    customer,
    topic,
    part: 0,
    long,
    ...changesAfter(random, source, startedAt, endedAt),
  };
  const transferred = source === 'chat' && english && random.chance(0.06);
  return transferred ? splitChat(options, plan) : [plan];
}

function lengthMs(random: Random, source: Source, long: boolean): number {
  if (long) return random.between(5 * hourMs, 9 * hourMs);
  if (source === 'chat') {
    // A few visitors leave without a word: zero duration happens.
    return (
      random.weighted([
        [0, 2],
        [random.between(2, 14) * minuteMs, 70],
        [random.between(14, 55) * minuteMs, 27],
        [random.between(1, 4) * hourMs, 2],
      ]) + random.between(0, 59_000)
    );
  }
  const slow = random.chance(0.3);
  return slow ? Math.round(12 * hourMs * 20 ** random.next()) : random.between(6, 300) * minuteMs;
}

function changesAfter(
  random: Random,
  source: Source,
  startedAt: number,
  endedAt: number,
): Pick<Plan, 'enrichedAt' | 'surveyAt' | 'erasedAt' | 'visibleAt'> {
  const late = random.chance(0.15);
  const surveyDelay = late ? random.between(3 * hourMs, 40 * hourMs) : random.between(20_000, 400_000);
  return {
    visibleAt:
      source === 'chat' ? endedAt + random.between(60_000, 290_000) : startedAt + random.between(5_000, 55_000),
    enrichedAt: endedAt + random.between(20 * minuteMs, 118 * minuteMs),
    surveyAt: random.chance(0.45) ? endedAt + surveyDelay : null,
    erasedAt: random.chance(0.006) ? endedAt + random.between(6 * dayMs, 24 * dayMs) : null,
  };
}

/** Chat has no transfers: a transferred chat is two records, one after the other. */
function splitChat(options: PlanOptions, plan: Plan): Plan[] {
  const random = createRandom(plan.key, 'split');
  const middle = Math.round(plan.startedAt + (plan.endedAt - plan.startedAt) * 0.4);
  const secondKey = `${plan.key}/2`;
  const first = { ...plan, part: 1 as const, endedAt: middle, surveyAt: null, ...times(random, middle) };
  const second = {
    ...plan,
    part: 2 as const,
    key: secondKey,
    remoteId: remoteIdOf(options.accountId, 'chat', secondKey),
    startedAt: middle + random.between(5_000, 90_000),
    endedAt: plan.endedAt + 120_000,
    ...times(random, plan.endedAt + 120_000),
  };
  return [first, second];
}

function times(random: Random, endedAt: number): Pick<Plan, 'visibleAt' | 'enrichedAt'> {
  return {
    visibleAt: endedAt + random.between(60_000, 290_000),
    enrichedAt: endedAt + random.between(20 * minuteMs, 118 * minuteMs),
  };
}

function remoteIdOf(accountId: string, source: Source, key: string): string {
  const random = createRandom(key, 'id');
  if (source === 'chat') return `${accountId}4${random.digits(9)}`;
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${random.hex(3)}-${random.hex(12)}`;
}
