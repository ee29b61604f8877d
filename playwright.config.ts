import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

/** Debian's Chromium, where Playwright's own browser is not installed. */
const debianChromium = '/usr/bin/chromium';
const ownBrowser = existsSync(chromium.executablePath());

export default defineConfig({
  outputDir: 'test-results',
  fullyParallel: false,
  // Each worker runs a whole app with its engine processes; much of the time they wait for one another.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(ownBrowser || !existsSync(debianChromium) ? {} : { executablePath: debianChromium }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'web', testDir: 'test/web', testIgnore: '**/*screens.spec.ts' },
    { name: 'screenshots', testDir: 'test/web', testMatch: '**/*screens.spec.ts' },
    { name: 'shell', testDir: 'test/electron', testMatch: 'shell.spec.ts' },
    { name: 'electron', testDir: 'test/electron', testMatch: 'electron.spec.ts' },
  ],
});
