import { english } from './english.ts';
import type { LanguagePack } from './language-pack.ts';

/** Languages with how often customers use them. */
export const languages: readonly (readonly [LanguagePack, number])[] = [[english, 62]];
