import { createHash } from 'node:crypto';
import { isoTime } from '../../../preload/public-json.ts';
import type { Message, Transcript } from '../../../preload/model.ts';
import { Markup } from './html-markup.ts';
import { pageEnd, pageStart } from './html-page.ts';
import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import type { OutputFile } from './output-file.ts';

/** One self-contained page: readable without its script, searchable with it, checkable against its own hashes. */
export const htmlFormat: Format = {
  name: 'html',
  mainFile: 'conversations.html',
  start(context) {
    return new HtmlWriter(context);
  },
};

class HtmlWriter implements FormatWriter {
  readonly #file: OutputFile;
  readonly #local: (ms: number | null) => string;
  /** Over the hashes of all transcripts, in order: one line to compare with custody/export.json. */
  readonly #digest = createHash('sha256');
  #result = '';

  constructor(context: FormatContext) {
    this.#local = localTimeFormatter(context.timeZone);
    this.#file = context.open('conversations.html');
    this.#file.write(
      pageStart({
        title: context.title,
        timeZone: context.timeZone,
        exportedAt: this.#local(context.exportedAt),
      }),
    );
  }

  add({ transcript }: ExportRecord): void {
    const body = transcriptMarkup(transcript, this.#local);
    const sha256 = createHash('sha256').update(body.text, 'utf8').digest('hex');
    this.#digest.update(sha256);
    this.#file.write(`<article data-sha256="${sha256}">${body.html}</article>\n`);
  }

  finish(): void {
    this.#result = this.#digest.digest('hex');
    this.#file.write(pageEnd(this.#result));
  }

  facts(): Record<string, string> {
    return { transcriptsSha256: this.#result };
  }
}

const roleNames = { customer: 'Customer', agent: 'Agent', bot: 'Bot', system: 'System', other: 'Other' } as const;

/** The transcript as markup, and the text that a browser will find in it: what its hash is of. */
export function transcriptMarkup(transcript: Transcript, local: (ms: number | null) => string): Markup {
  const markup = new Markup();
  markup.element('h2', { dir: 'auto' }, heading(transcript));
  facts(markup, transcript, local);
  if (transcript.summary !== null) {
    markup.element('h3', {}, 'Summary');
    markup.element('p', { dir: 'auto', class: 'text' }, transcript.summary);
  }
  markup.element('h3', {}, `Messages (${transcript.messageCount})`);
  markup.open('ol', { class: 'messages' });
  for (const message of transcript.messages) writeMessage(markup, message, local);
  markup.close('ol');
  table(
    markup,
    'Surveys',
    ['Survey', 'Question', 'Answer', 'Time'],
    transcript.surveys.map((answer) => [answer.survey, answer.question, answer.answer, local(answer.time)]),
  );
  table(
    markup,
    'Transfers',
    ['Time', 'Reason', 'From', 'To'],
    transcript.transfers.map((transfer) => [local(transfer.time), transfer.reason, transfer.from, transfer.to]),
  );
  table(
    markup,
    'Attributes',
    ['Type', 'Name', 'Value', 'Authenticated', 'Time'],
    transcript.attributes.map((attribute) => [
      attribute.type,
      attribute.name,
      attribute.value,
      attribute.authenticated === null ? '' : attribute.authenticated ? 'yes' : 'no',
      local(attribute.time),
    ]),
  );
  table(
    markup,
    'Versions',
    ['Version', 'Received', 'Reason', 'SHA-256 of the original'],
    transcript.versions.map((version) => [
      String(version.version),
      local(version.receivedAt),
      version.reason,
      version.sha256 ?? 'content destroyed',
    ]),
  );
  return markup;
}

function heading(transcript: Transcript): string {
  const who = transcript.customer.name ?? transcript.customer.id ?? 'Unknown customer';
  const day = isoTime(transcript.startedAt) ?? '';
  return `${who}, ${day.slice(0, 10)}`;
}

function facts(markup: Markup, transcript: Transcript, local: (ms: number | null) => string): void {
  const { customer } = transcript;
  const score = (value: number | null) => (value === null ? '' : String(value));
  const rows: [string, string][] = [
    ['Id', transcript.id],
    ['Started', local(transcript.startedAt)],
    ['Ended', local(transcript.endedAt)],
    ['Status', transcript.status],
    ['Customer', [customer.name, customer.id, customer.email, customer.phone].filter(Boolean).join(', ')],
    ['Agents', transcript.agents.map((agent) => agent.name).join(', ')],
    ['Skills', transcript.skills.map((skill) => skill.name).join(', ')],
    ['Customer satisfaction', score(transcript.csat)],
    ['Net promoter score', score(transcript.nps)],
    ['Meaningful connection score', score(transcript.mcs)],
    ['Flags', transcript.flags.join(', ')],
    ...transcript.details.map((detail): [string, string] => [detail.name, detail.value]),
  ];
  markup.open('dl');
  for (const [name, value] of rows) {
    if (value === '') continue;
    markup.open('div');
    markup.element('dt', {}, name);
    markup.element('dd', { dir: 'auto' }, value);
    markup.close('div');
  }
  markup.close('dl');
}

function writeMessage(markup: Markup, message: Message, local: (ms: number | null) => string): void {
  markup.open('li', { class: message.private ? `${message.role} private` : message.role });
  markup.open('p', { class: 'by' });
  markup.element('b', { dir: 'auto' }, message.speaker === '' ? roleNames[message.role] : message.speaker);
  const kind = message.kind === 'text' ? '' : ` · ${message.kind}`;
  markup.element('span', {}, ` · ${roleNames[message.role]}${kind} `);
  const iso = isoTime(message.time);
  if (iso !== null) markup.element('time', { datetime: iso }, local(message.time));
  if (message.private) markup.element('strong', {}, ' Private: only agents saw this ');
  markup.close('p');
  markup.element('p', { dir: 'auto', class: 'text' }, message.text);
  markup.close('li');
}

function table(markup: Markup, title: string, columns: readonly string[], rows: readonly string[][]): void {
  if (rows.length === 0) return;
  markup.element('h3', {}, title);
  markup.open('table');
  markup.open('thead');
  markup.open('tr');
  for (const column of columns) markup.element('th', { scope: 'col' }, column);
  markup.close('tr');
  markup.close('thead');
  markup.open('tbody');
  for (const row of rows) {
    markup.open('tr');
    for (const cell of row) markup.element('td', { dir: 'auto' }, cell);
    markup.close('tr');
  }
  markup.close('tbody');
  markup.close('table');
}
