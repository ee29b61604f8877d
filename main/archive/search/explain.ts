import { fieldNamed } from './fields.ts';
import { weekdays } from './clock.ts';
import type { ClockNode, FilterNode, NumberNode, NumberRange, Query, QueryNode, TermNode } from './query-tree.ts';
import type { Role } from '../../../preload/model.ts';

/** Beyond this the words stop helping. */
const longest = 2000;

/** A query in plain words, the way the app read it: `said by an agent: “refund”, and CSAT at most 2`. */
export function explainQuery({ root }: Query): string {
  if (root === null) return 'every conversation';
  const text = say(root, false);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

// Recursion is as deep as the parser lets a query be nested.
function say(node: QueryNode, inside: boolean): string {
  switch (node.kind) {
    case 'and':
      return group(list(node.children, ' and '), inside);
    case 'or':
      return group(list(node.children, ' or '), inside);
    case 'not':
      return `not ${say(node.child, true)}`;
    case 'term':
      return scoped(term(node), node.scope);
    case 'near': {
      const words = node.terms.map(term);
      const parts = node.distances.map(
        (distance, index) => `${words[index] ?? ''} within ${distance} words of ${words[index + 1] ?? ''}`,
      );
      return scoped(`${parts.join(' and ')} in one message`, node.scope);
    }
    case 'filter':
      return filter(node);
    case 'number':
      return number(node);
    case 'date':
      return `${fieldNamed(node.field)?.label ?? node.field} ${node.text}`;
    case 'clock':
      return clock(node);
  }
}

/** A query of ten thousand words is not read out in full. */
const mostParts = 100;

function list(children: readonly QueryNode[], operator: string): string {
  const shown = children.slice(0, mostParts).map((child) => say(child, true));
  const more = children.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(operator);
}

function group(text: string, inside: boolean): string {
  return inside ? `(${text})` : text;
}

function term({ text, prefix, quoted, tokens }: TermNode): string {
  if (prefix) return tokens.length === 1 ? `a word that begins with “${text}”` : `a phrase that begins with “${text}”`;
  return quoted && tokens.length > 1 ? `the phrase “${text}”` : `“${text}”`;
}

const speakers: Record<Role, string> = {
  customer: 'the customer',
  agent: 'an agent',
  bot: 'a bot',
  system: 'the system',
  other: 'someone else',
};

function scoped(text: string, scope: readonly Role[] | null): string {
  return scope === null ? text : `${text} said by ${scope.map((role) => speakers[role]).join(' or ')}`;
}

function filter({ field, values }: FilterNode): string {
  const known = fieldNamed(field);
  const label = known?.label ?? field;
  if (known?.choices !== undefined) {
    const words = values.map(({ text }) => known.choices?.[text] ?? text);
    return `${field === 'has' ? 'with' : 'that is'} ${words.join(' or ')}`;
  }
  if (values.some(({ text, prefix }) => prefix && text === '')) return `with any ${label}`;
  const names = values.map(({ text, prefix }) => (prefix ? `beginning with “${text}”` : `“${text}”`));
  return `${label} ${names.join(' or ')}`;
}

function number({ field, ranges }: NumberNode): string {
  const label = fieldNamed(field)?.label ?? field;
  const unit = fieldNamed(field)?.kind === 'duration' ? duration : String;
  return ranges.map((range) => `${label} ${rangeWords(range, unit)}`).join(' or ');
}

function rangeWords({ low, lowOpen, high, highOpen }: NumberRange, unit: (value: number) => string): string {
  if (low === null && high === null) return 'of any value';
  if (low === null) return `${highOpen ? 'below' : 'at most'} ${unit(high ?? 0)}`;
  if (high === null) return `${lowOpen ? 'above' : 'at least'} ${unit(low)}`;
  return low === high ? `exactly ${unit(low)}` : `from ${unit(low)} to ${unit(high)}`;
}

function duration(ms: number): string {
  if (ms !== 0 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms !== 0 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${ms / 1000} s`;
}

function clock({ field, values }: ClockNode): string {
  const label = fieldNamed(field)?.label ?? field;
  const names = values.map((value) => (field === 'weekday' ? (weekdays[value] ?? '') : `${value}:00`));
  return `${label} ${names.join(' or ')}`;
}
