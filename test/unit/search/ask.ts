import type { Input, Output } from '../../../preload/contract.ts';
import { contract } from '../../../preload/contract.ts';
import { searchCount } from '../../../main/archive/search/count.ts';
import { searchPage } from '../../../main/archive/search/page.ts';
import { firstStart, day, type TestArchive } from './support.ts';

export const now = firstStart + 30 * day;

/** A page as the contract gives it, checked against the contract. */
export function page(archive: TestArchive, input: Input<'search.page'>): Output<'search.page'> {
  const { input: inputs, output } = contract['search.page'];
  return output.parse(searchPage(archive.db, inputs.parse(input), now));
}

/** Remote ids of the hits, in order. */
export function found(archive: TestArchive, query: string, more: Partial<Input<'search.page'>> = {}): string[] {
  return page(archive, { query, sort: 'oldest', ...more }).hits.map(({ id }) => id.split(':')[2] as string);
}

export function count(archive: TestArchive, query: string): Output<'search.count'> {
  const { input, output } = contract['search.count'];
  return output.parse(searchCount(archive.db, input.parse({ query }), now));
}
