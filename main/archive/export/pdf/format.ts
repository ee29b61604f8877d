import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportRecord, Format, FormatContext, FormatWriter } from '../format.ts';
import { transcriptMarkup } from '../html.ts';
import { localTimeFormatter } from '../local-time.ts';
import { findChromium } from './find-chromium.ts';
import { printPage } from './print.ts';
import { printHtml, type PrintedTranscript } from './print-html.ts';

/** A file ends with the conversation that reaches either: larger ones take browsers and readers too long. */
const mostTranscripts = 200;
const mostMarkup = 2_000_000;

/** Printed by Chromium's own PDF engine: shaping, right-to-left and fonts as in the browser (decision 0040). */
export const pdfFormat: Format = {
  name: 'pdf',
  mainFile: 'conversations.pdf',
  checkAvailable() {
    findChromium();
  },
  start(context) {
    return new PdfWriter(context);
  },
};

class PdfWriter implements FormatWriter {
  readonly #context: FormatContext;
  readonly #chromium = findChromium();
  readonly #local: (ms: number | null) => string;
  #waiting: PrintedTranscript[] = [];
  #markup = 0;
  #files = 0;

  constructor(context: FormatContext) {
    this.#context = context;
    this.#local = localTimeFormatter(context.timeZone);
  }

  async add({ transcript }: ExportRecord): Promise<void> {
    const { html } = transcriptMarkup(transcript, this.#local);
    const version = transcript.versions.find((entry) => entry.version === transcript.version);
    this.#waiting.push({ html, id: transcript.id, sha256: version?.sha256 ?? '' });
    this.#markup += html.length;
    if (this.#waiting.length >= mostTranscripts || this.#markup >= mostMarkup) await this.#print();
  }

  async #print(): Promise<void> {
    const { title, exportedAt, timeZone, workFolder, signal, put } = this.#context;
    this.#files += 1;
    const number = this.#files === 1 ? '' : `-${String(this.#files).padStart(4, '0')}`;
    const page = join(workFolder, `print-${this.#context.recordsBefore}-${this.#files}.html`);
    const pdf = page.replace(/html$/u, 'pdf');
    try {
      const heading = { title, exportedAt: this.#local(exportedAt), timeZone };
      writeFileSync(page, printHtml(this.#waiting, heading), { flag: 'wx', mode: 0o600 });
      this.#waiting = [];
      this.#markup = 0;
      await printPage(this.#chromium, page, pdf, { workFolder, signal });
      put(`conversations${number}.pdf`, readFileSync(pdf));
    } finally {
      rmSync(page, { force: true });
      rmSync(pdf, { force: true });
    }
  }

  async finish(): Promise<void> {
    if (this.#waiting.length > 0 || this.#files === 0) await this.#print();
  }

  facts(): Record<string, string | number> {
    return { files: this.#files };
  }
}
