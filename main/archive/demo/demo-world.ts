import type { Source } from '../../../preload/model.ts';
import { chatRecord } from './chat-record.ts';
import { writeJson } from './json.ts';
import { messagingRecord } from './messaging-record.ts';
import { customerOf } from './people.ts';
import type { DemoCustomer } from './people.ts';
import { dayMs, planDay } from './plan.ts';
import type { Plan, PlanOptions } from './plan.ts';
import { byStartThenId, completeRecord, firstStartingAt } from './world.ts';
import type { RecordVersion, RemoteRecord, World } from './world.ts';
import { writeScript } from './script.ts';

export interface DemoWorldOptions {
  seed?: string | number;
  /** When the account is looked at first; the world goes on growing after it. */
  now: number;
  accountId?: string;
  /** Roughly how many conversations thirteen months hold. */
  conversations?: number;
}

/** Texts kept in memory at most: enough for a page or two of each kind. */
const keptVersions = 2_000;

/** Thirteen calendar months before `time`: what LivePerson keeps. */
export function retentionStart(time: number): number {
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() - 13);
  return date.getTime();
}

/**
 * The demo company's account. A pure function of seed and day: a world looked at next month holds the same
 * conversations for the days that both know. Texts are written when asked for, so a large world is cheap to make.
 */
export function createDemoWorld(options: DemoWorldOptions): World {
  const customers = new Map<number, DemoCustomer>();
  const planning: PlanOptions = {
    seed: options.seed ?? 'acme',
    accountId: options.accountId ?? '70000001',
    conversations: options.conversations ?? 2000,
    customer(index: number) {
      const customer = customers.get(index) ?? customerOf(planning.seed, index);
      customers.set(index, customer);
      return customer;
    },
  };
  const firstDay = Math.floor(retentionStart(options.now) / dayMs) - 3;
  const lists: Record<Source, RemoteRecord[]> = { chat: [], messaging: [] };
  const byId = new Map<string, RemoteRecord>();
  const cache = new Map<string, RecordVersion>();
  let nextDay = firstDay;

  const grow = (now: number) => {
    const lastDay = Math.floor(now / dayMs);
    if (nextDay > lastDay) return;
    for (; nextDay <= lastDay; nextDay += 1) {
      for (const plan of planDay(planning, nextDay)) {
        const record = toRecord(plan, planning.accountId, cache);
        lists[plan.source].push(record);
        byId.set(`${plan.source}:${plan.remoteId}`, record);
      }
    }
    lists.chat.sort(byStartThenId);
    lists.messaging.sort(byStartThenId);
  };
  const upTo = (source: Source, from: number, to: number) =>
    lists[source].slice(firstStartingAt(lists[source], from), firstStartingAt(lists[source], to + 1));

  grow(options.now);
  return {
    accountId: planning.accountId,
    records(source, now) {
      grow(now);
      return upTo(source, -Infinity, now);
    },
    between(source, from, to, now) {
      grow(now);
      return upTo(source, from, Math.min(to, now));
    },
    find(source, remoteId, now) {
      grow(now);
      return byId.get(`${source}:${remoteId}`);
    },
  };
}

function toRecord(plan: Plan, accountId: string, cache: Map<string, RecordVersion>): RemoteRecord {
  const vanishesAt = expiryOf(plan.startedAt);
  return completeRecord({
    source: plan.source,
    remoteId: plan.remoteId,
    startedAt: plan.startedAt,
    visibleAt: plan.visibleAt,
    vanishesAt,
    versionAt(now) {
      if (now < plan.visibleAt || now >= vanishesAt) return null;
      const at = lastChange(plan, now);
      const key = `${plan.key}@${String(at)}`;
      let version = cache.get(key);
      if (version === undefined) {
        version = lazyVersion(plan, accountId, at);
        cache.set(key, version);
        const oldest = cache.size > keptVersions ? cache.keys().next().value : undefined;
        if (oldest !== undefined) cache.delete(oldest);
      }
      return version;
    },
  });
}

/** First moment at which `retentionStart` is past the start. */
function expiryOf(startedAt: number): number {
  const date = new Date(startedAt);
  date.setUTCMonth(date.getUTCMonth() + 13);
  return date.getTime();
}

/** The last moment up to `now` at which the record changed: its text is the same from there on. */
function lastChange(plan: Plan, now: number): number {
  const later = plan.source === 'chat' ? [plan.visibleAt, plan.enrichedAt] : [plan.visibleAt, plan.endedAt];
  const times = [...later, plan.surveyAt, plan.erasedAt].filter((time) => time !== null && time <= now) as number[];
  if (plan.source === 'messaging' && now < plan.endedAt) {
    for (const turn of writeScript(plan).turns) if (turn.at <= now) times.push(turn.at);
  }
  return Math.max(...times);
}

function lazyVersion(plan: Plan, accountId: string, at: number): RecordVersion {
  const write = (whole: boolean) =>
    writeJson((plan.source === 'chat' ? chatRecord : messagingRecord)(plan, accountId, at, whole));
  let search: string | undefined;
  let complete: string | undefined;
  const open = plan.source === 'messaging' && at < plan.endedAt;
  return {
    status: open ? 'open' : 'closed',
    final: !open && !plan.long,
    updatedAt: at,
    get searchText() {
      return (search ??= write(false));
    },
    get completeText() {
      return (complete ??= write(true));
    },
  };
}
