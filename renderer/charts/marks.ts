import { useState } from 'react';
import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';

/** One thing in a chart that leads to conversations. */
export interface Mark {
  /** Where it leads; null where the query language cannot say it. */
  href: string | null;
  /** What it says, with its number. */
  label: string;
}

/**
 * A chart is one stop of the Tab key; arrow keys go from mark to mark. The mark under the pointer or focus is told in words
 * below the chart.
 */
export function useMarks() {
  const [told, setTold] = useState<string | null>(null);
  const [stop, setStop] = useState(0);
  const marksOf = (container: Element) => [
    ...container.querySelectorAll<SVGAElement | HTMLAnchorElement>('a[data-mark]'),
  ];
  const tell = (event: FocusEvent | PointerEvent) => {
    const mark = event.target instanceof Element ? event.target.closest('[data-mark]') : null;
    setTold(mark?.getAttribute('aria-label') ?? null);
    return mark;
  };
  return {
    told,
    tabIndexOf: (index: number) => (index === stop ? 0 : -1),
    container: {
      onKeyDown(event: KeyboardEvent) {
        const marks = marksOf(event.currentTarget);
        const here = marks.findIndex((mark) => mark === document.activeElement);
        const targets: Record<string, number> = {
          ArrowRight: here + 1,
          ArrowDown: here + 1,
          ArrowLeft: here - 1,
          ArrowUp: here - 1,
          Home: 0,
          End: marks.length - 1,
        };
        const target = targets[event.key];
        if (target === undefined || here < 0) return;
        event.preventDefault();
        marks[Math.min(marks.length - 1, Math.max(0, target))]?.focus();
      },
      onFocus(event: FocusEvent) {
        const mark = tell(event);
        const index = mark === null ? -1 : marksOf(event.currentTarget).indexOf(mark as HTMLAnchorElement);
        if (index >= 0) setStop(index);
      },
      onBlur: () => setTold(null),
      onPointerOver: (event: PointerEvent) => void tell(event),
      onPointerLeave: () => setTold(null),
    },
  };
}
