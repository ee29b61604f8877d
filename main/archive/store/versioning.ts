import type { Source, VersionReason } from '../../../preload/model.ts';

/** How a record came: messaging's search answers are poorer than its answers by id; files may be old. */
export type Via = 'search' | 'by-id' | 'import';

/** What a decision about two versions needs to know of one. */
export interface VersionFacts {
  via: Via;
  messageCount: number;
  open: boolean;
  flags: readonly string[];
}

export interface Verdict {
  reason: VersionReason;
  /** The version is what is shown from now on. Otherwise it is only kept beside the current one. */
  becomesCurrent: boolean;
  /** What came is known to be poorer than what the source has: ask for the whole record. */
  needsById: boolean;
}

/**
 * What to make of a record that differs from the current version. Each such record becomes a version, whatever
 * comes out of here; the question is whether it is shown, and why it differs (docs/decisions/0010).
 */
export function judgeVersion(source: Source, current: VersionFacts, incoming: VersionFacts): Verdict {
  const poorerAnswer = source === 'messaging' && incoming.via === 'search' && current.via === 'by-id';
  const partialAnswer = incoming.via !== 'import' && lost(incoming, current, 'partial');
  return {
    reason: reasonOf(source, current, incoming),
    becomesCurrent: becomesCurrent(current, incoming, poorerAnswer),
    needsById: poorerAnswer || partialAnswer,
  };
}

/** `flag` is set on the first and not on the second. */
function lost(first: VersionFacts, second: VersionFacts, flag: string): boolean {
  return first.flags.includes(flag) && !second.flags.includes(flag);
}

function becomesCurrent(current: VersionFacts, incoming: VersionFacts, poorerAnswer: boolean): boolean {
  // An erasure at the source has to be seen at once, and nothing that is older may hide it again.
  if (lost(incoming, current, 'erased')) return true;
  if (incoming.via === 'import' && lost(current, incoming, 'erased')) return false;
  if (incoming.messageCount > current.messageCount) return true;
  if (lost(incoming, current, 'partial')) return false;
  if (poorerAnswer) return incoming.open !== current.open;
  if (incoming.via === 'import' && current.via !== 'import') {
    const completes = lost(current, incoming, 'partial') || (current.open && !incoming.open);
    return completes && incoming.messageCount >= current.messageCount;
  }
  return true;
}

function reasonOf(source: Source, current: VersionFacts, incoming: VersionFacts): VersionReason {
  if (lost(incoming, current, 'erased')) return 'erased-at-source';
  if (incoming.messageCount < current.messageCount) return 'shrunk';
  if (lost(current, incoming, 'partial')) return 'partial-completed';
  if (lost(current, incoming, 'not-enriched')) return 'enriched';
  const wholeRecord = source === 'messaging' && incoming.via === 'by-id' && current.via === 'search';
  if (wholeRecord && incoming.messageCount === current.messageCount) return 'enriched';
  return 'changed';
}
