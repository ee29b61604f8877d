import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { corpus } from './corpus.ts';

/** Answers of the messaging API with a hundred records of the corpus each, one after the other in a file. */
export function writePages(file: string, conversations: number): { jsonBytes: number; textBytes: number } {
  const handle = openSync(file, 'w');
  let jsonBytes = 0;
  let textBytes = 0;
  let records: Buffer[] = [];
  const flush = () => {
    const body = Buffer.from(
      `{"_metadata":{"count":${conversations}},"conversationHistoryRecords":[${records.map(String).join(',')}]}`,
    );
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    writeSync(handle, Buffer.concat([length, body]));
    jsonBytes += body.length;
    records = [];
  };
  for (const { original, text } of corpus(conversations)) {
    records.push(Buffer.from(original));
    textBytes += Buffer.byteLength(text);
    if (records.length === 100) flush();
  }
  if (records.length > 0) flush();
  closeSync(handle);
  return { jsonBytes, textBytes };
}

/** Reads the file answer by answer, so that memory holds no more of it than the work does. */
export function* readPages(file: string): Generator<Buffer> {
  const handle = openSync(file, 'r');
  const length = Buffer.alloc(4);
  while (readSync(handle, length) === 4) {
    const body = Buffer.from(new ArrayBuffer(length.readUInt32LE()));
    readSync(handle, body);
    yield body;
  }
  closeSync(handle);
}
