import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBuiltIn } from '../../../main/archive/export/redact/detect.ts';
import { findNationalIds } from '../../../main/archive/export/redact/national-ids.ts';

/** Numbers that authorities and manuals print as examples, as people write them. */
const examples: [country: string, ...written: string[]][] = [
  ['BE', '85.07.30-033.28', '17073003384'],
  ['BR', '390.533.447-05', '39053344705'],
  ['CA', '046 454 286', '046-454-286'],
  ['CH', '756.9217.0769.85', '7569217076985'],
  ['CN', '360426199101010071'],
  ['DE', '36 574 261 809', '36574261809'],
  ['DK', '211062-5629'],
  ['ES', '54362315K', '54362315-K', 'X-2482300W', 'x2482300w'],
  ['FI', '131052-308T'],
  ['FR', '2 95 10 99 126 111 93', '295109912611193'],
  ['GB', 'AB 12 34 56 C', 'HH590123A'],
  ['IN', '2341 2341 2346', '234123412346'],
  ['IT', 'RCCMNL83S18D969H'],
  ['KR', '971013-9019902'],
  ['MX', 'BOXW310820HNERXN09'],
  ['NL', '1112.22.333', '111 222 333', '111222333'],
  ['NO', '15108695088', '151086 95088'],
  ['PL', '44051401359'],
  ['SE', '880320-0016'],
  ['US', '536-90-4399', '536 90 4399'],
  ['ZA', '7503305044089'],
];

const digitsOf = (text: string) => Array.from(text, Number);
const weighted = (text: string, weights: readonly number[]) =>
  digitsOf(text).reduce((sum, digit, index) => sum + digit * (weights[index % weights.length] ?? 0), 0);

/** Verhoeff's tables, as he published them: the dihedral group of order ten and a permutation of period eight. */
function verhoeff(body: string): string {
  const multiply = (one: number, other: number) => {
    const turned = one < 5 ? (one + (other % 5)) % 5 : (one + 5 - (other % 5)) % 5;
    return one < 5 === other < 5 ? turned : turned + 5;
  };
  const first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permuted = (digit: number, times: number): number =>
    times === 0 ? digit : permuted(first[digit] ?? 0, times - 1);
  const sum = digitsOf(body)
    .reverse()
    .reduce((total, digit, index) => multiply(total, permuted(digit, (index + 1) % 8)), 0);
  return String([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((digit) => multiply(sum, digit) === 0));
}

/** ISO 7064, MOD 11,10. */
function mod11And10(body: string): string {
  const product = digitsOf(body).reduce((before, digit) => {
    const sum = (before + digit) % 10;
    return ((sum === 0 ? 10 : sum) * 2) % 11;
  }, 10);
  return String((11 - product) % 10);
}

/** Ten digits of which exactly one stands twice, apart, and one is missing. */
const germanBody = fc
  .tuple(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 9, maxLength: 9 }), fc.nat({ max: 6 }))
  .map(([digits, from]) => [...digits, digits[from] ?? 0].join(''))
  .filter((body) => !body.startsWith('0') && body.at(-2) !== body.at(-1));

/** The check as each authority publishes it, written anew here; null where a body has no number. */
const published: Record<string, { bodies: fc.Arbitrary<string>; checks: (body: string) => (string | null)[] }> = {
  BE: {
    bodies: fc.stringMatching(/^(?:[4-9]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])(?:[1-8]\d\d)$/u),
    // Born in this century, a 2 is put in front.
    checks: (body) => [body, `2${body}`].map((number) => String(97 - (Number(number) % 97)).padStart(2, '0')),
  },
  CH: {
    bodies: fc.stringMatching(/^756\d{9}$/u),
    checks: (body) => [String((10 - (weighted(body, [1, 3]) % 10)) % 10)],
  },
  ES: {
    bodies: fc.stringMatching(/^[1-9]\d{7}$/u),
    checks: (body) => ['TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(body) % 23)],
  },
  FR: {
    bodies: fc.stringMatching(/^[12]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[1-8]\d)[0-8]\d[1-9](?:[0-8]\d[1-9])$/u),
    checks: (body) => [String(97 - (Number(body) % 97)).padStart(2, '0')],
  },
  IN: { bodies: fc.stringMatching(/^[2-9]\d{10}$/u), checks: (body) => [verhoeff(body)] },
  NL: {
    bodies: fc.stringMatching(/^[1-9]\d{7}$/u),
    checks: (body) => {
      const rest = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return [rest === 10 ? null : String(rest)];
    },
  },
  PL: {
    bodies: fc.stringMatching(/^\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])\d{4}$/u),
    checks: (body) => [String((10 - (weighted(body, [1, 3, 7, 9]) % 10)) % 10)],
  },
  DE: { bodies: germanBody, checks: (body) => [mod11And10(body)] },
};

describe('numbers by which states know people', () => {
  test.each(examples)('%s: the examples that are printed are found whole', (country, ...written) => {
    for (const number of written) {
      const text = `My number is ${number}, thanks.`;
      const found = findNationalIds(text).filter((one) => one.country === country);
      expect(
        found.map(({ start, end }) => text.slice(start, end)),
        number,
      ).toContain(number);
    }
  });

  for (const [country, { bodies, checks }] of Object.entries(published)) {
    test(`${country}: a number is found with its own check digits, and with no others`, () => {
      fc.assert(
        fc.property(bodies, fc.nat({ max: 98 }), (start, other) => {
          const [right = null, ...also] = checks(start);
          fc.pre(right !== null);
          const of = (number: string) => findNationalIds(`no. ${number}.`).some((one) => one.country === country);
          expect(of(`${start}${right}`)).toBe(true);
          const wrong = /\d/u.test(right)
            ? String(other % 10 ** right.length).padStart(right.length, '0')
            : String.fromCharCode(65 + (other % 26));
          if (![right, ...also].includes(wrong)) expect(of(`${start}${wrong}`)).toBe(false);
        }),
        { numRuns: 200 },
      );
    });
  }

  test('a number without a check digit counts only in its own groups, or when it is called by its name', () => {
    expect(findNationalIds('order 536904399 and parcel 5369043990')).toEqual([]);
    expect(findNationalIds('my SSN is 536904399')).toMatchObject([{ start: 10, end: 19, country: 'US' }]);
    expect(findNationalIds('Social Security number: 536904399')).toMatchObject([{ country: 'US' }]);
  });

  test('times, amounts, dates and ids of ours are none', () => {
    const texts = [
      '2026-03-04 09:15:00.000+0000',
      '1,234.50 EUR on 04.03.2026',
      '20260304',
      'chat:12345678:c1',
      'v1.10.2',
    ];
    for (const text of texts) expect(findNationalIds(text), text).toEqual([]);
  });

  test('no text, however long, makes the search slow or throw', () => {
    const texts = [
      '1'.repeat(100_000),
      'A1'.repeat(50_000),
      '12 '.repeat(30_000),
      'SSN '.repeat(25_000),
      '٣'.repeat(10_000),
    ];
    for (const text of texts) expect(Array.isArray(findNationalIds(text))).toBe(true);
  });

  test('go before phone numbers, and a phone number beside one is still found', () => {
    const text = 'My id 536-90-4399, call 0171 2345678 85.07.30-033.28';
    const spans = findBuiltIn(text, ['phone', 'national']);
    const found = (rule: string) =>
      spans.filter((span) => span.rule === rule).map(({ start, end }) => text.slice(start, end));
    expect(found('national')).toEqual(expect.arrayContaining(['536-90-4399', '85.07.30-033.28']));
    expect(found('phone')).toEqual(['0171 2345678']);
  });
});
