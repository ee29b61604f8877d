import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { greek } from './greek.ts';
import { hebrew } from './hebrew.ts';
import { hindi } from './hindi.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import type { LanguagePack } from './language-pack.ts';
import { portuguese } from './portuguese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { thai } from './thai.ts';
import { turkish } from './turkish.ts';

/** Languages with how often customers use them, in percent. */
export const languages: readonly (readonly [LanguagePack, number])[] = [
  [english, 58],
  [german, 9],
  [french, 7],
  [spanish, 6],
  [portuguese, 3],
  [japanese, 4],
  [chinese, 3],
  [arabic, 2],
  [russian, 2],
  [turkish, 1],
  [korean, 1],
  [thai, 1],
  [hebrew, 1],
  [hindi, 1],
  [greek, 1],
];
