import { createHash } from 'node:crypto';
import { isoTime } from '../../../preload/public-json.ts';
import type { Transcript } from '../../../preload/model.ts';
import { conversationPath } from './file-names.ts';
import type { ExportRecord, Format } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import { base64Lines, headerLine, isAddress, localPart, mailboxes, mailDate, textHeader } from './mime.ts';
import { transcriptText } from './transcript-text.ts';

/** One message a conversation: the transcript as text, the original attached. Any mail archive can take it in. */
export const emlFormat: Format = {
  name: 'eml',
  mainFile: null,
  start({ put, timeZone }) {
    const local = localTimeFormatter(timeZone);
    return {
      add(record) {
        put(`eml/${conversationPath(record.transcript)}.eml`, emlMessage(record, local));
      },
      finish() {
        // Every conversation is a file of its own.
      },
    };
  },
};

/** Where addresses of people without one lead: nowhere (RFC 2606). */
export const domainOf = ({ accountId }: Pick<Transcript, 'accountId'>) => `${localPart(accountId)}.liveperson.invalid`;

export function emlMessage(
  { transcript, original, redacted }: ExportRecord,
  local: (ms: number | null) => string,
): string {
  const { customer } = transcript;
  const domain = domainOf(transcript);
  const hash = createHash('sha256').update(transcript.id, 'utf8').digest('hex');
  const boundary = `=_transcript-archive_${hash.slice(0, 32)}`;
  const customerName = customer.name ?? customer.id ?? 'Customer';
  const from = {
    name: customerName,
    address: isAddress(customer.email) ? customer.email : `${localPart(customer.id ?? customerName)}@${domain}`,
  };
  const to = transcript.agents.map((agent) => ({
    name: agent.name === '' ? agent.id : agent.name,
    address: isAddress(agent.login) ? agent.login : `agent-${localPart(agent.id)}@${domain}`,
  }));
  const version = transcript.versions.find((entry) => entry.version === transcript.version);
  const head = [
    headerLine('From', mailboxes([from])),
    to.length === 0 ? headerLine('To', ['undisclosed-recipients:;']) : headerLine('To', mailboxes(to)),
    textHeader('Subject', subject(transcript)),
    headerLine('Date', [mailDate(transcript.startedAt)]),
    headerLine('Message-ID', [`<${hash.slice(0, 40)}.${transcript.version}@${domain}>`]),
    textHeader('X-Conversation-Id', transcript.id),
    textHeader('X-Conversation-Version', String(transcript.version)),
    textHeader('X-Conversation-Started', isoTime(transcript.startedAt)),
    textHeader('X-Conversation-Ended', isoTime(transcript.endedAt) ?? ''),
    textHeader('X-Conversation-Messages', String(transcript.messageCount)),
    textHeader('X-Conversation-Skills', transcript.skills.map((skill) => skill.name).join(', ')),
    textHeader('X-Original-SHA256', version?.sha256 ?? ''),
    redacted ? textHeader('X-Redacted', 'yes') : '',
    'MIME-Version: 1.0\r\n',
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"\r\n`,
  ];
  const part = (type: string, disposition: string, content: string | Uint8Array) =>
    `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ${disposition}\r\n\r\n${base64Lines(content)}`;
  return [
    ...head,
    '\r\n',
    part('text/plain; charset=utf-8', 'inline', transcriptText(transcript, local)),
    part('application/json; name="original.json"', 'attachment; filename="original.json"', original),
    `--${boundary}--\r\n`,
  ].join('');
}

function subject({ id, customer, startedAt }: Transcript): string {
  const who = customer.name ?? customer.id ?? 'unknown customer';
  return `Conversation with ${who}, ${isoTime(startedAt).slice(0, 10)} (${id})`;
}
