import type { Redaction } from '../../../preload/model.ts';
import {
  longestExpression,
  redactionProfileRules,
  redactionReason,
  type RedactionProfileName,
  type RedactionRule,
} from '../../../preload/redaction-profiles.ts';

export interface ExpressionDraft {
  /** For the list on screen only. */
  key: number;
  name: string;
  pattern: string;
}

/** What the form holds; not yet what an export can be asked for. */
export interface RedactionDraft {
  profile: 'none' | 'own' | RedactionProfileName;
  /** Of a choice of one's own. */
  rules: RedactionRule[];
  expressions: ExpressionDraft[];
}

export const noRedaction: RedactionDraft = { profile: 'none', rules: ['email', 'phone'], expressions: [] };

export const profileNames = Object.keys(redactionProfileRules) as RedactionProfileName[];

export const isReason = (text: string) => redactionReason.test(text.trim());

/** The engine compiles with the same flags. */
export function isExpression(text: string): boolean {
  if (text === '' || text.length > longestExpression) return false;
  try {
    return new RegExp(text, 'giu') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Null where nothing is hidden; `invalid` where something is missing or wrong. */
export function redactionOf({ profile, rules, expressions }: RedactionDraft): Redaction | 'invalid' | null {
  if (profile === 'none') return null;
  const chosen = profile === 'own' ? rules : redactionProfileRules[profile];
  if (chosen.length === 0 && expressions.length === 0) return 'invalid';
  if (expressions.some(({ name, pattern }) => !isReason(name) || !isExpression(pattern))) return 'invalid';
  return {
    profile: profile === 'own' ? 'custom' : profile,
    rules: [...chosen],
    expressions: expressions.map(({ name, pattern }) => ({ name: name.trim(), pattern })),
    spans: [],
  };
}
