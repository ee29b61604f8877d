import type { JsonObject } from './json.ts';

/** A card with text and a button. */
export function richCard(text: string, link: string): JsonObject {
  return {
    type: 'vertical',
    elements: [
      { type: 'text', text, tooltip: text, style: { bold: true } },
      { type: 'image', url: 'https://cdn.acme-retail.example/cards/help.png', tooltip: 'Acme help' },
      {
        type: 'button',
        title: 'Open page',
        tooltip: 'Open page',
        click: { actions: [{ type: 'link', name: 'page', uri: link }] },
      },
    ],
  };
}

export const quickReplies: JsonObject = {
  type: 'quickReplies',
  itemsPerRow: 3,
  replies: ['My order', 'My card', 'Something else'].map((title) => ({
    type: 'button',
    title,
    tooltip: title,
    click: { actions: [{ type: 'publishText', text: title }] },
  })),
};

/** A one-pixel picture: thumbnails come with by-id answers only. */
export const thumbnail =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
