import { chromium, type Browser } from '@playwright/test';

let browser: Browser | undefined;

/** The one real Chromium behind all windows. The test joins it through its debugging port. */
export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: process.env['TRANSCRIPT_ARCHIVE_TEST_BROWSER'] ?? '/usr/bin/chromium',
    args: [
      `--remote-debugging-port=${process.env['STAND_IN_DEBUGGING_PORT'] ?? '0'}`,
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
    ],
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
}
