import type { ExportRecord, Format } from './format.ts';
import { conversationSchemaText } from './conversation-schema.ts';
import type { OutputFile } from './output-file.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/**
 * One conversation as one line: the `show --json` object, then `original`, the record's own JSON text spliced in
 * byte for byte, so that numbers of any length survive. Line breaks between its tokens would end the line: they
 * become blanks, and `originalLineBreaks` says where they were (offsets in bytes), so that the exact bytes, and
 * with them the hash, can be had back.
 */
export function writeConversation(file: OutputFile, { shown, original }: ExportRecord): void {
  file.write(JSON.stringify(shown).slice(0, -1));
  const breaks = findLineBreaks(original);
  let oneLine: Uint8Array = original;
  if (breaks !== null) {
    oneLine = Uint8Array.from(original, (byte) => (byte === lineFeed || byte === carriageReturn ? blank : byte));
    file.write(`,"originalLineBreaks":${JSON.stringify(breaks)}`);
  }
  file.write(',"original":');
  file.write(oneLine);
  file.write('}');
}

interface LineBreaks {
  lf: number[];
  cr: number[];
}

function findLineBreaks(bytes: Buffer): LineBreaks | null {
  if (!bytes.includes(lineFeed) && !bytes.includes(carriageReturn)) return null;
  const breaks: LineBreaks = { lf: [], cr: [] };
  for (const [offset, byte] of bytes.entries()) {
    if (byte === lineFeed) breaks.lf.push(offset);
    else if (byte === carriageReturn) breaks.cr.push(offset);
  }
  return breaks;
}

/** The exact bytes of the original in a line that `writeConversation` wrote; null when it holds none. */
export function readOriginal(line: Buffer, breaks: LineBreaks | undefined): Buffer | null {
  // Inside a string the quotes would be escaped, so the first place is the member's own.
  const key = ',"original":';
  const at = line.indexOf(key);
  if (at < 0 || line.at(-1) !== 0x7d) return null;
  const original = Buffer.from(line.subarray(at + key.length, -1));
  for (const offset of breaks?.lf ?? []) original[offset] = lineFeed;
  for (const offset of breaks?.cr ?? []) original[offset] = carriageReturn;
  return original;
}

const schemaFile = 'conversation.schema.json';

export const ndjsonFormat: Format = {
  name: 'ndjson',
  mainFile: 'conversations.ndjson',
  start({ open, addBeside }) {
    const file = open('conversations.ndjson');
    addBeside(schemaFile, conversationSchemaText);
    return {
      add(record) {
        writeConversation(file, record);
        file.write('\n');
      },
      finish() {
        // The last line ends like all the others.
      },
    };
  },
};

export const jsonFormat: Format = {
  name: 'json',
  mainFile: 'conversations.json',
  start({ open, addBeside }) {
    const file = open('conversations.json');
    addBeside(schemaFile, conversationSchemaText);
    let count = 0;
    file.write('[');
    return {
      add(record) {
        file.write(count === 0 ? '\n' : ',\n');
        writeConversation(file, record);
        count += 1;
      },
      finish() {
        file.write('\n]\n');
      },
    };
  },
};
