import Database from 'better-sqlite3';
import { createInProcessAdapter } from '../../../main/archive/demo/in-process.ts';
import { createFaults, type Faults } from '../../../main/archive/demo/faults.ts';
import { createWorld, type ScriptedRecord, type ScriptedStep } from '../../../main/archive/demo/scripted-world.ts';
import { createDemoService, demoCredentials, type DemoService } from '../../../main/archive/demo/service.ts';
import type { World } from '../../../main/archive/demo/world.ts';
import type { Clock } from '../../../main/archive/clock.ts';
import { createHistoryClient } from '../../../main/archive/liveperson/connect.ts';
import type { HistoryClient } from '../../../main/archive/liveperson/history-client.ts';
import { noLog } from '../../../main/archive/log.ts';
import { addAccount } from '../../../main/archive/store/accounts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { migrate } from '../../../main/archive/store/migrate.ts';
import { runSync, type SyncOptions } from '../../../main/archive/sync/run.ts';
import type { Source, SyncReport } from '../../../preload/model.ts';
import { minute, noon } from './times.ts';

/** A clock that tests turn: sleeping takes no time but moves it. */
export interface TurnedClock extends Clock {
  set(time: number): void;
  advance(ms: number): void;
}

function turnedClock(start: number): TurnedClock {
  let time = start;
  return {
    now: () => time,
    set: (next) => {
      time = next;
    },
    advance: (ms) => {
      time += ms;
    },
    sleep(ms, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      time += ms;
      return Promise.resolve();
    },
  };
}

/** An archive in memory, for tests that need thousands of them. */
export function memoryArchive(): ArchiveWriter {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db);
  return { kind: 'writer', db, folder: '/nowhere', warnings: [], close: () => db.close() };
}

export interface ChatScript {
  id: string;
  start: number;
  /** When it ended; it is listed from then on, `lag` later. */
  end: number;
  lag?: number;
  /** How long after the end its attributes are merged; absent: at once. */
  enrichedAfter?: number;
  vanishesAt?: number;
  text?: string;
}

/** A chat as the service lists it over time. */
export function chat(script: ChatScript): ScriptedRecord {
  const { id, start, end } = script;
  const visible = end + (script.lag ?? 0);
  const enriched = script.enrichedAfter === undefined ? visible : Math.max(visible, end + script.enrichedAfter);
  const text = (complete: boolean) =>
    JSON.stringify({
      info: {
        engagementId: id,
        startTimeL: start,
        endTimeL: end,
        duration: Math.floor((end - start) / 1000),
        ended: true,
        isPartial: false,
        chatDataEnriched: complete,
      },
      transcript: { lines: [{ timeL: start, text: script.text ?? `about ${id}`, by: 'Clara', source: 'visitor' }] },
      ...(complete ? { sdes: { events: [] } } : {}),
    });
  const steps: ScriptedStep[] = [{ at: visible, text: text(enriched <= visible) }];
  if (enriched > visible) steps.push({ at: enriched, text: text(true) });
  return { source: 'chat', remoteId: id, startedAt: start, steps, vanishesAt: script.vanishesAt ?? Infinity };
}

export interface MessagingScript {
  id: string;
  start: number;
  /** Times of its messages after the first; the last one closes it unless `staysOpen`. */
  updates: readonly number[];
  staysOpen?: boolean;
  /** By id it has this many more attributes. */
  vanishesAt?: number;
}

