import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import { readPage } from '../../../main/archive/liveperson/pages.ts';

/** The record of an example page of the API description, decoded. */
function example(source: 'chat' | 'messaging') {
  const body = readFileSync(new URL(`records/${source}-page.json`, import.meta.url));
  const [record] = readPage(source, body).records;
  if (record === undefined) throw new Error('The example has one record.');
  expect(decodeRecord(source, record.original)).toEqual(record.conversation);
  return record.conversation;
}

describe('the examples of the API description', () => {
  it.each(['chat', 'messaging'] as const)('of %s are read completely', async (source) => {
    const decoded = JSON.stringify(example(source), null, 2);
    await expect(`${decoded}\n`).toMatchFileSnapshot(`records/${source}-decoded.json`);
  });
});
