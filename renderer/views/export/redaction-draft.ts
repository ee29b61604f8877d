import type { Redaction } from '../../../preload/model.ts';
import type { MarkedPassage } from '../../state/marked-passages.ts';
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
  /** Whether what was marked in transcripts is hidden: yes, unless somebody says no. */
  passages: boolean;
}

export const noRedaction: RedactionDraft = {
  profile: 'none',
  rules: ['email', 'phone'],
  expressions: [],
  passages: true,
};

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
export function redactionOf(draft: RedactionDraft, marked: readonly MarkedPassage[]): Redaction | 'invalid' | null {
  const { profile, rules, expressions } = draft;
  const spans = draft.passages ? marked.map((passage) => ({ ...passage, reason: 'marked' })) : [];
  if (profile === 'none') {
    return spans.length === 0 ? null : { profile: 'marked passages', rules: [], expressions: [], spans };
  }
  const chosen = profile === 'own' ? rules : redactionProfileRules[profile];
  if (chosen.length === 0 && expressions.length === 0 && spans.length === 0) return 'invalid';
  if (expressions.some(({ name, pattern }) => !isReason(name) || !isExpression(pattern))) return 'invalid';
  return {
    profile: profile === 'own' ? 'custom' : profile,
    rules: [...chosen],
    expressions: expressions.map(({ name, pattern }) => ({ name: name.trim(), pattern })),
    spans,
  };
}
