import { isUtf8 } from 'node:buffer';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { decodeChat } from './chat.ts';
import type { DecodedConversation } from './decoded.ts';
import { decodeUtf8, parseBothWays } from './json-text.ts';
import { decodeMessaging } from './messaging.ts';
import { asObject, idOf, type JsonObject, timeOf } from './values.ts';

/** What LivePerson writes in place of erased personal data (liveperson-api.md 8.1). */
export const deletionMarker = '** LP deleted data **';

/** The id of a record, whichever API it came from. */
export function remoteIdOf(source: Source, record: JsonObject): string | null {
  const info = asObject(record['info']);
  return idOf(source === 'chat' ? info['engagementId'] : info['conversationId']);
}

/** Decodes a record that was already parsed; `text` is its JSON, for the deletion marker. */
export function decodeParsed(source: Source, record: unknown, erased: boolean): DecodedConversation {
  const object = asObject(record);
  const remoteId = remoteIdOf(source, object);
  const startedAt = timeOf(asObject(object['info']), 'startTime');
  if (remoteId === null || startedAt === null) {
    throw new ArchiveError(
      'source-changed',
      `A ${source} record has no usable ${remoteId === null ? 'id' : 'start time'}.`,
      { hint: 'LivePerson may have changed its format. The record was kept as it came.' },
    );
  }
  return source === 'chat'
    ? decodeChat(object, remoteId, startedAt, erased)
    : decodeMessaging(object, remoteId, startedAt, erased);
}

/** A record with what it was decoded from. */
export interface SavedDecoding {
  conversation: DecodedConversation;
  /** With long numbers as text. */
  record: unknown;
  /** As JSON.parse has it; undefined where the bytes may say something else to another reader. */
  plain: unknown;
}

/**
 * Reads one record as received. Never loses anything it does not understand: unknown speakers, kinds of messages
 * and attributes are kept and become searchable.
 *
 * Throws ArchiveError `source-changed` when the record is not JSON or has no id or start.
 */
export function decodeRecord(source: Source, original: Uint8Array): DecodedConversation {
  return decodeSaved(source, original).conversation;
}

/** Like `decodeRecord`, with the parsed values, for those who go on with them. */
export function decodeSaved(source: Source, original: Uint8Array): SavedDecoding {
  const text = decodeUtf8(original);
  let parsed: { plain: unknown; lossless: unknown };
  try {
    parsed = parseBothWays(text);
  } catch (error) {
    throw new ArchiveError('source-changed', `A ${source} record is not valid JSON.`, { cause: error });
  }
  const { plain, lossless: record } = parsed;
  const conversation = decodeParsed(source, record, text.includes(deletionMarker));
  return { conversation, record, plain: isUtf8(original) ? plain : undefined };
}
