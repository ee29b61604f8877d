import type { Database } from 'better-sqlite3';
import type { Role } from '../../../preload/model.ts';
import { columnOfRole, indexColumns } from './document.ts';
import { DocumentSet } from './document-set.ts';
import { firstAtLeast, PlaceFinder } from './documents.ts';
import { clockWords, filterAlternatives, numberWords, type FilterWord } from './filter-words.ts';
import { checkTotal, isTrusted, trusting } from './index-trust.ts';
import { viewIndex, type IndexView } from './index-view.ts';
import { addPhrase, nearSet } from './phrase-set.ts';
import type { Plan, Segment } from './plan.ts';
import { wordsBeginningWith } from './prefix-terms.ts';
import type { QueryNode, TermNode } from './query-tree.ts';
import { segmentRids } from './segment-rids.ts';
import { indexStamp } from './stamp.ts';
import { isExactNumber } from './tellable.ts';
import { termSet } from './term-set.ts';

/**
 * Which conversations match, told from the lists of the index read as a whole: a set of bits for each word, and the
 * query's ANDs, ORs and NOTs of them (docs/decisions/0014). FTS5 goes from row to row, which is better for the first page of
 * many hits and worse for all of them.
 * @returns the sets of the plan's segments as one; null where FTS5 has to be asked
 */
export function matchSet(db: Database, plan: Plan): MatchSet | null {
  const known = knownMatchSet(db, plan);
  if (known !== undefined) return known;
  const made = makeMatchSet(db, plan);
  if (made === null) return null;
  const { matches } = memoryOf(db);
  if (matches.size >= mostMatches) matches.delete(matches.keys().next().value ?? '');
  matches.set(JSON.stringify(plan.segments), made);
  return made;
}

export interface MatchSet {
  set: DocumentSet;
  view: IndexView;
}

/** Where the set has been made before. */
export function knownMatchSet(db: Database, { segments }: Plan): MatchSet | undefined {
  return memoryOf(db).matches.get(JSON.stringify(segments));
}

function makeMatchSet(db: Database, plan: Plan): MatchSet | null {
  const view = isTrusted(db) ? trusting(db, () => viewIndex(db)) : null;
  if (view === null) return null;
  const set = new DocumentSet(view.rids.length);
  const evaluation = new Evaluation(db, view, plan);
  for (const segment of plan.segments) {
    const part = trusting(db, () => segmentSet(db, evaluation, plan.root, segment));
    if (part !== null) set.unite(part);
    else if (isTrusted(db)) addRids(set, view, segmentRids(db, plan, segment));
    else return null;
  }
  return { set, view };
}

function segmentSet(
  db: Database,
  evaluation: Evaluation,
  root: QueryNode | null,
  segment: Segment,
): DocumentSet | null {
  const part = evaluation.of(root, segment)?.copy();
  if (part === undefined) return null;
  const { rids } = evaluation.view;
  const from = firstAtLeast(rids, segment.from, 0);
  part.clip(from, firstAtLeast(rids, segment.to + 1, from));
  if (!segment.verify) checkTotal(db, segment, part.count());
  return part;
}

function addRids(set: DocumentSet, { rids: all }: IndexView, rids: Float64Array): void {
  const places = new PlaceFinder(all);
  for (const rid of rids) {
    const at = places.find(rid);
    if (at >= 0) set.add(at);
  }
}

/** Whoever types a query asks for its first words again with every letter. */
const mostWords = 16;
/** Total, facets and histogram of one search ask for the same, one after the other. */
const mostMatches = 4;

interface Memory {
  stamp: string;
  words: Map<string, DocumentSet>;
  matches: Map<string, MatchSet>;
}

const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  const stamp = indexStamp(db);
  let memory = memories.get(db);
  if (memory?.stamp !== stamp) {
    memory = { stamp, words: new Map(), matches: new Map() };
    memories.set(db, memory);
  }
  return memory;
}

/** A phrase whose last word has more endings than this is left to FTS5. */
const mostEndings = 64;

class Evaluation {
  readonly view: IndexView;
  private readonly db: Database;
  private readonly plan: Plan;
  /** Of earlier queries, and of this one: segments ask for the same words, one after the other. */
  private readonly remembered: Map<string, DocumentSet>;
  private readonly own = new Map<string, DocumentSet>();

