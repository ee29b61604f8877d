import { decodeEntities } from './entities.ts';

/** Elements that start a new line in a browser. */
const blocks: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr ' +
    'li main nav ol p pre section table tr ul'
  ).split(' '),
);
/** Elements whose content nobody saw. */
const unseen: ReadonlySet<string> = new Set(['script', 'style', 'template', 'head', 'title']);

const tagStart = /^<(\/?)([a-zA-Z][^\s/>]*)/u;
const attribute = /([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gu;

const valueStart = /=\s*["']/gu;
/** A quote that is not closed within this is a typing error. */
const longestTag = 2_000_000;

interface Tag {
  name: string;
  closing: boolean;
  attributes: string;
  /** Index after the tag. */
  end: number;
}

/** Index of the `>` that ends a tag: one inside a quoted attribute does not count. -1: no tag after all. */
function endOfTag(html: string, start: number): number {
  const first = html.indexOf('>', start);
  let at = start;
  for (;;) {
    const end = html.indexOf('>', at);
    if (end === -1) return first;
    valueStart.lastIndex = at;
    const value = valueStart.exec(html);
    if (value === null || value.index > end) return end;
    const close = html.indexOf(html.charAt(valueStart.lastIndex - 1), valueStart.lastIndex);
    if (close === -1 || close - start > longestTag) return first;
    at = close + 1;
  }
}

function tagAt(html: string, start: number): Tag | null {
  const match = tagStart.exec(html.slice(start, start + 80));
  if (match === null) return null;
  const end = endOfTag(html, start);
  if (end === -1) return null;
  const [whole, slash, name = ''] = match;
  return {
    name: name.toLowerCase(),
    closing: slash === '/',
    attributes: html.slice(start + whole.length, end),
    end: end + 1,
  };
}

function attributeOf(tag: Tag, name: string): string {
  for (const [, key, double, single, bare] of tag.attributes.matchAll(attribute)) {
    if (key?.toLowerCase() === name) return decodeEntities(double ?? single ?? bare ?? '').trim();
  }
  return '';
}

function endOfMarkup(html: string, start: number): number {
  const ending = html.startsWith('<!--', start) ? '-->' : '>';
  const end = html.indexOf(ending, start + (ending === '-->' ? 4 : 2));
  return end === -1 ? html.length : end + ending.length;
}

/** What a person read: tags gone, entities decoded, the address of a link after its words. */
export interface HtmlText {
  text: string;
  links: string[];
}

export function readHtml(html: string): HtmlText {
  const links: string[] = [];
  let text = '';
  let anchor: { address: string; from: number } | null = null;
  let at = 0;
  let lowerCase: string | null = null;
  const lastTag = html.lastIndexOf('>');
  const words = (piece: string) => {
    text += decodeEntities(piece.replace(/[\t\n\f\r ]+/gu, ' '));
  };
  const closeAnchor = () => {
    if (anchor !== null && !text.slice(anchor.from).includes(anchor.address)) text += ` (${anchor.address})`;
    anchor = null;
  };
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next === -1) break;
    words(html.slice(at, next));
    if (html.startsWith('<!', next) || html.startsWith('<?', next)) {
      at = endOfMarkup(html, next);
      continue;
    }
    const tag = next < lastTag ? tagAt(html, next) : null;
    if (tag === null) {
      // A lone "<" is a character somebody typed, not markup.
      text += '<';
      at = next + 1;
      continue;
    }
    at = tag.end;
    if (unseen.has(tag.name) && !tag.closing) {
      lowerCase ??= html.toLowerCase();
      const close = lowerCase.indexOf(`</${tag.name}`, at);
      at = close === -1 ? html.length : close;
      continue;
    }
    if (blocks.has(tag.name)) text += '\n';
    if (tag.name === 'a') {
      closeAnchor();
      const address = tag.closing ? '' : attributeOf(tag, 'href');
      if (address !== '' && !address.startsWith('#')) {
        anchor = { address, from: text.length };
        links.push(address);
      }
    }
    if (tag.name === 'img') text += attributeOf(tag, 'alt');
    if (tag.name === 'td' || tag.name === 'th') text += ' ';
  }
  words(html.slice(at));
  closeAnchor();
  const lines = text.split('\n').map((line) => line.replace(/ {2,}/gu, ' ').trim());
  return { text: lines.filter((line) => line !== '').join('\n'), links };
}
