import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorDetail, redact } from '../../../main/archive/liveperson/errors.ts';
import { readHtml } from '../../../main/archive/liveperson/html.ts';
import { readMessageContent } from '../../../main/archive/liveperson/message-content.ts';
import { readRichContent } from '../../../main/archive/liveperson/text.ts';
import { idOf, numberOf, parseTextTime, textOf, timeOf } from '../../../main/archive/liveperson/values.ts';

describe('HTML as a person reads it', () => {
  it.each([
    ['<p>Let me look at that &amp; come back</p>', 'Let me look at that & come back'],
    ['Hello<br/>world<br>again', 'Hello\nworld\nagain'],
    ['<div>one</div><div>two</div>', 'one\ntwo'],
    ['a <b>bold</b>  word\n here', 'a bold word here'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    [
      '&lt;b&gt; &#8364; &#x20AC; &euro; &nbsp;| &Auml;&eacute;&ndash; &unknown; &amp;lt;',
      '<b> € € € | Äé– &unknown; &lt;',
    ],
    ['<style>p{}</style>seen<script>if(a<b)</script><!-- <p>not</p> -->', 'seen'],
    ['<a href="https://a.test/?x=1&amp;y=2">here</a> ok', 'here (https://a.test/?x=1&y=2) ok'],
    ['<a href=https://a.test>https://a.test</a>', 'https://a.test'],
    ['<img src="x" alt="A cat > dog">after', 'A cat > dogafter'],
    ['<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
    ['<p title="a > b">text</p>', 'text'],
    ['cut off <b', 'cut off <b'],
    ['&#0;&#xD800;&#1114112;', '\ufffd\ufffd\ufffd'],
  ])('%j', (html, text) => {
    expect(readHtml(html).text).toBe(text);
  });

  it('lists the links', () => {
    expect(readHtml('<a href="https://a.test">x</a> <a href="#top">y</a>').links).toEqual(['https://a.test']);
  });

  it('never loses a word outside of tags, nor takes long for hostile text', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/u), { minLength: 1 }), (words) => {
        const html = words.map((word) => `<p class="x">${word}</p>`).join('');
        expect(readHtml(html).text).toBe(words.join('\n'));
      }),
      { numRuns: 50 },
    );
    for (const piece of ['<a ', '<a ="', '<', '&', '<script', '<!--', '<p>', "<a b='"]) {
      expect(typeof readHtml(piece.repeat(30_000)).text).toBe('string');
    }
  });
});

const content = (type: string | undefined, messageData: unknown) => {
  const { kind, text, features } = readMessageContent({ type, messageData });
  return { kind, text, features };
};

