import { validate as belgian } from 'stdnum/lib/cjs/be/nn.js';
import { validate as brazilian } from 'stdnum/lib/cjs/br/cpf.js';
import { validate as canadian } from 'stdnum/lib/cjs/ca/sin.js';
import { validate as swiss } from 'stdnum/lib/cjs/ch/ssn.js';
import { validate as chinese } from 'stdnum/lib/cjs/cn/ric.js';
import { validate as german } from 'stdnum/lib/cjs/de/idnr.js';
import { validate as danish } from 'stdnum/lib/cjs/dk/cpr.js';
import { validate as spanish } from 'stdnum/lib/cjs/es/dni.js';
import { validate as spanishForeigner } from 'stdnum/lib/cjs/es/nie.js';
import { validate as finnish } from 'stdnum/lib/cjs/fi/hetu.js';
import { validate as french } from 'stdnum/lib/cjs/fr/nir.js';
import { validate as british } from 'stdnum/lib/cjs/gb/nino.js';
import { validate as indian } from 'stdnum/lib/cjs/in/aadhaar.js';
import { validate as italian } from 'stdnum/lib/cjs/it/codicefiscale.js';
import { validate as korean } from 'stdnum/lib/cjs/kr/rrn.js';
import { validate as mexican } from 'stdnum/lib/cjs/mx/curp.js';
import { validate as dutch } from 'stdnum/lib/cjs/nl/bsn.js';
import { validate as norwegian } from 'stdnum/lib/cjs/no/fodselsnummer.js';
import { validate as polish } from 'stdnum/lib/cjs/pl/pesel.js';
import { validate as swedish } from 'stdnum/lib/cjs/se/personnummer.js';
import { validate as american } from 'stdnum/lib/cjs/us/ssn.js';
import { validate as southAfrican } from 'stdnum/lib/cjs/za/idnr.js';

/**
 * Numbers by which states know people. An expression finds what is written like one; stdnum, which keeps up with each
 * country's rules, says whether its check digits and dates hold. Numbers without a check digit (American, British,
 * Danish) have to be written in their own groups or be called by their name, or half of all numbers would be one.
 */
interface NationalId {
  country: string;
  written: RegExp;
  validate: (text: string) => { isValid: boolean };
}

/** Between groups, as people type them. */
const gap = '[ \\u00A0.-]?';
const whole = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu');
const groups = (...sizes: number[]) => whole(sizes.map((size) => `\\d{${size}}`).join(gap));

const nationalIds: readonly NationalId[] = [
  { country: 'BE', written: whole(`\\d{2}${gap}\\d{2}${gap}\\d{2}${gap}\\d{3}${gap}\\d{2}`), validate: belgian },
  { country: 'BR', written: groups(3, 3, 3, 2), validate: brazilian },
  { country: 'CA', written: whole('\\d{3}[ -]\\d{3}[ -]\\d{3}'), validate: canadian },
  { country: 'CH', written: groups(3, 4, 4, 2), validate: swiss },
  { country: 'CN', written: whole('\\d{17}[\\dX]'), validate: chinese },
  { country: 'DE', written: groups(2, 3, 3, 3), validate: german },
  { country: 'DK', written: whole('\\d{6}-\\d{4}'), validate: danish },
  { country: 'ES', written: whole(`\\d{8}${gap}[A-Z]`), validate: spanish },
  { country: 'ES', written: whole(`[XYZ]${gap}\\d{7}${gap}[A-Z]`), validate: spanishForeigner },
  { country: 'FI', written: whole('\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]'), validate: finnish },
  {
    country: 'FR',
    written: whole(`[1-478]${gap}\\d{2}${gap}\\d{2}${gap}(?:\\d{2}|2[AB])${gap}\\d{3}${gap}\\d{3}${gap}\\d{2}`),
    validate: french,
  },
  { country: 'GB', written: whole('[A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'), validate: british },
  { country: 'IN', written: groups(4, 4, 4), validate: indian },
  { country: 'IT', written: whole('[A-Z]{6} ?[A-Z0-9]{5} ?[A-Z][A-Z0-9]{3}[A-Z]'), validate: italian },
  { country: 'KR', written: whole('\\d{6}-?\\d{7}'), validate: korean },
  { country: 'MX', written: whole('[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z0-9]\\d'), validate: mexican },
  { country: 'NL', written: whole(`\\d{4}${gap}\\d{2}${gap}\\d{3}|\\d{3}${gap}\\d{3}${gap}\\d{3}`), validate: dutch },
  { country: 'NO', written: groups(6, 5), validate: norwegian },
  { country: 'PL', written: whole('\\d{11}'), validate: polish },
  { country: 'SE', written: whole('\\d{6}[-+]\\d{4}|\\d{8}[-+]?\\d{4}'), validate: swedish },
  { country: 'US', written: whole('\\d{3}[ -]\\d{2}[ -]\\d{4}'), validate: american },
  {
    country: 'US',
    written: whole('\\d{9}(?<=\\b(?:SSN|social security(?: number| no)?)\\b[^\\d\\n]{0,12}\\d{9})'),
    validate: american,
  },
  { country: 'ZA', written: groups(6, 4, 3), validate: southAfrican },
];

/** Where a text holds the number of a person. */
export function findNationalIds(text: string): { start: number; end: number; country: string }[] {
  if (!/\d\d/u.test(text)) return [];
  return nationalIds.flatMap(({ country, written, validate }) =>
    [...text.matchAll(written)]
      .filter(([found]) => validate(found.replace(/\u00A0/gu, ' ')).isValid)
      .map((match) => ({ start: match.index, end: match.index + match[0].length, country })),
  );
}
