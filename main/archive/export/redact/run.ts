import { csvRows } from '../csv.ts';
import type { ExportRecord } from '../format.ts';
import type { PackageFolder } from '../package.ts';
import type { Redaction } from '../../../../preload/model.ts';
import { publicTranscript } from '../../../../preload/public-json.ts';
import { Redactor } from './redactor.ts';

/** The redaction of one export: every record through the rules, every place into custody/redactions.csv. */
export class ExportRedaction {
  readonly #redactor: Redactor;
  readonly #profile: Redaction;
  readonly #file;
  /** Texts of our own that would be written as they are, and whether something hidden stands in them. */
  readonly #own: Map<string, boolean>;
  #conversations = 0;
  #places = 0;

  /** @param own the query, the target's name */
  constructor(profile: Redaction, files: PackageFolder | null, own: readonly string[]) {
    this.#profile = profile;
    this.#redactor = new Redactor(profile);
    this.#own = new Map(own.map((text) => [text, this.#redactor.finds(text)]));
    this.#file = files?.file('custody/redactions.csv') ?? null;
    this.#file?.write(`\uFEFF${csvRows([['conversation_id', 'place', 'reason', 'rule']])}`);
  }

  /** The record as it may leave. */
  apply({ transcript, original }: Pick<ExportRecord, 'transcript' | 'original'>): ExportRecord {
    const redacted = this.#redactor.redact(transcript, original);
    const { hidden } = redacted;
    if (hidden.length > 0) {
      this.#conversations += 1;
      this.#places += hidden.length;
      this.#file?.write(csvRows(hidden.map(({ place, reason, rule }) => [transcript.id, place, reason, rule])));
    }
    for (const text of redacted.texts) this.#compareWithOwn(text);
    return {
      transcript: redacted.transcript,
      shown: publicTranscript(redacted.transcript),
      original: redacted.original,
      redacted: hidden.length > 0,
      labels: { tags: [], holds: [] },
    };
  }

  #compareWithOwn(text: string): void {
    const plain = folded(text);
    const digits = text.replace(/\D/gu, '');
    for (const [own, isTouched] of this.#own) {
      if (isTouched) continue;
      const found = folded(own).includes(plain) || (digits.length >= 7 && own.replace(/\D/gu, '').includes(digits));
      if (found) this.#own.set(own, true);
    }
  }

  /** Whether something that was hidden stands in one of the texts given at the start. */
  isHidden(own: string): boolean {
    return this.#own.get(own) === true;
  }

  /** For custody/export.json: rules by name, never an expression, which may be the very text that it hides. */
  facts() {
    const { profile, rules, expressions, spans } = this.#profile;
    return {
      profile,
      rules,
      expressions: expressions.map(({ name }) => name),
      manualSpans: spans.length,
      conversations: this.#conversations,
      places: this.#places,
    };
  }
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();
