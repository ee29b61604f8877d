import type { Source } from '../../../preload/model.ts';
import { byStartThenId, completeRecord, firstStartingAt } from './world.ts';
import type { RecordVersion, RemoteRecord, World } from './world.ts';

/** From `at` on, the record looks like this. */
export interface ScriptedStep {
  at: number;
  /** JSON text in search results. */
  text: string;
  /** JSON text by id; the same when absent. */
  completeText?: string;
  /** When the update filter says it changed; `at` when absent. */
  updatedAt?: number;
}

export interface ScriptedRecord {
  source: Source;
  remoteId: string;
  startedAt: number;
  /** In order of time. The first makes it visible. */
  steps: readonly ScriptedStep[];
  /** When it disappears; never when absent. */
  vanishesAt?: number;
}

/**
 * A small world whose every moment is scripted: a record appears at its first step, changes at the others and
 * vanishes. For property tests that draw histories at random.
 */
export function createWorld(script: { accountId?: string; records: readonly ScriptedRecord[] }): World {
  const bySource: Record<Source, RemoteRecord[]> = { chat: [], messaging: [] };
  const byId = new Map<string, RemoteRecord>();
  for (const scripted of script.records) {
    const record = toRecord(scripted);
    bySource[record.source].push(record);
    byId.set(`${record.source}:${record.remoteId}`, record);
  }
  bySource.chat.sort(byStartThenId);
  bySource.messaging.sort(byStartThenId);
  return {
    accountId: script.accountId ?? '70000001',
    records: (source) => bySource[source],
    between: (source, from, to) =>
      bySource[source].slice(firstStartingAt(bySource[source], from), firstStartingAt(bySource[source], to + 1)),
    find: (source, remoteId) => byId.get(`${source}:${remoteId}`),
  };
}

function toRecord(scripted: ScriptedRecord): RemoteRecord {
  const first = scripted.steps[0];
  if (first === undefined) throw new Error(`The scripted record ${scripted.remoteId} has no step.`);
  const versions = scripted.steps.map((step) => ({ at: step.at, version: toVersion(scripted.source, step) }));
  const vanishesAt = scripted.vanishesAt ?? Infinity;
  return completeRecord({
    source: scripted.source,
    remoteId: scripted.remoteId,
    startedAt: scripted.startedAt,
    visibleAt: first.at,
    vanishesAt,
    versionAt(now) {
      if (now >= vanishesAt) return null;
      return versions.findLast((step) => step.at <= now)?.version ?? null;
    },
  });
}

function toVersion(source: Source, step: ScriptedStep): RecordVersion {
  const info = (JSON.parse(step.text) as { info?: { status?: unknown; isPartial?: unknown } }).info ?? {};
  const open = source === 'messaging' && info.status !== 'CLOSE';
  return {
    status: open ? 'open' : 'closed',
    final: !open && info.isPartial !== true,
    updatedAt: step.updatedAt ?? step.at,
    searchText: step.text,
    completeText: step.completeText ?? step.text,
  };
}
