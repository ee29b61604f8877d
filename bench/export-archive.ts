import { decodeRecord } from '../main/archive/liveperson/decode.ts';
import { addAccount } from '../main/archive/store/accounts.ts';
import { openWriter } from '../main/archive/store/database.ts';
import { ingest } from '../main/archive/store/ingest.ts';

const words =
  'card charged twice refund contract order delivery thanks please account password invoice 返金 Grüße'.split(' ');

function conversation(index: number): string {
  const start = Date.UTC(2026, 0, 1) + index * 60_000;
  const lines = Array.from({ length: 10 }, (_, line) => ({
    timeL: start + line * 1000,
    lineSeq: String(line),
    text: Array.from({ length: 12 }, (_word, place) => words[(index * 7 + line * 5 + place * 3) % words.length]).join(
      ' ',
    ),
    by: line % 2 === 0 ? 'Clara' : 'Tomas',
    source: line % 2 === 0 ? 'visitor' : 'agent',
  }));
  const info = {
    engagementId: `c${index}`,
    startTimeL: start,
    endTimeL: start + 60_000,
    agentId: '1',
    agentFullName: 'Tomas',
  };
  return JSON.stringify({ info, transcript: { lines } });
}

/** An archive of short chats, one a minute, for measurements of exports. */
export function fillArchive(folder: string, count: number): void {
  const writer = openWriter(folder, { hostName: 'cli', appVersion: '0' });
  const settings = { accountId: '12345678', sources: ['chat' as const], requestIntervalMs: 0, retryBaseMs: 0 };
  const account = addAccount(writer.db, settings, 'none', { demo: true, now: 1 });
  const context = { account, source: 'chat' as const, receivedAt: Date.now(), via: 'import' as const };
  const take = writer.db.transaction((from: number, to: number) => {
    const records = Array.from({ length: to - from }, (_, offset) => {
      const original = Buffer.from(conversation(from + offset));
      return { original, conversation: decodeRecord('chat', original) };
    });
    ingest(writer.db, records, context);
  });
  for (let from = 0; from < count; from += 2000) take.immediate(from, Math.min(count, from + 2000));
  writer.close();
}
