import { describe, expect, test } from 'vitest';
import { locateTokens, tokensOf } from '../../../main/archive/search/fold.ts';
import { found } from './ask.ts';
import { sentences } from './corpus.ts';
import { testArchive } from './support.ts';

/** One conversation that says the text, found or not by each query. */
const cases: readonly { text: string; by: string[]; notBy: string[] }[] = [
  {
    text: 'Die Straße nach München',
    by: ['strasse', 'STRASSE', 'straße', 'munchen', 'MÜNCHEN', 'Mu\u0308nchen', 'münch*'],
    notBy: ['stra', 'muenchen'],
  },
  { text: 'Le café à côté, ça va', by: ['cafe', 'CAFÉ', 'cote', '"a cote"', 'ca'], notBy: ['caf'] },
  {
    text: 'IŞIK FATURASI İSTANBUL',
    by: ['ışık', 'isik', 'istanbul', 'İstanbul', 'FATURASI', 'faturası'],
    notBy: ['ist'],
  },
  { text: 'ışık faturası istanbul', by: ['IŞIK', 'İSTANBUL', 'ISIK'], notBy: [] },
  { text: 'Łódź, Ørsted, Đorđe, Æsir', by: ['lodz', 'orsted', 'dorde', 'aesir'], notBy: [] },
  { text: 'ΟΔΟΣ ευχαριστώ', by: ['οδος', 'οδοσ', 'ευχαριστω'], notBy: [] },
  { text: 'ВЕРНИТЕ ДЕНЬГИ', by: ['верните', '"верните деньги"'], notBy: ['верн'] },
  { text: 'أُرِيدُ اِسْتِرْدَادَ المَالِ', by: ['أريد', 'اريد', 'استرداد', '"استرداد المال"'], notBy: ['مال'] },
  { text: 'الرقم ١٢٣٤', by: ['1234', '١٢٣٤'], notBy: ['123'] },
  { text: 'שָׁלוֹם עולם', by: ['שלום', '"שלום עולם"'], notBy: [] },
  { text: 'मुझे पैसा वापस चाहिए', by: ['पैसा', '"पैसा वापस"'], notBy: ['पस'] },
  { text: '我想申请退款，谢谢', by: ['退', '退款', '申请退款', '"想申"', '谢'], notBy: ['款退', '款谢谢你'] },
  { text: '東京の商品に問題が', by: ['東', '京の', '問題', 'に問'], notBy: ['題問'] },
  { text: 'ﾊﾝｶｸ カタカナ', by: ['ハンカク', 'カナ', 'カタ'], notBy: ['かな'] },
  { text: 'ABC', by: ['ＡＢＣ', 'abc'], notBy: [] },
  { text: '환불해 주세요', by: ['환', '환불', '불해', '환불해'], notBy: ['불환'] },
  { text: 'ขอเงินคืนสำหรับ', by: ['เงิน', 'คืน', 'เงินคืน', 'ง', 'ขอเงิน'], notBy: ['คืนเงิน'] },
  { text: 'Thanks 👍🏽 great 🇩🇪', by: ['👍', '👍🏿', '🇩🇪', '"thanks 👍"'], notBy: ['🇫🇷'] },
  { text: 'Brand™ sowie m² and ﬁne', by: ['brand', '"brand sowie"', 'm2', 'fine'], notBy: ['tm'] },
  {
    text: 'order BENCH-100821, ref A/77.3',
    by: ['BENCH-100821', 'bench', '100821', '"bench 100821"', 'BENCH-1008*', 'A/77.3', '77.3'],
    notBy: ['1008', '100821-BENCH', 'BENCH-1008'],
  },
  {
    text: 'mail clara.koenig@mail.example now',
    by: ['clara.koenig@mail.example', 'koenig', 'mail.example', 'clara.koenig', 'CLARA.KOENIG@MAIL.EXAMPLE'],
    notBy: ['koenig.clara'],
  },
  {
    text: 'https://shop.example/orders/4711?ref=x',
    by: ['https://shop.example/orders/4711?ref=x', 'shop.example', '4711', 'orders/4711'],
    notBy: ['4712'],
  },
  {
    text: 'call +49 30 1234-567 or (030) 99',
    by: ['+49 30 1234-567', '1234-567', '"30 1234"', '(030)'],
    notBy: ['1234567'],
  },
  { text: "don't costs 1,299.00 at 10:30", by: ["don't", 'don’t', '1,299.00', '10:30', '299'], notBy: ['dont'] },
  { text: 'so\u00adft hy\u200bphen', by: ['soft', 'hyphen'], notBy: [] },
];

describe('every language is found the way its writers type', () => {
  test.each(cases)('$text', ({ text, by, notBy }) => {
    const archive = testArchive([{ id: 'x', lines: [`customer: ${text}`] }]);
    const hits = [...by, ...notBy].filter((query) => found(archive, query).length === 1);
    expect(hits).toEqual(by);
  });
});

describe('tokens in place', () => {
  test('what is marked in a text is what the index holds of it', () => {
    const texts = [
      ...sentences,
      ...cases.map(({ text }) => text),
      'e\u0301a\u0308 \u1112\u1161\u11ab가',
      '\u0301x',
      'İI\u0307',
    ];
    for (const text of texts)
      expect(
        locateTokens(text).map((token) => token.text),
        text,
      ).toEqual(tokensOf(text));
  });

  test('a token points at the characters it came from', () => {
    const text = 'Die Stra\u00dfe, 退款 Mu\u0308nchen!';
    expect(locateTokens(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Die',
      'Straße',
      '退',
      '款',
      'Mu\u0308nchen',
    ]);
  });

  test('no text can bring the index its own vocabulary', () => {
    expect(tokensOf('a\uE000all\uE001b')).toEqual(['a', 'all', 'b']);
  });
});