/** A messaging conversation as the service lists it over time: open from its start, changing, then closed. */
export function messaging(script: MessagingScript): ScriptedRecord {
  const { id, start, updates } = script;
  const times = [start, ...updates];
  const step = (count: number): ScriptedStep => {
    const at = times[count - 1] ?? start;
    const closed = count === times.length && script.staysOpen !== true;
    const record = {
      info: {
        conversationId: id,
        status: closed ? 'CLOSE' : 'OPEN',
        fullDialogStatus: closed ? 'CLOSE' : 'OPEN',
        startTimeL: start,
        endTimeL: closed ? at : -1,
        fullDialogEndTimeL: closed ? at : -1,
        isPartial: false,
      },
      messageRecords: times.slice(0, count).map((time, position) => ({
        type: 'TEXT_PLAIN',
        messageData: { msg: { text: `message ${position} of ${id}` } },
        messageId: `ms::${id}::${position}`,
        seq: position,
        sentBy: position % 2 === 0 ? 'Consumer' : 'Agent',
        audience: 'ALL',
        timeL: time,
      })),
    };
    const text = JSON.stringify(record);
    return { at, text, completeText: JSON.stringify({ ...record, summary: { text: `all of ${id}` } }), updatedAt: at };
  };
  return {
    source: 'messaging',
    remoteId: id,
    startedAt: start,
    steps: times.map((_, index) => step(index + 1)),
    vanishesAt: script.vanishesAt ?? Infinity,
  };
}

export interface Bench {
  archive: ArchiveWriter;
  service: DemoService;
  faults: Faults;
  clock: TurnedClock;
  /** Requests of the history APIs that the service answered so far. */
  historyRequests(): number;
  sync(more?: Partial<SyncOptions>): Promise<SyncReport>;
  ids(source: Source): string[];
}

export interface BenchOptions {
  records?: readonly ScriptedRecord[];
  world?: World;
  now?: number;
  since?: number;
  sources?: Source[];
  archive?: ArchiveWriter;
  faults?: Faults;
  /** OAuth 1 can't be used with a wrong clock: its time stamps are refused. */
  credentials?: 'oauth1' | 'oauth2';
  /** The service's own time; the computer's unless it is wrong. */
  serviceNow?: () => number;
}

/** An archive with one account at a simulated service in this process, all on one clock. */
export function bench(options: BenchOptions = {}): Bench {
  const clock = turnedClock(options.now ?? noon);
  const faults = options.faults ?? createFaults();
  const world = options.world ?? createWorld({ records: options.records ?? [] });
  const service = createDemoService({ world, faults, now: options.serviceNow ?? (() => clock.now()) });
  const archive = options.archive ?? memoryArchive();
  addAccount(
    archive.db,
    {
      accountId: world.accountId,
      sources: options.sources ?? ['chat', 'messaging'],
      domainApi: 'https://demo-account.test',
      requestIntervalMs: 0,
      retryBaseMs: 5000,
      ...(options.since === undefined ? {} : { since: options.since }),
    },
    'oauth2',
    { demo: true, now: clock.now() },
  );
  return {
    archive,
    service,
    faults,
    clock,
    historyRequests: () =>
      (service.stats.byRoute['chat-search'] ?? 0) +
      (service.stats.byRoute['messaging-search'] ?? 0) +
      (service.stats.byRoute['messaging-by-conversation'] ?? 0),
    sync: (more = {}) =>
      runSync(archive, {
        clientFor: (account) => clientFor(account, service, clock, options.credentials),
        clock,
        log: noLog,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        onChanged: () => undefined,
        ...more,
      }),
    ids: (source) => archivedIds(archive, source),
  };
}

export function clientFor(
  account: { accountId: string; domainApi: string | null; requestIntervalMs: number; retryBaseMs: number },
  service: DemoService,
  clock: Clock,
  credentials: 'oauth1' | 'oauth2' = 'oauth1',
): HistoryClient {
  return createHistoryClient({
    account,
    credentials: () => Promise.resolve(demoCredentials[credentials]),
    clock,
    log: noLog,
    transport: createInProcessAdapter(service),
    random: () => 0.5,
  });
}

export function archivedIds(archive: ArchiveWriter, source: Source): string[] {
  return archive.db
    .prepare<[Source], string>('SELECT remote_id FROM conversation WHERE source = ? ORDER BY remote_id')
    .pluck()
    .all(source);
}

/** `count` chats, spread evenly over a range. */
export function manyChats(count: number, from: number, to: number, prefix = 'c'): ScriptedRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const start = from + Math.floor(((to - from) * index) / count);
    return chat({ id: `${prefix}${index}`, start, end: start + 10 * minute });
  });
}
