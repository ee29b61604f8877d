import type { Message, Transcript } from '../../../preload/model.ts';
import { formatDay, formatSeconds, zoneName } from '../../text/format.ts';
import { t } from '../../text/text.ts';

/** Words and where they come from, ready for a memo: whoever reads it can find the line again. */
export function quotation(transcript: Transcript, message: Message, words: string, zone: string): string {
  const when =
    message.time === null
      ? t('quotation.no-time')
      : `${formatDay(message.time, zone)}, ${formatSeconds(message.time, zone)} ${zoneName(message.time, zone)}`;
  const source = t('quotation.source', {
    speaker: message.speaker,
    role: t(`role.${message.role}`),
    when,
    id: transcript.id,
    message: String(message.index + 1),
    version: String(transcript.version),
  });
  return `“${words.trim()}”\n${source}${message.private ? ` (${t('message.agents-only')})` : ''}`;
}
