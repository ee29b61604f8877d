import { clockWants } from './clock.ts';
import { weekTokens } from './clock-token.ts';
import { fieldsToAsk, filterToken } from './filter-token.ts';
import { rangeTokens } from './number-token.ts';
import type { ClockNode, FilterNode, NumberNode } from './query-tree.ts';

/** A token of the index's filters, or with `prefix` all that begin so. */
export interface FilterWord {
  token: string;
  prefix: boolean;
}

const wholeId = /^(chat|messaging):([^:]+):(.*)$/su;

/** What a filter asks for: any of these, each with all of its words. */
export function filterAlternatives({ field, values }: FilterNode): FilterWord[][] {
  return values.flatMap(({ text, prefix }) => {
    const [, source = '', account = '', remoteId = ''] = (field === 'id' ? wholeId.exec(text.trim()) : null) ?? [];
    if (source !== '') {
      return [[word('source', source, false), word('account', account, false), word('id', remoteId, prefix)]];
    }
    const plain = fieldsToAsk(field).map((each) => [word(each, text, prefix)]);
    const digits = field === 'phone' ? text.replace(/\D+/gu, '') : '';
    return digits === '' || digits === text ? plain : [...plain, [word(field, digits, prefix)]];
  });
}

function word(field: string, value: string, prefix: boolean): FilterWord {
  return { token: filterToken(field, value), prefix };
}

/** Any of these: see `rangeTokens`. */
export function numberWords({ field, ranges }: NumberNode, mode: 'over' | 'under'): FilterWord[] {
  return ranges.flatMap((range) => {
    if (range.low === null && range.high === null) return [word(field, '', true)];
    return rangeTokens(field, range, mode).tokens.map((token) => ({ token, prefix: false }));
  });
}

/** Any of these, or none of them: much of the week is told more shortly by what is not in it. */
export function clockWords(node: ClockNode, offset: number): { words: FilterWord[]; negated: boolean } {
  const wants = clockWants(node);
  const inside = weekTokens(wants, offset);
  const outside = weekTokens((quarter) => !wants(quarter), offset);
  const negated = inside.length > outside.length;
  return { words: (negated ? outside : inside).map((token) => ({ token, prefix: false })), negated };
}
