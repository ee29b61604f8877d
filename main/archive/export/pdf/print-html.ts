import { escapeHtml, readable } from '../html-markup.ts';
import { fontFacesFor, fontFamilies } from './fonts.ts';

/** One transcript as it is printed: markup from `transcriptMarkup`, and what stands under each of its pages. */
export interface PrintedTranscript {
  html: string;
  id: string;
  sha256: string;
}

const style = `
@page { size: A4; margin: 18mm 16mm 22mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt ${fontFamilies}; } }
* { box-sizing: border-box; }
body { margin: 0; font: 10pt/1.45 ${fontFamilies}; color: #16191d; }
header { border-bottom: 1px solid #888; margin-bottom: 6mm; }
h1 { font-size: 15pt; } h2 { font-size: 12.5pt; margin: 0 0 2mm; } h3 { font-size: 10.5pt; margin: 4mm 0 1mm; break-after: avoid; }
article { break-before: page; } article:first-of-type { break-before: auto; }
h1, h2, dd, td, .text { overflow-wrap: anywhere; }
dl { margin: 0; } dl div { display: flex; gap: 2mm; } dt { flex: 0 0 45mm; color: #4d5561; } dd { margin: 0; flex: 1; }
ol.messages { list-style: none; padding: 0; margin: 0; }
li { border-inline-start: 2pt solid #c9ced6; padding: 0 0 0 3mm; margin: 0 0 2.5mm; }
li.agent, li.bot { border-color: #4c8a5b; } li.customer { border-color: #3566b0; } li.private { border-inline-start-style: dashed; border-color: #a07600; }
.by { margin: 0; color: #4d5561; font-size: 8.5pt; break-after: avoid; } .text { margin: 0; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; } th, td { border: 1px solid #aaa; padding: 1mm 2mm; text-align: start; vertical-align: top; }
`;

/** A page for Chromium's PDF engine: no script, nothing from anywhere else, each transcript with its own footer. */
export function printHtml(
  transcripts: readonly PrintedTranscript[],
  { title, exportedAt, timeZone }: { title: string; exportedAt: string; timeZone: string },
): string {
  const text = (value: string) => escapeHtml(readable(value));
  const footers = transcripts.map(
    ({ id, sha256 }, index) =>
      `@page t${index} { @bottom-left { content: ${cssString(`${id}\nSHA-256 ${sha256}`)}; white-space: pre-line; font: 6.5pt ${fontFamilies}; } }
#t${index} { page: t${index}; }`,
  );
  const body = transcripts.map(({ html }, index) => `<article id="t${index}">${html}</article>`).join('\n');
  const head = `<header><h1 dir="auto">${text(title)}</h1><p>Exported ${text(exportedAt)} by Transcript Archive. Times are in the zone ${text(timeZone)}.</p></header>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${text(title)}</title><style>${fontFacesFor(head + body)}${style}${footers.join('\n')}</style></head><body>${head}${body}</body></html>`;
}

/** Any text as a CSS string: everything but plain characters as an escape. */
function cssString(text: string): string {
  return `"${text.replace(/[^A-Za-z0-9 :.-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;
}
