import type { Source } from '../../../preload/model.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** What may go wrong with one request. */
const faultKinds = [
  /** Some index partitions do not answer: records are missing, `partialResult` says so. */
  'partial-result',
  /** `count` is not the number of hits. */
  'count-lie',
  /** 204 instead of an answer. */
  'no-content',
  'rate-limited',
  /** 500 with internal code 0007. */
  'server-error',
  'unavailable',
  'unauthorised',
  'forbidden',
  /** A proxy's sign-in page: 200 and HTML. */
  'captive-portal',
  /** The connection closes in the middle of the JSON, politely. */
  'cut-off',
  'reset',
  'slow',
  /** While paging: a record appears before the current offset. */
  'insert',
  /** While paging: a record before the current offset is gone for good. */
  'vanish',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Where a fault strikes: history searches, unless told otherwise. */
export type FaultPlace = 'history' | 'token' | 'domain';

/** Lasting conditions of the whole service. */
interface FaultSwitches {
  /** Every connection is reset. */
  outage: boolean;
  captivePortal: boolean;
  /** Added to the service's own clock: its `Date` header, its tokens, its idea of "now" for OAuth 1. */
  clockSkewMs: number;
  /** The secret is right but expired: 401 at the token endpoint. */
  expiredSecret: boolean;
  /** 403 for these sources. */
  revokedPermission: readonly Source[];
  /** 204 instead of an empty page. */
  noContentWhenEmpty: boolean;
  /** Records with equal starts come in another order with each request. */
  reorderTies: boolean;
  /** 500 with code 0007 when `offset + limit` goes beyond. */
  deepestOffset: number | null;
  /** `limit` above 100 is cut to 100 instead of being refused. */
  clampLimit: boolean;
  domainShape: 'single' | 'list';
  tokenWithExpiresIn: boolean;
  /** `Retry-After` of a 429 in seconds; null: no such header. */
  retryAfterS: number | null;
  /** Requests that fail in a row once a 500 or 503 struck. */
  burstLength: number;
  slowMs: number;
  /** History answers 404 until the Domain API was asked again, as after a move to another host. */
  moved: boolean;
  records: RecordFaults;
}

/** Shares (0 to 1) of records that are sent in an odd form, chosen by their id: always the same ones. */
export interface RecordFaults {
  idsAsNumbers: number;
  nulls: number;
  unknownTypes: number;
  longAttribute: number;
  notEnriched: number;
  /** Half of the transcript in search, whole by id. */
  partial: number;
  erased: number;
  lateSurvey: number;
  /** Becomes visible `lateByMs` after its time, with its old start. */
  late: number;
  lateByMs: number;
}

const noRecordFaults: RecordFaults = {
  idsAsNumbers: 0,
  nulls: 0,
  unknownTypes: 0,
  longAttribute: 0,
  notEnriched: 0,
  partial: 0,
  erased: 0,
  lateSurvey: 0,
  late: 0,
  lateByMs: 0,
};

const calm: FaultSwitches = {
  outage: false,
  captivePortal: false,
  clockSkewMs: 0,
  expiredSecret: false,
  revokedPermission: [],
  noContentWhenEmpty: false,
  reorderTies: false,
  deepestOffset: null,
  clampLimit: false,
  domainShape: 'single',
  tokenWithExpiresIn: false,
  retryAfterS: null,
  burstLength: 1,
  slowMs: 50,
  moved: false,
  records: noRecordFaults,
};

export interface FaultOptions {
  seed?: string | number;
  /** Chance of each fault per history request. */
  chances?: Partial<Record<FaultKind, number>>;
  switches?: Partial<Omit<FaultSwitches, 'records'>> & { records?: Partial<RecordFaults> };
}

export interface Faults {
  readonly seed: string | number;
  readonly switches: Readonly<FaultSwitches>;
  /** Changes lasting conditions. */
  set(switches: NonNullable<FaultOptions['switches']>): void;
  /** Replaces all chances. */
  setChances(chances: Partial<Record<FaultKind, number>>): void;
  /** The next `times` requests at that place suffer this. */
  once(kind: FaultKind, times?: number, place?: FaultPlace): void;
  /** Decides whether this request suffers it; uses up what `once` ordered. */
  strikes(kind: FaultKind, place: FaultPlace): boolean;
  /** Chance for the details of a fault. */
  readonly random: Random;
  /** Back to a healthy service; the order of chance goes on. */
  heal(): void;
}

/** All faults of one service. The same seed and the same requests give the same faults. */
export function createFaults(options: FaultOptions = {}): Faults {
  const seed = options.seed ?? 'faults';
  const streams = new Map(faultKinds.map((kind) => [kind, createRandom(seed, kind)]));
  const ordered = new Map<string, number>();
  let chances = options.chances ?? {};
  let burst: { kind: FaultKind; left: number } | null = null;
  let switches = merge(calm, options.switches ?? {});

  const takeOrdered = (kind: FaultKind, place: FaultPlace): boolean => {
    const key = `${kind} ${place}`;
    const left = ordered.get(key) ?? 0;
    if (left > 0) ordered.set(key, left - 1);
    return left > 0;
  };
  const continueBurst = (kind: FaultKind): boolean => {
    if (burst?.kind !== kind) return false;
    burst = burst.left > 1 ? { kind, left: burst.left - 1 } : null;
    return true;
  };

  return {
    seed,
    random: createRandom(seed, 'details'),
    get switches() {
      return switches;
    },
    set(changes) {
      switches = merge(switches, changes);
    },
    setChances(next) {
      chances = next;
    },
    once(kind, times = 1, place = 'history') {
      ordered.set(`${kind} ${place}`, (ordered.get(`${kind} ${place}`) ?? 0) + times);
    },
    strikes(kind, place) {
      if (takeOrdered(kind, place)) return true;
      if (place !== 'history') return false;
      if (continueBurst(kind)) return true;
      const chance = chances[kind] ?? 0;
      if (chance === 0 || streams.get(kind)?.chance(chance) !== true) return false;
      if ((kind === 'server-error' || kind === 'unavailable') && switches.burstLength > 1) {
        burst = { kind, left: switches.burstLength - 1 };
      }
      return true;
    },
    heal() {
      chances = {};
      ordered.clear();
      burst = null;
      switches = calm;
    },
  };
}

function merge(base: FaultSwitches, changes: NonNullable<FaultOptions['switches']>): FaultSwitches {
  return { ...base, ...changes, records: { ...base.records, ...changes.records } };
}
