import { describe, expect, it } from 'vitest';
import type { ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import { waitingRepairs } from '../../../main/archive/store/repairs.ts';
import { loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { bench, chat, messaging, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

function byIdRequests(at: Bench, work: () => Promise<unknown>): Promise<number> {
  const handle = at.service.handle.bind(at.service);
  let requests = 0;
  at.service.handle = (request) => {
    if (/engagementId|conversationIds?"/u.test(request.body)) requests += 1;
    return handle(request);
  };
  return work().then(() => {
    at.service.handle = handle;
    return requests;
  });
}

function pending(at: Bench, source: 'chat' | 'messaging'): number {
  return waitingRepairs(at.archive.db, { account: 1, source }).pending;
}

function versionsOf(at: Bench): string[] {
  const rid = at.archive.db.prepare<[], number>('SELECT rid FROM conversation').pluck().get() ?? 0;
  return loadTranscript(at.archive.db, rid).versions.map(({ reason }) => reason);
}

/** A chat of which a search gives half. */
function partialChat(wholeById: boolean): ScriptedRecord {
  const start = noon - 5 * day;
  const record = (partial: boolean, lines: number) =>
    JSON.stringify({
      info: {
        engagementId: 'p',
        startTimeL: start,
        endTimeL: start + hour,
        isPartial: partial,
        chatDataEnriched: true,
      },
      transcript: {
        lines: Array.from({ length: lines }, (_, line) => ({
          timeL: start + line,
          text: `line ${line}`,
          source: 'visitor',
        })),
      },
    });
  const step = { at: start + hour, text: record(true, 2) };
  return {
    source: 'chat',
    remoteId: 'p',
    startedAt: start,
    steps: [wholeById ? { ...step, completeText: record(false, 6) } : step],
  };
}

describe('a chat that came incomplete', () => {
  it('is fetched by id, and its other version stays', async () => {
    const at = bench({ records: [partialChat(true)], sources: ['chat'], since: noon - 9 * day });
    const requests = await byIdRequests(at, () => at.sync());
    expect(requests).toBe(1);
    expect(versionsOf(at)).toEqual(['first-seen', 'partial-completed']);
    expect(pending(at, 'chat')).toBe(0);
  });

  it('that stays incomplete is asked for five times within two days, then left as it is', async () => {
    const at = bench({ records: [partialChat(false)], sources: ['chat'], since: noon - 9 * day });
    let requests = 0;
    for (let hours = 0; hours <= 96; hours += 1) {
      requests += await byIdRequests(at, () => at.sync());
      at.clock.advance(hour);
    }
    expect(requests).toBe(5);
    expect(pending(at, 'chat')).toBe(0);
    expect(at.archive.db.prepare('SELECT flags FROM conversation').pluck().get()).toContain('partial');
  });

  it('is not asked for five times in a row when the computer was off for a week', async () => {
    const at = bench({ records: [partialChat(false)], sources: ['chat'], since: noon - 9 * day });
    await at.sync();
    at.clock.advance(7 * day);
    expect(await byIdRequests(at, () => at.sync())).toBe(1);
  });
});

describe('a chat without its attributes', () => {
  const start = noon - 2 * hour;
  const record = () => chat({ id: 'e', start, end: noon - hour, enrichedAfter: 2 * hour - minute });

  it('is left alone for two hours and twenty minutes, and gets its attributes from the hot tail', async () => {
    const at = bench({ records: [record()], sources: ['chat'], since: noon - 2 * day });
    expect(await byIdRequests(at, () => at.sync())).toBe(0);
    expect(pending(at, 'chat')).toBe(1);
    at.clock.advance(90 * minute);
    expect(await byIdRequests(at, () => at.sync())).toBe(0);
    expect(versionsOf(at)).toEqual(['first-seen', 'enriched']);
    expect(pending(at, 'chat')).toBe(0);
  });
});

describe('a messaging conversation', () => {
  const talk = (closedAt: number) => messaging({ id: 'm', start: closedAt - hour, updates: [closedAt] });
  const summary = (at: Bench) => {
    const rid = at.archive.db.prepare<[], number>('SELECT rid FROM conversation').pluck().get() ?? 0;
    return loadTranscript(at.archive.db, rid).summary;
  };

  it('is fetched by id once it has been over for two hours and twenty minutes, and again at 35 days', async () => {
    const at = bench({ records: [talk(noon - hour)], sources: ['messaging'], since: noon - 2 * day });
    await at.sync();
    expect(summary(at)).toBeNull();
    at.clock.advance(90 * minute);
    expect(await byIdRequests(at, () => at.sync())).toBe(1);
    expect(summary(at)).toBe('all of m');
    at.clock.advance(33 * day);
    expect(await byIdRequests(at, () => at.sync())).toBe(0);
    at.clock.advance(2 * day);
    expect(await byIdRequests(at, () => at.sync())).toBe(1);
    expect(pending(at, 'messaging')).toBe(0);
    expect(versionsOf(at)).toEqual(['first-seen', 'enriched']);
  });

  it('that was over for longer than that is fetched once', async () => {
    const at = bench({ records: [talk(noon - 40 * day)], sources: ['messaging'], since: noon - 50 * day });
    await at.sync();
    expect(summary(at)).toBe('all of m');
    expect(pending(at, 'messaging')).toBe(0);
  });

  it('is fetched in batches of a hundred', async () => {
    const records = Array.from({ length: 250 }, (_, index) =>
      messaging({ id: `b${index}`, start: noon - 40 * day + index * minute, updates: [] }),
    );
    const at = bench({ records, sources: ['messaging'], since: noon - 50 * day });
    expect(await byIdRequests(at, () => at.sync())).toBe(3);
  });

  it('is fetched alone where the service knows no batches', async () => {
    const records = Array.from({ length: 5 }, (_, index) =>
      messaging({ id: `b${index}`, start: noon - 40 * day + index * minute, updates: [] }),
    );
    const at = bench({ records, sources: ['messaging'], since: noon - 50 * day });
    const handle = at.service.handle.bind(at.service);
    at.service.handle = (request) => {
      const ids =
        request.body === '' ? undefined : (JSON.parse(request.body) as { conversationIds?: string[] }).conversationIds;
      if (ids !== undefined && ids.length > 1) {
        return { status: 400, headers: {}, body: '{"debugMessage":"conversationIds"}', delivery: 'whole', delayMs: 0 };
      }
      return handle(request);
    };
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.archive.db.prepare(`SELECT count(*) FROM version WHERE via = 'by-id'`).pluck().get()).toBe(5);
  });
});
