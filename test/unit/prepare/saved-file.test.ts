import { execFileSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../store/support.ts';

const heapMb = 56;
const records = 700;
/** A hundred kilobytes: together more than the heap of the process that reads them. */
const text = 'refund of the order '.repeat(5000);

function record(index: number): string {
  return JSON.stringify({
    info: { conversationId: `c${index}`, brandId: '12345678', startTimeL: 1_780_000_000_000 + index, status: 'CLOSE' },
    messageRecords: [
      {
        type: 'TEXT_PLAIN',
        messageData: { msg: { text } },
        messageId: `m${index}`,
        seq: 0,
        sentBy: 'Consumer',
        timeL: 1,
      },
    ],
  });
}

function write(file: string, before: string, between: string, after: string): void {
  writeFileSync(file, before);
  for (let index = 0; index < records; index += 1)
    appendFileSync(file, `${index === 0 ? '' : between}${record(index)}`);
  appendFileSync(file, after);
}

describe('a saved file larger than the memory of who reads it', () => {
  it.each([
    ['NDJSON', '', '\n', '\nnot JSON\n'],
    ['an array', '[', ',\n', ',{}]'],
    ['one page', '{"_metadata":{},"conversationHistoryRecords":[', ',', ',{}]}'],
  ])('is read whole as %s', { timeout: 120_000 }, (_, before, between, after) => {
    const file = join(temporaryFolder(), 'large.json');
    write(file, before, between, after);
    const child = join(import.meta.dirname, 'saved-file-child.ts');
    const output = execFileSync(process.execPath, [`--max-old-space-size=${heapMb}`, child, file], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual({ records, rejected: 1 });
  });
});
