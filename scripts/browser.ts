import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium for tests: Playwright's own, else the system's. */
export function findBrowser(): string | null {
  const own = chromium.executablePath();
  if (own !== '' && existsSync(own)) return own;
  return known.find((path) => existsSync(path)) ?? null;
}

/** Installs one if none is there: Playwright's own, else Debian's package when root. Null: none could be had. */
export function ensureBrowser(): string | null {
  const found = findBrowser();
  if (found !== null) return found;
  process.stderr.write('No Chromium for the browser tests; installing one.\n');
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore', timeout: 240_000 });
  const installed = findBrowser();
  if (installed !== null || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return installed;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: 'ignore', env: environment, timeout: 300_000 } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core', 'fonts-noto-cjk'],
    options,
  );
  return findBrowser();
}
