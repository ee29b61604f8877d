import { dirname } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import type { ExportSplit } from '../../../preload/model.ts';
import { monthOf } from './file-names.ts';
import type { ExportRecord, Format, FormatWriter } from './format.ts';
import type { OutputFile } from './output-file.ts';
import type { FormatFacts, RecordsOptions } from './records.ts';

const mostVolumes = 9999;
const megabyte = 1_000_000;

/** One part of an export that was split: its folder under data/, and what it holds. */
export interface VolumeFacts {
  name: string;
  conversations: number;
  messages: number;
  formats: FormatFacts[];
}

interface Volume {
  /** Empty where nothing is split. */
  name: string;
  month: string;
  writers: { format: Format; writer: FormatWriter }[];
  facts: VolumeFacts;
}

/**
 * Writes records into all formats, volume after volume. A volume ends with the conversation that fills it; formats
 * that are one whole (the lake) run through all volumes.
 */
export class Volumes {
  readonly #options: RecordsOptions;
  readonly #beside = new Set<string>();
  readonly #files: OutputFile[] = [];
  readonly #whole: { format: Format; writer: FormatWriter }[];
  readonly #done: VolumeFacts[] = [];
  #volume: Volume | null = null;
  /** Size of the volume's finished files; the open ones know their own. */
  #put = 0;
  #conversations = 0;
  #messages = 0;

  constructor(options: RecordsOptions) {
    this.#options = options;
    const isWhole = (format: Format) => options.request.split === undefined || format.neverSplit === true;
    this.#whole = options.formats.filter(isWhole).map((format) => ({ format, writer: this.#start(format, '') }));
  }

  async add(record: ExportRecord): Promise<void> {
    const { split } = this.#options.request;
    if (split !== undefined && this.#options.formats.some((format) => format.neverSplit !== true)) {
      const month = monthOf(record.transcript.startedAt);
      if (this.#volume !== null && this.#isFull(this.#volume, split, month)) await this.#finishVolume();
      this.#volume ??= this.#nextVolume(split, month);
    }
    for (const { writer } of [...this.#whole, ...(this.#volume?.writers ?? [])]) await writer.add(record);
    this.#conversations += 1;
    this.#messages += record.transcript.messageCount;
    if (this.#volume !== null) {
      this.#volume.facts.conversations += 1;
      this.#volume.facts.messages += record.transcript.messageCount;
    }
  }

  /** Closes all formats. Gives the facts of each over everything, and of each volume. */
  async finish(onFormat: (name: string) => void): Promise<{ formats: FormatFacts[]; volumes: VolumeFacts[] }> {
    const counts = { conversations: this.#conversations, messages: this.#messages };
    await this.#finishVolume();
    const formats: FormatFacts[] = [];
    for (const format of this.#options.formats) {
      const whole = this.#whole.find((entry) => entry.format === format);
      if (whole !== undefined) {
        onFormat(format.name);
        await whole.writer.finish();
      }
      formats.push({ format: format.name, ...counts, ...whole?.writer.facts?.() });
    }
    return { formats, volumes: this.#done };
  }

  abandon(): void {
    for (const { writer } of [...this.#whole, ...(this.#volume?.writers ?? [])]) writer.abandon?.();
  }

  #isFull(volume: Volume, split: ExportSplit, month: string): boolean {
    if (split.by === 'month') return volume.month !== month;
    if (split.by === 'count') return volume.facts.conversations >= split.conversations;
    return this.#files.reduce((sum, file) => sum + file.bytes, this.#put) >= split.megabytes * megabyte;
  }

  #nextVolume(split: ExportSplit, month: string): Volume {
    const number = this.#done.length + 1;
    if (number > mostVolumes) {
      throw new ArchiveError('invalid-input', `The export would be split into more than ${mostVolumes} parts.`, {
        hint: 'Choose larger parts.',
      });
    }
    // The number first, so that the order of names is the order of records.
    const name = `${String(number).padStart(4, '0')}${split.by === 'month' ? `-${month}` : ''}`;
    const formats = this.#options.formats.filter((format) => format.neverSplit !== true);
    return {
      name,
      month,
      writers: formats.map((format) => ({ format, writer: this.#start(format, `${name}/`) })),
      facts: { name, conversations: 0, messages: 0, formats: [] },
    };
  }

  async #finishVolume(): Promise<void> {
    const volume = this.#volume;
    if (volume === null) return;
    for (const { format, writer } of volume.writers) {
      await writer.finish();
      const { conversations, messages } = volume.facts;
      volume.facts.formats.push({ format: format.name, conversations, messages, ...writer.facts?.() });
      writer.abandon?.();
    }
    this.#done.push(volume.facts);
    this.#volume = null;
    this.#put = 0;
    for (const file of this.#files.splice(0)) this.#options.files.close(file);
  }

  #start(format: Format, below: string): FormatWriter {
    const { files, request, exportedAt, appVersion, signal, title, scope, redaction } = this.#options;
    return format.start({
      open: (name) => {
        const file = files.file(`data/${below}${name}`);
        if (below !== '') this.#files.push(file);
        return file;
      },
      put: (name, content) => {
        files.put(`data/${below}${name}`, content);
        this.#put += content.length;
      },
      close: (file) => {
        files.close(file);
      },
      addBeside: (name, text) => {
        if (request.bare || this.#beside.has(name)) return;
        this.#beside.add(name);
        files.put(`data/${name}`, text);
      },
      workFolder: dirname(files.folder),
      recordsBefore: this.#conversations,
      timeZone: request.timeZone,
      title,
      // A name may be what must not leave.
      custodian: redaction === null ? (scope.custodian ?? null) : null,
      exportedAt,
      appVersion,
      signal,
    });
  }
}
