import { useCallback, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Chromium lays nothing out beyond some 33 million pixels; a million rows would be 88 million. */
const tallest = 16_000_000;

export interface RowWindow {
  first: number;
  last: number;
  /** Height of the scrolled area. */
  height: number;
  /** Where row `index` sits in it. */
  topOf: (index: number) => number;
  onScroll: () => void;
  /** Scrolls just far enough to show a row. */
  reveal: (index: number) => void;
}

/**
 * Which rows of equal height are in view. Beyond the tallest possible area the scroll bar is compressed: a pixel
 * stands for several, while the rows in view stay whole.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, length: number, rowHeight: number): RowWindow {
  const [view, setView] = useState({ top: 0, height: 800 });
  const measure = useCallback(() => {
    const element = scroller.current;
    if (element !== null) setView({ top: element.scrollTop, height: element.clientHeight });
  }, [scroller]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, measure]);

  const real = length * rowHeight;
  const height = Math.min(real, tallest);
  const scale = real > height ? (real - view.height) / Math.max(1, height - view.height) : 1;
  const virtualTop = view.top * scale;
  const first = Math.max(0, Math.floor(virtualTop / rowHeight) - 4);
  const last = Math.min(length - 1, Math.ceil((virtualTop + view.height) / rowHeight) + 4);
  return {
    first,
    last,
    height,
    topOf: (index) => view.top + (index * rowHeight - virtualTop),
    onScroll: measure,
    reveal: (index) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * rowHeight;
      const shownTop = element.scrollTop * scale;
      if (top < shownTop) element.scrollTop = top / scale;
      else if (top + rowHeight > shownTop + element.clientHeight)
        element.scrollTop = (top + rowHeight - element.clientHeight) / scale;
    },
  };
}