  constructor(db: Database, view: IndexView, plan: Plan) {
    this.db = db;
    this.view = view;
    this.plan = plan;
    this.remembered = memoryOf(db).words;
  }

  /** Null: it cannot be told this way. The set may be shared. Recursion is as deep as the parser lets a query be nested. */
  of(node: QueryNode | null, segment: Segment): DocumentSet | null {
    switch (node?.kind) {
      case undefined:
        return this.all();
      case 'and':
      case 'or': {
        let result: DocumentSet | null = null;
        for (const child of node.children) {
          const set = this.of(child, segment);
          if (set === null) return null;
          if (result === null) result = set.copy();
          else if (node.kind === 'and') result.intersect(set);
          else result.unite(set);
        }
        return result ?? (node.kind === 'and' ? this.all() : this.none());
      }
      case 'not':
        return this.of(node.child, segment)?.complement() ?? null;
      case 'term':
        return this.term(node);
      case 'near': {
        if (node.terms.some(({ prefix }) => prefix)) return null;
        const phrases = node.terms.map(({ tokens }) => tokens);
        const key = JSON.stringify([phrases, node.distances, node.scope]);
        return this.known(key, () => nearSet(this.db, this.view, phrases, node.distances, columnsOf(node.scope)));
      }
      case 'filter':
        return this.any(
          filterAlternatives(node).map((words) => {
            const [first = this.none(), ...others] = words.map((word) => this.word(word));
            const all = first.copy();
            for (const other of others) all.intersect(other);
            return all;
          }),
        );
      case 'number':
        return isExactNumber(node) ? this.any(numberWords(node, 'over').map((word) => this.word(word))) : null;
      case 'date': {
        const { at } = segment;
        const span = this.plan.spans.get(node);
        if (at === null || span === undefined) return null;
        return span.from <= at && at < span.to ? this.all() : this.none();
      }
      case 'clock': {
        const { clockOffset } = segment;
        if (clockOffset === null) return null;
        const { words, negated } = clockWords(node, clockOffset);
        const any = this.any(words.map((word) => this.word(word)));
        return negated ? any.complement() : any;
      }
    }
  }

  private all(): DocumentSet {
    return DocumentSet.all(this.view.rids.length);
  }

  private none(): DocumentSet {
    return new DocumentSet(this.view.rids.length);
  }

  private any(sets: readonly DocumentSet[]): DocumentSet {
    const result = this.none();
    for (const set of sets) result.unite(set);
    return result;
  }

  private word({ token, prefix }: FilterWord): DocumentSet {
    return this.known(`${prefix ? '*' : '='}${token}`, () =>
      termSet(this.db, this.view, { token, prefix, columns: null }),
    );
  }

  private term({ tokens, prefix, scope }: TermNode): DocumentSet | null {
    const columns = columnsOf(scope);
    const [first = '', ...others] = tokens;
    const key = JSON.stringify([tokens, prefix, scope]);
    if (others.length === 0)
      return this.known(key, () => termSet(this.db, this.view, { token: first, prefix, columns }));
    const last = others.at(-1) ?? '';
    const endings = prefix ? wordsBeginningWith(this.db, last, mostEndings) : [last];
    if (endings === null) return null;
    return this.known(key, () => {
      const set = this.none();
      for (const ending of endings) {
        addPhrase(this.db, this.view, [...tokens.slice(0, -1), ending], columns, set);
      }
      return set;
    });
  }

  private known(key: string, read: () => DocumentSet): DocumentSet {
    const known = this.own.get(key) ?? this.remembered.get(key);
    const set = known ?? read();
    this.own.set(key, set);
    if (known === undefined) {
      const { remembered: sets } = this;
      if (sets.size >= mostWords) sets.delete(sets.keys().next().value ?? '');
      sets.set(key, set);
    }
    return set;
  }
}

/** Which columns count for what somebody is to have said; null: any. Words never occur among the filters. */
export function columnsOf(scope: readonly Role[] | null): Uint8Array | null {
  if (scope === null) return null;
  const allowed = scope.map((role) => columnOfRole[role]);
  return Uint8Array.from(indexColumns, (column) => (allowed.includes(column) ? 1 : 0));
}
