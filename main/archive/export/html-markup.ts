/**
 * Builds HTML beside the text that a browser's `textContent` will give for it. Text is all that callers can put in:
 * nothing of a transcript can become markup.
 */
export class Markup {
  #html: string[] = [];
  #text: string[] = [];

  get html(): string {
    return this.#html.join('');
  }

  get text(): string {
    return this.#text.join('');
  }

  open(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(readable(value))}"`);
    this.#html.push(`<${name}${written.join('')}>`);
  }

  close(name: string): void {
    this.#html.push(`</${name}>`);
  }

  element(name: string, attributes: Readonly<Record<string, string>>, text: string): void {
    const clean = readable(text);
    this.open(name, attributes);
    this.#html.push(escapeHtml(clean));
    this.#text.push(clean);
    this.close(name);
  }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => escapes[character] ?? character);
}

/**
 * What an HTML parser gives back unchanged: line breaks as LF; characters that HTML replaces or drops (NUL, lone
 * surrogates) shown as U+FFFD. The exact text is in the original, which other formats carry.
 */
export function readable(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replaceAll('\0', '\uFFFD').toWellFormed();
}
