import type { Role } from '../../../preload/model.ts';

/** What a query says, as a tree. `position` is where it stands in the text, for messages about it. */
export type QueryNode =
  AndNode | OrNode | NotNode | TermNode | NearNode | FilterNode | NumberNode | DateNode | ClockNode;

interface AndNode {
  kind: 'and';
  children: QueryNode[];
}
interface OrNode {
  kind: 'or';
  children: QueryNode[];
}
interface NotNode {
  kind: 'not';
  child: QueryNode;
}

/** A word, or several in a row: what was quoted, or what one typed word falls into (`BENCH-100821`). */
export interface TermNode {
  kind: 'term';
  /** Folded, never empty. */
  tokens: string[];
  /** The last token may go on. */
  prefix: boolean;
  quoted: boolean;
  /** As typed, without quotes. */
  text: string;
  /** Who must have said it; null: anyone, and facts beside the transcript count too. */
  scope: readonly Role[] | null;
  position: number;
}

/** Terms within one message with at most so many tokens between each and the next, in either order. */
export interface NearNode {
  kind: 'near';
  terms: TermNode[];
  /** One shorter than `terms`. */
  distances: number[];
  scope: readonly Role[] | null;
  position: number;
}

interface FilterValueText {
  text: string;
  prefix: boolean;
}

/** `agent:"Tomas Brandt",Lee*`: any of the values. */
export interface FilterNode {
  kind: 'filter';
  field: string;
  values: FilterValueText[];
  position: number;
}

/** Null: no limit on that side. Durations in milliseconds. */
export interface NumberRange {
  low: number | null;
  lowOpen: boolean;
  high: number | null;
  highOpen: boolean;
}
export interface NumberNode {
  kind: 'number';
  field: string;
  ranges: NumberRange[];
  /** As typed. */
  text: string;
  position: number;
}

/** A day, month or year of the calendar, or a span before now. */
export type DateValue =
  | { kind: 'calendar'; year: number; month: number | null; day: number | null }
  | { kind: 'relative'; amount: number; unit: 'h' | 'd' | 'w' | 'm' | 'y' };

export interface DateNode {
  kind: 'date';
  field: 'from' | 'to' | 'on';
  value: DateValue;
  text: string;
  position: number;
}

/** By the wall clock of the asker's zone: hours 0 to 23, or days of the week from Monday = 0. */
export interface ClockNode {
  kind: 'clock';
  field: 'weekday' | 'hour';
  /** Ascending, each once. */
  values: number[];
  position: number;
}

/** A parsed query. `root` null: everything. */
export interface Query {
  text: string;
  root: QueryNode | null;
}
