import { en } from '../../text/en.ts';
import { t, type TextKey } from '../../text/text.ts';

/** Kinds that a filter offers; the log may hold others, which are shown by their own names. */
export const knownKinds = [
  'conversation-opened',
  'search',
  'archive-opened',
  'sync',
  'settings-changed',
  'account-added',
  'account-removed',
  'hold-created',
  'hold-released',
  'hold-extended',
  'hold-reduced',
  'tagged',
  'untagged',
  'starred',
  'unstarred',
  'reviewed',
  'review-withdrawn',
  'review-undone',
  'note-added',
  'note-edited',
  'note-removed',
  'case-created',
  'case-changed',
  'case-closed',
  'case-reopened',
  'case-added',
  'case-taken-out',
  'review-reported',
  'queue-created',
  'search-saved',
  'erasure-kept',
  'erasure-asked',
  'erasure-held',
  'erasure-purged',
  'remains-removed',
  'retention-set',
  'retention-removed',
  'disposition-planned',
  'disposition-confirmed',
  'disposition',
  'disposition-finished',
  'erasure-policy-changed',
  'export',
  'export-finished',
  'verified',
  'certificate',
  'window-verdict',
  'version',
  'import',
  'backup',
  'key-created',
  'key-rotated',
  'key-backed-up',
  'key-restored',
  'time-stamp-asked',
  'time-stamp',
] as const;

type KindKey = Extract<TextKey, `custody.kind.${string}`>;

/** A kind in words. A later version of the app may have written kinds that this one has no words for. */
export function kindWords(kind: string): string {
  const key = `custody.kind.${kind}`;
  return Object.hasOwn(en, key) ? t(key as KindKey) : kind.replaceAll('-', ' ');
}
