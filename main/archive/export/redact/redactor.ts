import { ArchiveError } from '../../../../preload/errors.ts';
import type { Redaction, Transcript } from '../../../../preload/model.ts';
import { decodeRecord } from '../../liveperson/decode.ts';
import { readHtml } from '../../liveperson/html.ts';
import { sha256Hex } from '../../evidence/sha256.ts';
import { findBuiltIn, findLiterals, literalPattern, replaceSpans, type BuiltInRule, type Span } from './detect.ts';
import { compileExpressions, findCustom } from './expressions.ts';
import { rewriteJson, type JsonLeaf } from './json-strings.ts';
import { mapTexts } from './transcript-texts.ts';

/** One place where something was hidden: where and why, never what. */
export interface Hidden {
  place: string;
  rule: string;
  reason: string;
}

export interface Redacted {
  transcript: Transcript;
  original: Buffer;
  hidden: Hidden[];
  /** What was hidden: only for checks and for the preview on screen, never to be written. */
  texts: string[];
}

interface Literal {
  pattern: RegExp;
  rule: string;
  reason: string;
}

/** Words that stand for a person whose name is not known. */
const nobody = new Set(['visitor', 'consumer', 'customer', 'unknown', 'guest', 'anonymous', 'you', 'user', 'null']);

/**
 * Hides what the rules find in one conversation, in every copy of the text: the source's own JSON first, then all
 * that is shown, which is read from that JSON again.
 */
export class Redactor {
  readonly #rules: BuiltInRule[];
  readonly #customer: boolean;
  readonly #expressions;
  readonly #spans: Redaction['spans'];

  /** @throws ArchiveError invalid-input for expressions that are none */
  constructor(redaction: Redaction) {
    this.#rules = redaction.rules.filter((rule) => rule !== 'customer');
    this.#customer = redaction.rules.includes('customer');
    this.#expressions = compileExpressions(redaction.expressions);
    this.#spans = redaction.spans;
  }