describe('structured content', () => {
  it('is read in the order it is seen, with links and without repetition', () => {
    const card = {
      type: 'vertical',
      elements: [
        { type: 'image', url: 'https://a.test/cat.png', alt: 'A cat', tooltip: 'Cat' },
        {
          type: 'button',
          title: 'Buy',
          click: { actions: [{ type: 'publishText', text: 'Buy' }], metadata: [{ id: 'x' }] },
        },
        { type: 'button', title: 'More', click: { actions: [{ type: 'link', uri: 'https://a.test/more' }] } },
      ],
    };
    expect(readRichContent(card)).toEqual({
      text: 'https://a.test/cat.png\nA cat\nCat\nBuy\nMore\nhttps://a.test/more',
      links: ['https://a.test/cat.png', 'https://a.test/more'],
    });
  });

  it('of messaging is read whatever its type', () => {
    expect(content('TEXT_HTML', { msg: { text: '<b>hi</b>' } })).toEqual({ kind: 'text', text: 'hi', features: [] });
    expect(content('text', { msg: { text: 'undefined' } })).toEqual({ kind: 'text', text: 'undefined', features: [] });
    expect(content('TEXT_PLAIN', { msg: { text: 'see https://a.test' } }).features).toEqual(['link']);
    expect(
      content('HOSTED_FILE', {
        file: { relativePath: 'a/b/c.pdf', fileType: 'PDF', caption: 'mine', preview: 'AAAA' },
      }),
    ).toEqual({
      kind: 'file',
      text: 'File: c.pdf (PDF)\nmine',
      features: ['file'],
    });
    expect(content('LINK', { link: { externalFileLink: 'https://a.test/x', caption: 'X' } })).toEqual({
      kind: 'link',
      text: 'Link: https://a.test/x\nX',
      features: ['link'],
    });
    expect(content('LINK', { externalFileLink: 'https://a.test/x', caption: 'X', extra: 'kept' }).text).toBe(
      'Link: https://a.test/x\nX\nkept',
    );
    expect(content('SECURE_FORM_INVITATION', { form: { formName: 'Card data', invitationId: '12' } })).toEqual({
      kind: 'form',
      text: 'Form: Card data (invitation 12)',
      features: ['form'],
    });
    expect(content('SECURE_FORM_SUBMIT', { formName: 'Card data', submissionId: '9' }).text).toBe(
      'Form submitted: Card data (submission 9)',
    );
    expect(content('RICH_CONTENT', { richContent: { content: 'not { json' } })).toEqual({
      kind: 'rich',
      text: 'not { json',
      features: ['rich'],
    });
  });

  it('of an unknown type or key keeps every word', () => {
    expect(content('HOLOGRAM', { hologram: { deep: [{ words: 'help me' }, 7, true, null] } })).toEqual({
      kind: 'unknown',
      text: 'help me\n7\ntrue',
      features: [],
    });
    expect(content(undefined, { msg: { text: 'hi' }, zoo: { animal: 'lion' } }).text).toBe('hi\nlion');
    expect(content(undefined, 'bare')).toMatchObject({ text: 'bare' });
    expect(content('TEXT_PLAIN', null)).toEqual({ kind: 'text', text: '', features: [] });
  });
});

describe('scalars', () => {
  it('stand for nothing in many ways', () => {
    for (const filler of [null, undefined, '', ' ', 'undefined', 'null', 'NaN', Number.NaN, {}, []]) {
      expect([filler, numberOf(filler)]).toEqual([filler, null]);
      if (typeof filler !== 'number') expect([filler, textOf(filler)]).toEqual([filler, null]);
    }
    expect([idOf(-1), idOf('-1'), idOf(0), idOf(' 7 '), idOf('Null')]).toEqual([null, null, '0', '7', 'Null']);
  });

  it('that are times: the L field first, then the explicit pattern, never a guess', () => {
    const text = '2026-03-04 09:15:27.318+0000';
    const time = Date.UTC(2026, 2, 4, 9, 15, 27, 318);
    expect(timeOf({ start: text, startL: 5 }, 'start')).toBe(5);
    expect(timeOf({ start: text, startL: null }, 'start')).toBe(time);
    expect(timeOf({ start: text, startL: '1772615740120' }, 'start')).toBe(1_772_615_740_120);
    expect(timeOf({ start: 'undefined', startL: -1 }, 'start')).toBeNull();
    expect(timeOf({ start: 'yesterday' }, 'start')).toBeNull();
    expect(parseTextTime('2026-03-04T10:15:27.318+01:00')).toBe(time);
    expect(parseTextTime('2026-03-04 09:15:27')).toBe(time - 318);
    expect(timeOf({ startL: 9e18 }, 'start')).toBeNull();
  });
});

const body = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('what an error tells', () => {
  it('has no token, secret or query in it', () => {
    const text =
      'Bearer abc.def-ghi OAuth oauth_token="zzzz" eyJhbGciOi.J9.x client_secret=hush https://a.test/p?user=me&x=1 s3cr3t';
    const safe = redact(text, ['s3cr3t']);
    expect(safe).not.toMatch(/abc\.def|zzzz|eyJ|hush|user=me|s3cr3t/u);
    expect(safe).toContain('https://a.test/p?…');
  });

  it('is the first known property, on one line and short', () => {
    expect(errorDetail(body({ error: 'e', message: 'm\nn', internalCode: '0007' }))).toBe('m n');
    expect(errorDetail(body({ error: { internalCode: '0007' } }))).toBe('0007');
    expect(errorDetail(body({ debugMessage: 'x'.repeat(3000) }))?.length).toBe(500);
    expect(errorDetail(Buffer.from('plain text'))).toBeNull();
    expect(errorDetail(body({ other: 'x' }))).toBeNull();
  });
});
