import type { Database } from 'better-sqlite3';
import { indexDocumentOf } from '../store/index-source.ts';
import { prepared } from '../store/statements.ts';
import { clockHolds } from './clock.ts';
import { columnOfRole, type IndexColumn, type IndexDocument } from './document.ts';
import { fieldsToAsk, filterToken } from './filter-token.ts';
import { messageSeparator, tokensOf } from './fold.ts';
import { inRange } from './number-token.ts';
import { indexTokens, nearStarts, termStarts, type TokenIndex } from './occurrences.ts';
import type { Plan } from './plan.ts';
import { archiveStamp } from './stamp.ts';
import type { FilterNode, QueryNode, TermNode, NearNode } from './query-tree.ts';

export interface Facts {
  start_ms: number;
  csat: number | null;
  nps: number | null;
  mcs: number | null;
  messages: number;
  duration: number | null;
  waiting: number | null;
}

/** A conversation as the index knows it, taken apart again. */
export interface Candidate {
  facts: Facts;
  /** Per column, one entry a message (or fact). */
  texts: Map<IndexColumn, TokenIndex[]>;
  filters: ReadonlySet<string>;
}

const textColumns: readonly IndexColumn[] = ['customer', 'agent', 'bot', 'system', 'other', 'details'];

/** Decides on stored text what the index alone cannot: distances within a message, fractions, starts near a date. */
export function makeVerifier(db: Database, plan: Plan): (rid: number) => boolean {
  const known = candidatesOf(db);
  const matches = makeMatcher(plan);
  return (rid) => {
    if (plan.root === null) return true;
    const candidate = rememberedCandidate(db, known, rid);
    return candidate !== null && matches(candidate);
  };
}

/** The whole query, decided on one conversation's text and facts without the index. */
export function makeMatcher({ root, spans, timeZone }: Plan): (candidate: Candidate) => boolean {
  return (candidate) => root === null || holds(root, candidate);

  // Recursion is as deep as the parser lets a query be nested.
  function holds(node: QueryNode, candidate: Candidate): boolean {
    switch (node.kind) {
      case 'and':
        return node.children.every((child) => holds(child, candidate));
      case 'or':
        return node.children.some((child) => holds(child, candidate));
      case 'not':
        return !holds(node.child, candidate);
      case 'term':
        return textsOf(node, candidate).some((text) => termStarts(text, node).length > 0);
      case 'near':
        return textsOf(node, candidate).some((text) => nearStarts(text, node).every((starts) => starts.length > 0));
      case 'filter':
        return filterHolds(node, candidate.filters);
      case 'number': {
        const value = candidate.facts[node.field as keyof Facts];
        return node.ranges.some((range) => inRange(value, range));
      }
      case 'date': {
        const span = spans.get(node);
        const start = candidate.facts.start_ms;
        return span !== undefined && span.from <= start && start < span.to;
      }
      case 'clock':
        return clockHolds(node, candidate.facts.start_ms, timeZone);
    }
  }
}

/** A page, its total and its facets look at the same conversations. */
const mostCandidates = 1000;
const candidates = new WeakMap<Database, { stamp: string; known: Map<number, Candidate | null> }>();

function candidatesOf(db: Database): Map<number, Candidate | null> {
  const stamp = archiveStamp(db);
  let cache = candidates.get(db);
  if (cache?.stamp !== stamp) {
    cache = { stamp, known: new Map() };
    candidates.set(db, cache);
  }
  return cache.known;
}

function rememberedCandidate(db: Database, known: Map<number, Candidate | null>, rid: number): Candidate | null {
  let candidate = known.get(rid);
  if (candidate === undefined) {
    candidate = readCandidate(db, rid);
    if (known.size >= mostCandidates) known.delete(known.keys().next().value ?? rid);
    known.set(rid, candidate);
  }
  return candidate;
}

/** What the stored conversation says, without the index; null when there is none. */
export function readCandidate(db: Database, rid: number): Candidate | null {
  const facts = prepared<[number], Facts>(
    db,
    `SELECT start_ms, csat, nps, mcs, message_count AS messages, duration_ms AS duration,
       waiting_ms AS waiting
     FROM conversation WHERE rid = ?`,
  ).get(rid);
  if (facts === undefined) return null;
  return candidateOf(facts, indexDocumentOf(db, rid));
}

/** Takes apart what the index holds about a conversation. */
export function candidateOf(facts: Facts, document: IndexDocument): Candidate {
  const texts = textColumns.map((column): [IndexColumn, TokenIndex[]] => [
    column,
    document[column].split(messageSeparator).map((text) => indexTokens(tokensOf(text))),
  ]);
  return { facts, texts: new Map(texts), filters: new Set(document.filter.split(' ')) };
}

function textsOf({ scope }: TermNode | NearNode, { texts }: Candidate): TokenIndex[] {
  const columns = scope === null ? textColumns : scope.map((role) => columnOfRole[role]);
  return columns.flatMap((column) => texts.get(column) ?? []);
}

const wholeId = /^(chat|messaging):([^:]+):(.*)$/su;

function filterHolds({ field, values }: FilterNode, filters: ReadonlySet<string>): boolean {
  const has = (name: string, value: string, prefix: boolean) => {
    const token = filterToken(name, value);
    return prefix ? [...filters].some((each) => each.startsWith(token)) : filters.has(token);
  };
  return values.some(({ text, prefix }) => {
    const [, source = '', account = '', remoteId = ''] = (field === 'id' ? wholeId.exec(text.trim()) : null) ?? [];
    if (source !== '') {
      return has('source', source, false) && has('account', account, false) && has('id', remoteId, prefix);
    }
    if (fieldsToAsk(field).some((each) => has(each, text, prefix))) return true;
    const digits = field === 'phone' ? text.replace(/\D+/gu, '') : '';
    return digits !== '' && has('phone', digits, prefix);
  });
}