  /** @throws ArchiveError internal when something could not be hidden everywhere; timed-out, invalid-input */
  redact(transcript: Transcript, original: Buffer): Redacted {
    const work = new RecordWork(transcript, this.#literals(transcript), this.#rules, this.#expressions);
    const text = original.toString('utf8');
    const rewritten = work.rewrite(text);
    const bytes = rewritten === text ? original : Buffer.from(rewritten, 'utf8');
    const shown = work.redactTexts(rewritten === text ? transcript : readAgain(transcript, bytes));
    work.checkNothingLeft(rewritten, JSON.stringify(shown));
    const { hidden, texts } = work;
    if (hidden.length === 0) return { transcript, original, hidden, texts };
    // Hashes of what was there before would let a short secret be guessed: only the exported copy's own is told.
    const version = transcript.versions.find((entry) => entry.version === transcript.version);
    const versions = version === undefined ? [] : [{ ...version, sha256: sha256Hex(bytes) }];
    return { transcript: { ...shown, versions }, original: bytes, hidden, texts };
  }

  /** Whether the rules that need no record find something in a text. */
  finds(text: string): boolean {
    const custom = findCustom([text], this.#expressions)[0] ?? [];
    return custom.length > 0 || findBuiltIn(text, this.#rules).length > 0;
  }

  #literals(transcript: Transcript): Literal[] {
    const literals: Literal[] = [];
    const add = (text: string | null, rule: string, reason: string) => {
      const trimmed = (text ?? '').trim();
      if (trimmed.length < 2 || nobody.has(trimmed.toLowerCase())) return;
      literals.push({ pattern: literalPattern(trimmed), rule, reason });
    };
    if (this.#customer) {
      const { name, email, phone } = transcript.customer;
      const spoken = transcript.messages.filter(({ role }) => role === 'customer').map(({ speaker }) => speaker);
      for (const full of new Set([name, ...spoken])) {
        add(full, 'customer', 'name');
        const words = (full ?? '').split(/[\s,]+/u);
        for (const word of words.length > 1 ? words : []) {
          if (word.replace(/\P{L}/gu, '').length >= 2) add(word, 'customer', 'name');
        }
      }
      add(email, 'customer', 'email');
      add(phone, 'customer', 'phone');
    }
    for (const span of this.#spans.filter(({ id }) => id === transcript.id)) {
      const message = transcript.messages[span.message];
      if (message === undefined || span.start >= span.end || span.end > message.text.length) {
        throw new ArchiveError('invalid-input', `Message ${span.message} has no such stretch of text to redact.`, {
          hint: 'Mark the text again: the conversation may have changed.',
        });
      }
      const text = message.text.slice(span.start, span.end);
      // Anywhere in the record, inside words too: a marked text must not stay in another copy.
      const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
      literals.push({ pattern: new RegExp(escaped, 'giu'), rule: 'manual', reason: span.reason });
    }
    return literals;
  }
}

function readAgain(before: Transcript, original: Buffer): Transcript {
  const decoded = decodeRecord(before.source, original);
  const { agents, skills, customer, messages, surveys, attributes, transfers, summary, details } = decoded;
  // Numbers, times and flags stay what they were: redaction hides text.
  return {
    ...before,
    agents,
    skills,
    customer,
    messages,
    messageCount: messages.length,
    surveys,
    attributes,
    transfers,
    summary,
    details,
  };
}

/** Keys of values that say when or which, not who. */
const timeKey = /time|date|timestamp/iu;
const plainNumber = /^-?\d[\d.eE+-]*$/u;
const idKey = /(?:id|ids|seq|sequence|version|count|duration|score|number|offset|lpid)l?$/iu;
const personKey = /phone|mobile|msisdn|cell|fax|card|account|iban|national|personal|social|tax|passport/iu;

/** The redaction of one record. */
class RecordWork {
  readonly hidden: Hidden[] = [];
  readonly texts: string[] = [];
  readonly #literals: readonly Literal[];
  readonly #rules: readonly BuiltInRule[];
  readonly #expressions;
  /** Names that the record goes by: hiding them would untie it from its proof. */
  readonly #protected: ReadonlySet<string>;
  readonly #custom = new Map<string, Span[]>();

  constructor(
    transcript: Transcript,
    literals: readonly Literal[],
    rules: readonly BuiltInRule[],
    expressions: ReturnType<typeof compileExpressions>,
  ) {
    this.#literals = literals;
    this.#rules = rules;
    this.#expressions = expressions;
    const remoteId = transcript.id.slice(transcript.source.length + transcript.accountId.length + 2);
    this.#protected = new Set([transcript.id, remoteId, transcript.accountId]);
  }

  rewrite(json: string): string {
    this.#findCustomIn(json);
    try {
      return rewriteJson(json, (leaf) => this.#leaf(leaf));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#apply(json, '', '') ?? json;
    }
  }

  /** Custom expressions see all texts of the record in one go, because each start of their cage costs time. */
  #findCustomIn(json: string): void {
    if (this.#expressions.length === 0) return;
    const texts = new Set<string>();
    const note = (leaf: JsonLeaf) => {
      texts.add(leaf.value);
      if (/[<&]/u.test(leaf.value)) texts.add(readHtml(leaf.value).text);
      if (isNestedJson(leaf.value)) tryRewrite(leaf.value, note, '');
      return null;
    };
    if (tryRewrite(json, note, '') === null) texts.add(json);
    this.#runCustom([...texts]);
  }

  #runCustom(texts: readonly string[]): void {
    const fresh = texts.filter((text) => !this.#custom.has(text));
    for (const [index, spans] of findCustom(fresh, this.#expressions).entries()) {
      this.#custom.set(fresh[index] ?? '', spans);
    }
  }

  #leaf(leaf: JsonLeaf): string | null {
    const { value, key, pointer } = leaf;
    if (this.#protected.has(value)) return null;
    if (leaf.kind === 'name') return pointer === '' ? null : this.#apply(value, '', `${pointer} (name)`);
    if (isNestedJson(value)) {
      const nested = tryRewrite(value, (inner) => this.#leaf(inner), pointer);
      if (nested !== null) return nested === value ? null : nested;
    }
    if (/[<&]/u.test(value)) {
      // Markup may stand in the middle of what is to be hidden: then the text is kept without its markup.
      const seen = readHtml(replaceSpans(value, this.#spansIn(value, key)).text).text;
      if (replaceSpans(seen, this.#spansIn(seen, key)).applied.length > 0) {
        const clean = this.#apply(readHtml(value).text, key, pointer);
        if (clean !== null) return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      }
    }
    return this.#apply(value, key, pointer);
  }

  /** The text with everything hidden in it, or null where there is nothing to hide. */
  #apply(text: string, key: string, place: string): string | null {
    const { text: written, applied } = replaceSpans(text, this.#spansIn(text, key));
    if (applied.length === 0) return null;
    for (const { start, end, rule, reason } of applied) {
      this.hidden.push({ place, rule, reason });
      this.texts.push(text.slice(start, end));
    }
    return written;
  }

  #spansIn(text: string, key: string): Span[] {
    if (!this.#custom.has(text)) this.#runCustom([text]);
    const structural = plainNumber.test(text) && !personKey.test(key) && (timeKey.test(key) || idKey.test(key));
    const rules = structural || (timeKey.test(key) && /^\d{4}-\d\d-\d\d/u.test(text)) ? [] : this.#rules;
    return [...findLiterals(text, this.#literals), ...findBuiltIn(text, rules), ...(this.#custom.get(text) ?? [])];
  }

  /** What is shown, for what only shows when pieces of the original are put together. */
  redactTexts(transcript: Transcript): Transcript {
    const texts: string[] = [];
    mapTexts(transcript, (text) => {
      texts.push(text);
      return text;
    });
    this.#runCustom([...new Set(texts)]);
    return mapTexts(transcript, (text, place) =>
      this.#protected.has(text) ? text : (this.#apply(text, '', place) ?? text),
    );
  }

  /** Better no record than a leak: everything that was hidden anywhere must be gone everywhere. */
  checkNothingLeft(...written: string[]): void {
    for (const text of new Set(this.texts)) {
      if (text.length < 3) continue;
      for (const form of new Set([text, JSON.stringify(text).slice(1, -1)])) {
        if (!written.some((whole) => this.#holds(whole, form))) continue;
        throw new ArchiveError('internal', 'Something that had to be redacted could not be hidden in every place.', {
          hint: 'Leave this conversation out, or report it: nothing of it was exported.',
        });
      }
    }
  }

  #holds(whole: string, text: string): boolean {
    const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
    for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
      const before = whole.charAt(at - 1);
      const after = whole.charAt(at + text.length);
      // Part of a longer word or number is another word or number; the id is what it is.
      if (isWord(before) || isWord(after)) continue;
      if (/\[REDACTED:[^\]]*$/u.test(whole.slice(Math.max(0, at - 100), at))) continue;
      if ([...this.#protected].some((name) => name.includes(text))) continue;
      return true;
    }
    return false;
  }
}

const isNestedJson = (text: string) => /^\s*[[{]/u.test(text) && /[\]}]\s*$/u.test(text);

function tryRewrite(json: string, visit: (leaf: JsonLeaf) => string | null, above: string): string | null {
  try {
    JSON.parse(json);
  } catch {
    return null;
  }
  return rewriteJson(json, visit, above);
}
