import { useEffect } from 'react';
import type { RefObject } from 'react';

/**
 * Makes sure that the focus is inside a dialog that has just opened. React Aria leaves it out when it takes the last
 * action for a screen reader's: it then waits a frame for the former element, which has lost the focus by becoming inert.
 */
export function useFocusInside(container: RefObject<HTMLElement | null>, selector?: string): void {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const element = container.current;
        if (element === null || element.contains(document.activeElement)) return;
        const target = selector === undefined ? null : element.querySelector<HTMLElement>(selector);
        (target ?? element).focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [container, selector]);
}
