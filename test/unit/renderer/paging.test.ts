import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf, pagesOf, sliceOf } from '../../../renderer/views/search/paging.ts';

test('every row lies in the slice of its page', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), (index) => {
      const { offset, limit } = sliceOf(pageOf(index));
      expect(index).toBeGreaterThanOrEqual(offset);
      expect(index).toBeLessThan(offset + limit);
    }),
  );
});

test('slices follow each other without a gap', () => {
  fc.assert(
    fc.property(fc.nat(10_000), (page) => {
      const { offset, limit } = sliceOf(page);
      expect(sliceOf(page + 1).offset).toBe(offset + limit);
    }),
  );
});

test('the pages of a range hold its first and its last row, and rows before the first are none', () => {
  expect(pagesOf(-30, 12)).toEqual([0]);
  expect(pagesOf(-30, 25)).toEqual([0, 1]);
  expect(pagesOf(100, 130)).toEqual([2, 3]);
  expect(pagesOf(-30, -1)).toEqual([0]);
});
