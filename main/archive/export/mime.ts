/** RFC 5322 and MIME, as much as a message of ours needs: ASCII only, lines of at most 78 characters. */

const lineLength = 76;

/** Bytes as base64 in lines. */
export function base64Lines(content: string | Uint8Array): string {
  const text = Buffer.from(content as Uint8Array).toString('base64');
  const lines: string[] = [];
  for (let from = 0; from < text.length; from += lineLength) lines.push(text.slice(from, from + lineLength));
  return `${lines.join('\r\n')}\r\n`;
}

/** Any text as header text: RFC 2047 encoded words where it is not plain ASCII of one line. */
export function headerText(text: string): string[] {
  const clean = text.toWellFormed();
  if (/^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/u.test(clean) && !clean.includes('=?')) return clean.split(' ');
  const words: string[] = [];
  let piece = '';
  // 45 bytes are 60 characters of base64: with its marks the word stays under the 75 that RFC 2047 allows.
  for (const character of clean.replace(/[\r\n\0]+/gu, ' ')) {
    if (Buffer.byteLength(piece + character) > 45) {
      words.push(encodedWord(piece));
      piece = '';
    }
    piece += character;
  }
  if (piece !== '') words.push(encodedWord(piece));
  return words;
}

const encodedWord = (text: string) => `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;

/** One header with its line ends, folded between words. Words that are too long stay whole. */
export function headerLine(name: string, words: readonly string[]): string {
  let line = `${name}:`;
  let written = '';
  for (const word of words) {
    // A line of a folded header must hold something, so the first word always follows the name.
    if (line.length + 1 + word.length > lineLength && !line.endsWith(':') && line.trim() !== '') {
      written += `${line}\r\n`;
      line = '';
    }
    line += ` ${word}`;
  }
  return `${written}${line}\r\n`;
}

export function textHeader(name: string, text: string): string {
  return text === '' ? '' : headerLine(name, headerText(text));
}

/** Plain addresses only: what is anything else is not put where mail programs would send to. */
export function isAddress(text: string | null): text is string {
  return (
    text !== null &&
    text.length <= 254 &&
    /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/u.test(
      text,
    )
  );
}

/** `Name <address>` as words of a header; several go with commas. */
export function mailboxes(list: readonly { name: string; address: string }[]): string[] {
  return list.flatMap(({ name, address }, index) => {
    const end = index < list.length - 1 ? ',' : '';
    const words = headerText(name);
    const encoded = words[0]?.startsWith('=?') ?? false;
    const phrase = encoded || name === '' ? words : [`"${words.join(' ').replace(/["\\]/gu, '\\$&')}"`];
    return [...phrase.filter((word) => word !== '' && word !== '""'), `<${address}>${end}`];
  });
}

/** A local part from any text, for addresses in the reserved domain `invalid` (RFC 2606). */
export function localPart(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 60);
  return plain === '' ? 'unknown' : plain.toLowerCase();
}

/** `Sun, 01 Mar 2026 09:05:00 +0000` */
export function mailDate(ms: number): string {
  const date = new Date(ms);
  const valid = Number.isNaN(date.getTime()) ? new Date(0) : date;
  return valid.toUTCString().replace('GMT', '+0000');
}
