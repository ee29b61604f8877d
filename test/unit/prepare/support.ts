import { createDemoWorld } from '../../../main/archive/demo/demo-world.ts';
import { recordArrays } from '../../../main/archive/liveperson/pages.ts';
import type { Source } from '../../../preload/model.ts';

export const now = Date.UTC(2026, 5, 1, 12);
export const accountId = '12345678';
export const workerEntry = new URL('../../../main/archive/prepare/worker.ts', import.meta.url);

const world = createDemoWorld({ now, conversations: 1500 });
const unreadable = ['{"info":{}}', '17', '{"info":{"engagementId":"no start"}}'];

/** Answers of the simulated account, a hundred records each: as of `at`, poorer or whole. */
export function answers(source: Source, at: number, form: 'searchText' | 'completeText' = 'searchText'): Buffer[] {
  const texts = world.records(source, at).flatMap((record) => record[form](at) ?? []);
  const pages: Buffer[] = [];
  for (let from = 0; from < texts.length; from += 100) {
    const records = [...texts.slice(from, from + 100), ...(from === 0 ? unreadable : [])].join(', ');
    pages.push(Buffer.from(`{"_metadata":{"count":${texts.length}},"${recordArrays[source]}":[ ${records} ]}`));
  }
  return pages;
}
