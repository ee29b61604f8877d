import { readHtml } from './html.ts';
import { parseLosslessly } from './json-text.ts';
import { writtenText } from './values.ts';

/** Readable text of a piece of content, with the links in it. */
export interface ReadableText {
  text: string;
  links: string[];
}

/** Keys of rich content whose string values a person can see or follow. */
const visibleKeys: ReadonlySet<string> = new Set(['text', 'title', 'tooltip', 'alt', 'caption']);
const linkKeys: ReadonlySet<string> = new Set(['uri', 'url']);

/** One string, number or truth value inside a nested structure. */
export interface Leaf {
  /** The key that holds the value; of an array's element, its index. */
  key: string;
  /** Keys from the outside in, joined by dots. */
  path: string;
  value: string;
}

/** A place inside a structure, knowing its parent: paths are only written out for leaves. */
interface Place {
  key: string;
  parent: Place | null;
}

/** Paths longer than this serve nobody; a hostile record could have a million levels. */
const longestPath = 64;

function pathOf(place: Place | null): string {
  const keys: string[] = [];
  for (let at = place; at !== null && keys.length < longestPath; at = at.parent) keys.push(at.key);
  return keys.toReversed().join('.');
}

/**
 * Every scalar of a structure in document order. Keeps its own stack: the depth of a record is not ours to choose.
 * @param skip keys whose values are left out whole.
 */
export function* leavesOf(value: unknown, skip: (key: string) => boolean = () => false): Generator<Leaf> {
  const stack: { value: unknown; place: Place | null }[] = [{ value, place: null }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value: current, place } = next;
    const wrapped = typeof current === 'object' && current !== null && place !== null ? unwrapScalar(current) : null;
    if (typeof current === 'object' && current !== null && wrapped === null) {
      const entries = Object.entries(current);
      for (let index = entries.length - 1; index >= 0; index -= 1) {
        const [key, child] = entries[index] ?? ['', null];
        if (!skip(key)) stack.push({ value: child, place: { key, parent: place } });
      }
      continue;
    }
    const text = wrapped ?? writtenText(current);
    if (text !== null) yield { key: place?.key ?? '', path: pathOf(place), value: text };
  }
}

/** Some attributes come as `{ "string": "…" }` instead of the plain value. */
function unwrapScalar(value: object): string | null {
  const keys = Object.keys(value);
  if (keys.length !== 1) return null;
  const [key = ''] = keys;
  if (!['string', 'long', 'int', 'double', 'boolean'].includes(key)) return null;
  return writtenText((value as Record<string, unknown>)[key]);
}

/** Joins lines, without the repetition of a line directly above (a button's title is often its action's text too). */
export function joinLines(lines: readonly string[]): string {
  return lines.filter((line, index) => line !== '' && line !== lines[index - 1]).join('\n');
}

/** Cards, buttons, quick replies: what can be seen or followed, in document order. */
export function readRichContent(content: unknown): ReadableText {
  const lines: string[] = [];
  const links: string[] = [];
  for (const { key, value } of leavesOf(content)) {
    if (linkKeys.has(key)) links.push(value);
    else if (!visibleKeys.has(key)) continue;
    lines.push(value.trim());
  }
  return { text: joinLines(lines), links };
}

/** Messaging sends rich content as a string that holds JSON; what does not parse is shown as it is. */
export function readRichContentText(content: unknown): ReadableText {
  if (typeof content !== 'string') return readRichContent(content);
  try {
    return readRichContent(parseLosslessly(content));
  } catch {
    return { text: content, links: linksIn(content) };
  }
}

const address = /\bhttps?:\/\/[^\s<>"']+/giu;

/** Web addresses that somebody wrote into plain text. */
export function linksIn(text: string): string[] {
  return text.includes('://') ? (text.match(address) ?? []) : [];
}

/** Text that may be HTML: by its declared type, never by its looks. */
export function readText(text: string, html: boolean): ReadableText {
  return html ? readHtml(text) : { text, links: linksIn(text) };
}
