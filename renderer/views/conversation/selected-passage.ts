/** The selected words, when they lie within the text of one message; null otherwise. */
export function selectedPassage(): { message: number; start: number; end: number } | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const at = range.commonAncestorContainer;
  const text = (at instanceof Element ? at : at.parentElement)?.closest('[data-message-text]');
  const message = Number(text?.getAttribute('data-message-text'));
  if (text === null || text === undefined || !Number.isSafeInteger(message)) return null;
  // Marks of hits stand between, but the text as a whole is the message's own, letter for letter.
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return { message, start, end: start + range.toString().length };
}
