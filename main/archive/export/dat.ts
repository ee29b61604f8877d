import { isoTime } from '../../../preload/public-json.ts';
import { csvRows } from './csv.ts';
import { conversationPath } from './file-names.ts';
import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import { localTimeFormatter } from './local-time.ts';
import type { OutputFile } from './output-file.ts';
import { roleNames, transcriptText } from './transcript-text.ts';

/** Concordance's own characters: between columns, around values, for line breaks inside values. */
const separator = '\u0014';
const qualifier = '\u00FE';
const lineBreak = '\u00AE';

const columns = (
  'BEGDOC ENDDOC CUSTODIAN RECORDTYPE CONVERSATIONID PARTICIPANTS DATESTART DATEEND TIMEZONE MESSAGECOUNT SKILL ' +
  'CAMPAIGN TAGS HOLD REDACTED SHA256HASH NATIVEPATH TEXTPATH'
).split(' ');

/** What the three characters become inside a value, where they would break the file. */
const replacements: Record<string, string> = { [separator]: ' ', [qualifier]: 'th', [lineBreak]: '(R)' };

/** A Concordance load file with the original and the text of each conversation as files beside it. */
export const datFormat: Format = {
  name: 'dat',
  mainFile: null,
  start(context) {
    return new DatWriter(context);
  },
};

class DatWriter implements FormatWriter {
  readonly #context: FormatContext;
  readonly #file: OutputFile;
  readonly #local: (ms: number | null) => string;
  #report: OutputFile | null = null;
  #records = 0;
  #replaced = 0;

  constructor(context: FormatContext) {
    this.#context = context;
    this.#local = localTimeFormatter(context.timeZone);
    this.#file = context.open('dat/conversations.dat');
    this.#file.write(`\uFEFF${columns.map((column) => qualifier + column + qualifier).join(separator)}\r\n`);
  }

  add({ transcript, original, redacted, labels }: ExportRecord): void {
    this.#records += 1;
    const number = `TA${String(this.#context.recordsBefore + this.#records).padStart(9, '0')}`;
    const path = conversationPath(transcript);
    const native = `natives/${path}.json`;
    const text = `text/${path}.txt`;
    this.#context.put(`dat/${native}`, original);
    this.#context.put(`dat/${text}`, transcriptText(transcript, this.#local));
    const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join('; ');
    const customer = transcript.customer.name ?? transcript.customer.id ?? roleNames.customer;
    const campaign = transcript.details.find(({ name }) => name.toLowerCase() === 'campaign');
    const version = transcript.versions.find((entry) => entry.version === transcript.version);
    const values = [
      number,
      number,
      this.#context.custodian ?? transcript.agents[0]?.name ?? transcript.accountId,
      transcript.source,
      transcript.id,
      [customer, ...transcript.agents.map(({ name }) => name)].join('; '),
      this.#local(transcript.startedAt),
      this.#local(transcript.endedAt),
      this.#context.timeZone,
      String(transcript.messageCount),
      names(transcript.skills),
      campaign?.value ?? '',
      labels.tags.join('; '),
      labels.holds.join('; '),
      redacted ? 'Y' : 'N',
      version?.sha256 ?? '',
      native,
      text,
    ];
    const cells = values.map(
      (value, index) => qualifier + this.#clean(value, number, columns[index] ?? '') + qualifier,
    );
    this.#file.write(`${cells.join(separator)}\r\n`);
  }

  #clean(value: string, number: string, column: string): string {
    return value
      .replace(/[\u0014\u00FE\u00AE]/gu, (character) => {
        this.#report ??= this.#openReport();
        this.#replaced += 1;
        const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
        this.#report.write(csvRows([[number, column, code, replacements[character] ?? '']]));
        return replacements[character] ?? '';
      })
      .replace(/\r\n?|\n/gu, lineBreak);
  }

  #openReport(): OutputFile {
    const report = this.#context.open('dat/replaced-characters.csv');
    report.write(`\uFEFF${csvRows([['BEGDOC', 'COLUMN', 'CHARACTER', 'REPLACED_BY']])}`);
    return report;
  }

  finish(): void {
    // The last row ends like all the others.
  }

  facts(): Record<string, string | number> {
    return { replacedCharacters: this.#replaced, exportedAt: isoTime(this.#context.exportedAt) };
  }
}
