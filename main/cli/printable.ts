/**
 * Text from the archive may have been written by an attacker: control characters could drive the terminal, and
 * direction overrides could make it read differently from what is stored. They are shown as visible escapes.
 */
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

export function printable(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** For one line of a list: line breaks become blanks as well. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/gu, ' ').trim());
}
