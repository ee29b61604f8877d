import { createWorld } from '../../../main/archive/demo/scripted-world.ts';
import type { ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import type { World } from '../../../main/archive/demo/world.ts';

/** A chat that has ended, written as small as a record may be. */
export function chat(
  id: string,
  startedAt: number,
  more: Partial<ScriptedRecord> & { info?: object } = {},
): ScriptedRecord {
  const { info, ...rest } = more;
  const text = JSON.stringify({
    info: {
      engagementId: id,
      startTimeL: startedAt,
      endTimeL: startedAt + 60_000,
      duration: 60,
      isPartial: false,
      ...info,
    },
    transcript: { lines: [] },
  });
  return { source: 'chat', remoteId: id, startedAt, steps: [{ at: startedAt + 120_000, text }], ...rest };
}

/** A messaging conversation, open or closed. */
export function conversationText(id: string, startedAt: number, status: 'OPEN' | 'CLOSE', more: object = {}): string {
  return JSON.stringify({
    info: { conversationId: id, startTimeL: startedAt, status, isPartial: false },
    messageRecords: [{ type: 'TEXT_PLAIN', messageData: { msg: { text: `hello from ${id}` } } }],
    transfers: [],
    sdes: { events: [{ lead: { lead: { value: 12 } }, sdeType: 'LEAD' }] },
    unAuthSdes: { events: [] },
    ...more,
  });
}

export function worldOf(...records: ScriptedRecord[]): World {
  return createWorld({ records });
}
