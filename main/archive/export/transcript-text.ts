import type { Message, Transcript } from '../../../preload/model.ts';

export const roleNames = {
  customer: 'Customer',
  agent: 'Agent',
  bot: 'Bot',
  system: 'System',
  other: 'Other',
} as const;

/** Who speaks, by name or at least by role. */
export function speakerOf({ speaker, role }: Pick<Message, 'speaker' | 'role'>): string {
  return speaker === '' ? roleNames[role] : speaker;
}

/** A transcript as plain text: facts, then every message with speaker and time, then what came with it. */
export function transcriptText(transcript: Transcript, local: (ms: number | null) => string): string {
  const { customer } = transcript;
  const list = (items: readonly { name: string }[]) => items.map(({ name }) => name).join(', ');
  const score = (value: number | null) => (value === null ? '' : String(value));
  const facts: [string, string][] = [
    ['Conversation', transcript.id],
    ['Started', local(transcript.startedAt)],
    ['Ended', local(transcript.endedAt)],
    ['Status', transcript.status],
    ['Customer', [customer.name, customer.id, customer.email, customer.phone].filter(Boolean).join(', ')],
    ['Agents', list(transcript.agents)],
    ['Skills', list(transcript.skills)],
    ['CSAT', score(transcript.csat)],
    ['NPS', score(transcript.nps)],
    ['MCS', score(transcript.mcs)],
    ['Flags', transcript.flags.join(', ')],
    ['Summary', transcript.summary ?? ''],
    ...transcript.details.map((detail): [string, string] => [detail.name, detail.value]),
  ];
  const sections = [
    facts.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`),
    transcript.messages.map((message) => messageText(message, local)),
    transcript.surveys.map((answer) => `Survey ${answer.survey}: ${answer.question}: ${answer.answer}`),
    transcript.transfers.map(
      (transfer) => `Transfer ${local(transfer.time)}: ${transfer.from} to ${transfer.to}: ${transfer.reason}`,
    ),
    transcript.attributes.map((attribute) => `Attribute ${attribute.type}.${attribute.name}: ${attribute.value}`),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

function messageText(message: Message, local: (ms: number | null) => string): string {
  const note = message.private ? ' (private: only agents saw this)' : '';
  const kind = message.kind === 'text' ? '' : ` [${message.kind}]`;
  const time = local(message.time);
  return `${time === '' ? '' : `[${time}] `}${speakerOf(message)} (${roleNames[message.role]})${note}${kind}:\n${message.text}\n`;
}
