/** Draws scripts/package/icon.png from the page's icon. electron-builder makes the icons of each platform from it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.ts';

const executablePath = findBrowser();
if (executablePath === null) throw new Error('The icon is drawn by a Chromium, and none is here.');
const target = fileURLToPath(new URL('package/icon.png', import.meta.url));
mkdirSync(fileURLToPath(new URL('package', import.meta.url)), { recursive: true });
const svg = readFileSync(new URL('../renderer/icon.svg', import.meta.url), 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1024, height: 1024 } });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:1024px;height:1024px}</style>${svg}`);
  await page.screenshot({ path: target, omitBackground: true });
} finally {
  await browser.close();
}
