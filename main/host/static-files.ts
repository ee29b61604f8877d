import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';
import { securityHeaders } from './csp.ts';

interface StaticAnswer {
  status: 200 | 404;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface StaticFiles {
  /** The answer to GET for the path part of a URL, still percent-encoded, without query. Never rejects. */
  get(pathname: string): Promise<StaticAnswer>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built page's files. They are listed once, and only a listed path is ever opened, so no spelling of a path leads
 * anywhere else. Source maps and files of unknown type are not served.
 * @throws ArchiveError path-unavailable when the page was not built
 */
export function openStaticFiles(folder: string): StaticFiles {
  const files = listFiles(folder);
  if (!files.has('/index.html')) {
    throw new ArchiveError('path-unavailable', `The app's page is missing from ${folder}.`, {
      hint: 'Build it: npm run build.',
    });
  }
  return {
    async get(pathname) {
      const path = decodePath(pathname);
      const file = path === undefined ? undefined : files.get(path === '/' ? '/index.html' : path);
      const type = file === undefined ? undefined : contentTypes[extname(file)];
      const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      if (type === undefined || body === undefined) return notFound();
      // Names under assets/ carry a hash of their content.
      const cache = path?.startsWith('/assets/') === true ? 'public, max-age=31536000, immutable' : 'no-store';
      return { status: 200, headers: { ...securityHeaders, 'Content-Type': type, 'Cache-Control': cache }, body };
    },
  };
}

function listFiles(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return found;
  }
  for (const entry of entries) {
    // Links are left out: what they lead to is not ours.
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    found.set(`/${relative(folder, file).split(sep).join('/')}`, file);
  }
  return found;
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

function notFound(): StaticAnswer {
  return {
    status: 404,
    headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body: Buffer.from('There is nothing here.\n'),
  };
}
