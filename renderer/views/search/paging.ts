/** How a list of hits is cut into requests: a first page that is there at once, since it is all that is in view, then larger ones. */
const firstSize = 20;
const size = 50;

export interface Slice {
  offset: number;
  limit: number;
}

export function sliceOf(page: number): Slice {
  return page === 0 ? { offset: 0, limit: firstSize } : { offset: firstSize + (page - 1) * size, limit: size };
}

export function pageOf(index: number): number {
  return index < firstSize ? 0 : 1 + Math.floor((index - firstSize) / size);
}

/** The pages that hold the rows from `first` to `last`, both included. */
export function pagesOf(first: number, last: number): number[] {
  const from = pageOf(Math.max(0, first));
  return Array.from({ length: pageOf(Math.max(0, first, last)) - from + 1 }, (_, step) => from + step);
}
