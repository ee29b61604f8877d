import type { Message } from '../../../preload/model.ts';

/** The source's own structure behind a message that is more than text. */
export interface Structured {
  json: Buffer;
}

const structuredKinds: ReadonlySet<string> = new Set(['rich', 'form', 'file', 'link']);

/**
 * Finds what stands behind structured messages of a messaging record; chat has none.
 * Numbers beyond a double's range are rounded here: the exact text is in the original.
 */
export function structuredContent(original: Uint8Array): (message: Message) => Structured | null {
  const byId = new Map<string, unknown>();
  try {
    const record = JSON.parse(Buffer.from(original).toString('utf8')) as { messageRecords?: unknown };
    const records = Array.isArray(record.messageRecords) ? (record.messageRecords as unknown[]) : [];
    for (const entry of records) {
      const { messageId, messageData } = (entry ?? {}) as { messageId?: unknown; messageData?: unknown };
      if (typeof messageId === 'string' && messageData !== undefined) byId.set(messageId, messageData);
    }
  } catch {
    // What is no JSON has no structure to show.
  }
  return (message) => {
    const data = structuredKinds.has(message.kind) ? byId.get(message.id) : undefined;
    return data === undefined ? null : { json: Buffer.from(JSON.stringify(data, null, 2), 'utf8') };
  };
}
