import type { DecodedConversation } from '../liveperson/decoded.ts';
import { detailTexts } from '../search/document.ts';

/**
 * The current version with all texts added that only other versions have, for the index; null when there are
 * none. A message that was deleted, shortened or masked at the source stays findable this way
 * (docs/decisions/0011).
 */
export function withOlderTexts(
  current: DecodedConversation,
  others: readonly DecodedConversation[],
): DecodedConversation | null {
  const spoken = new Set(current.messages.map(({ role, text }) => `${role}\0${text}`));
  const details = new Set(detailTexts(current));
  const messages = [...current.messages];
  const attributes = [...current.attributes];
  for (const other of others) {
    for (const message of other.messages) {
      const key = `${message.role}\0${message.text}`;
      if (message.text === '' || spoken.has(key)) continue;
      spoken.add(key);
      messages.push(message);
    }
    for (const value of detailTexts(other)) {
      if (details.has(value)) continue;
      details.add(value);
      attributes.push({ type: 'other version', name: '', value, authenticated: null, time: null });
    }
  }
  const nothingNew = messages.length === current.messages.length && attributes.length === current.attributes.length;
  return nothingNew ? null : { ...current, messages, attributes };
}
