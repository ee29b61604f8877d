import { createHash } from 'node:crypto';
import { escapeHtml, readable } from './html-markup.ts';
import { pageScript } from './html-script.ts';
import { pageStyle } from './html-style.ts';

const policyHash = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing may be fetched, framed, sent or run but the two blocks of this page. */
const policy = [
  `default-src 'none'`,
  `script-src ${policyHash(pageScript)}`,
  `style-src ${policyHash(pageStyle)}`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

export interface PageHead {
  title: string;
  timeZone: string;
  exportedAt: string;
}

/** Everything before the first transcript. */
export function pageStart({ title, timeZone, exportedAt }: PageHead): string {
  const text = (value: string) => escapeHtml(readable(value));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${text(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1 dir="auto">${text(title)}</h1>
<p>Exported ${text(exportedAt)} by Transcript Archive. Times are in the zone ${text(timeZone)}.</p>
</header>
<section id="tools" aria-label="Search and check" hidden>
<search>
<label for="words">Search these transcripts</label>
<input id="words" type="search" autocomplete="off" spellcheck="false">
<label for="role">Said by</label>
<select id="role">
<option value="">anyone</option>
<option value="customer">customer</option>
<option value="agent">agent</option>
<option value="bot">bot</option>
<option value="system">system</option>
<option value="private">private notes</option>
</select>
<button id="previous" type="button">Previous match</button>
<button id="next" type="button">Next match</button>
<button id="check" type="button">Check the hashes of this file</button>
</search>
<p id="found" role="status"></p>
<p id="checked" role="status"></p>
</section>
<main>
<noscript><p>Search and self-check need scripts to be allowed. The transcripts below can be read without.</p></noscript>
`;
}

/** Everything after the last transcript. `digest`: SHA-256 over the transcripts' hashes, in order. */
export function pageEnd(digest: string): string {
  return `</main>
<footer data-sha256="${digest}">
<p>SHA-256 over the hashes of all transcripts: <code>${digest}</code></p>
<p>The same value stands in custody/export.json of the package that this file came in, as transcriptsSha256.</p>
</footer>
<script>${pageScript}</script>
</body>
</html>
`;
}
