import { useEffect, useLayoutEffect, useRef } from 'react';
import { isBoolean } from './use-stored.ts';

/** Key → action, e.g. `{ j: next, k: previous, '?': openSheet, 'mod+k': openPalette }`. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const storageKey = 'transcript-archive.single-keys';

/** Single letters can be switched off (WCAG 2.1.4): speech input types them by accident. */
export function singleKeysEnabled(): boolean {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'true');
    return isBoolean(stored) ? stored : true;
  } catch {
    return true;
  }
}

export function setSingleKeysEnabled(enabled: boolean): void {
  localStorage.setItem(storageKey, JSON.stringify(enabled));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Handles keys for the whole page while the component is shown, unless the user types or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  // Before the next key can arrive: an action must start from what the last one left, however fast someone types.
  useLayoutEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const modified = event.ctrlKey || event.metaKey;
      const action = current.current[modified ? `mod+${event.key.toLowerCase()}` : event.key];
      if (action === undefined) return;
      const single = !modified && event.key.length === 1;
      if (single && (isTyping(event.target) || !singleKeysEnabled())) return;
      if (document.querySelector('[data-modal]') !== null) return;
      if (event.target instanceof Element && event.target.closest('[data-popover]') !== null) return;
      // The action may put the focus into a field, which would then get the letter.
      if (single) event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
