const longestMs = 5000;

/** Focuses what an action is about to show, as soon as it is there, unless the user has gone elsewhere meanwhile. */
export function focusWhenThere(selector: string): void {
  const began = performance.now();
  const from = document.activeElement;
  const attempt = () => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element !== null) element.focus();
    else if (document.activeElement === from && performance.now() - began < longestMs) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
