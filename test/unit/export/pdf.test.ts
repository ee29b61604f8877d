import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../../../main/archive/export/pdf/find-chromium.ts';
import { fontFacesFor } from '../../../main/archive/export/pdf/fonts.ts';
import { printHtml } from '../../../main/archive/export/pdf/print-html.ts';
import { chatText, march, openTestWriter, take, temporaryFolder, testAccount } from '../store/support.ts';
import { hasChromium, hasTool } from './readers.ts';
import { exportFrom, verify } from './support.ts';

const texts = [
  'Grüße aus Bremen, ﬁnd me',
  '返金してください。谢谢',
  '감사합니다',
  'مرحبا بالعالم',
  'שלום עולם',
  'สวัสดีครับ',
  'A lovely day 😀',
];

function archiveOfScripts() {
  const writer = openTestWriter();
  take(writer, testAccount(writer), 'chat', [
    chatText({ id: 'scripts', startedAt: march, texts }),
    chatText({ id: 'second', startedAt: march + 60_000, texts: ['Second conversation'] }),
  ]);
  return writer;
}

describe('the page that is printed', () => {
  test('holds fonts for exactly the scripts that it has, as far as the font packages are there', () => {
    const latin = fontFacesFor('plain words');
    const mixed = fontFacesFor(texts.join(' '));
    expect(latin).toContain('data:font/woff2');
    expect(latin.length).toBeLessThan(mixed.length);
    expect(mixed.match(/@font-face/gu)?.length).toBeGreaterThanOrEqual(6);
  });

  test('cannot be left by a text or an id', () => {
    const html = printHtml([{ html: '<p>x</p>', id: 'chat:1:"}</style><script>', sha256: 'ab' }], {
      title: '</title><script>',
      exportedAt: '',
      timeZone: 'UTC',
    });
    expect(html).not.toContain('<script');
    expect(html.match(/<\/style>/gu)).toHaveLength(1);
  });
});

describe('where no Chromium is', () => {
  test('the format is refused before anything is written, with what to do', async () => {
    expect(() => findChromium({ PATH: '/nowhere', TRANSCRIPT_ARCHIVE_CHROMIUM: '/nowhere/chromium' })).toThrowError(
      expect.objectContaining({ code: 'unsupported-here' }) as Error,
    );
    const before = process.env['TRANSCRIPT_ARCHIVE_CHROMIUM'];
    process.env['TRANSCRIPT_ARCHIVE_CHROMIUM'] = '/nowhere/chromium';
    try {
      const out = join(temporaryFolder(), 'never');
      await expect(exportFrom(archiveOfScripts(), { out, formats: ['pdf'] })).rejects.toMatchObject({
        code: 'unsupported-here',
      });
      expect(readdirSync(dirname(out))).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TRANSCRIPT_ARCHIVE_CHROMIUM'];
      else process.env['TRANSCRIPT_ARCHIVE_CHROMIUM'] = before;
    }
  });
});

describe.skipIf(!hasChromium())('the pdf format (where a Chromium is installed)', () => {
  test('is legible in every script, embeds its fonts and numbers its pages', { timeout: 120_000 }, async () => {
    const { path } = await exportFrom(archiveOfScripts(), { formats: ['pdf', 'ndjson'] });
    const pdf = join(path, 'data/conversations.pdf');
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await verify(path)).failures).toEqual([]);
    const bytes = readFileSync(pdf).toString('latin1');
    expect(bytes).toContain('/StructTreeRoot');
    expect(bytes).toContain('/Outlines');
    if (hasTool('qpdf')) execFileSync('qpdf', ['--check', pdf]);
    if (hasTool('pdffonts')) {
      const fonts = execFileSync('pdffonts', [pdf], { encoding: 'utf8' }).trimEnd().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(3);
      for (const font of fonts) expect(font).toMatch(/\s(?:yes) (?:yes|no)\s+(?:yes|no)\s+\d+\s+\d+$/u);
    }
    if (hasTool('pdftotext')) {
      const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).normalize('NFKC');
      const plain = (value: string) =>
        value.normalize('NFKC').replace(/[\s\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
      // Every message, whole and letter for letter in the order of reading, one after the other.
      let at = 0;
      for (const expected of [...texts, 'Second conversation']) {
        const found = plain(text).indexOf(plain(expected), at);
        expect(found, expected).toBeGreaterThanOrEqual(at);
        at = found + plain(expected).length;
      }
      expect(text).toContain('chat:12345678:scripts');
      expect(text).toMatch(/3 ?\/ ?3/u);
      expect(text).toMatch(/SHA-256 [0-9a-f]{64}/u);
    }
  });

  test('is one file when bare, and leaves nothing when it is cancelled', { timeout: 120_000 }, async () => {
    const writer = archiveOfScripts();
    const out = join(temporaryFolder(), 'all.pdf');
    await exportFrom(writer, { out, formats: ['pdf'], bare: true });
    expect(statSync(out).isFile()).toBe(true);
    const place = join(temporaryFolder(), 'cancelled');
    mkdirSync(place);
    const controller = new AbortController();
    const exporting = exportFrom(
      writer,
      { out: join(place, 'x'), formats: ['pdf'] },
      {
        signal: controller.signal,
        onProgress: ({ phase }) => {
          if (phase === 'Finishing pdf') setTimeout(() => controller.abort(), 300);
        },
      },
    );
    await expect(exporting).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(place)).toEqual([]);
  });
});
