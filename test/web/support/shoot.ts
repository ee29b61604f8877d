import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../../../docs/screens/', import.meta.url));
mkdirSync(folder, { recursive: true });

/** Puts a picture of the page into docs/screens. */
export async function shoot(page: Page, name: string): Promise<void> {
  // Tooltips and hover belong to no picture.
  await page.mouse.move(2, 2);
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', caret: 'hide' });
}
