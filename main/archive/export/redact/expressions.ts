import { createContext, Script } from 'node:vm';
import { ArchiveError } from '../../../../preload/errors.ts';
import type { Span } from './detect.ts';

export interface CustomExpression {
  name: string;
  pattern: string;
}

/** How long all custom expressions may take over all texts of one conversation. */
const longestMilliseconds = 2000;

const script = new Script(
  `texts.map((text) => expressions.map((pattern) => {
    const found = [];
    for (const match of text.matchAll(pattern)) if (match[0] !== '') found.push([match.index, match.index + match[0].length]);
    return found;
  }))`,
);

/** Checks that each is an expression at all. @throws ArchiveError invalid-input */
export function compileExpressions(list: readonly CustomExpression[]): { name: string; pattern: RegExp }[] {
  return list.map(({ name, pattern }) => {
    try {
      return { name, pattern: new RegExp(pattern, 'giu') };
    } catch (error) {
      throw new ArchiveError('invalid-input', `The redaction expression ${name} is not a regular expression.`, {
        hint: 'Use the syntax of JavaScript with the flags g, i and u.',
        cause: error,
      });
    }
  });
}

/**
 * What custom expressions find in the texts of one conversation. They run where they can be stopped: an expression
 * that takes for ever costs two seconds and an error, not the export.
 * @throws ArchiveError timed-out
 */
export function findCustom(texts: readonly string[], compiled: readonly { name: string; pattern: RegExp }[]): Span[][] {
  if (compiled.length === 0 || texts.length === 0) return texts.map(() => []);
  const context = createContext({ texts, expressions: compiled.map(({ pattern }) => pattern) });
  let found: [number, number][][][];
  try {
    found = script.runInContext(context, { timeout: longestMilliseconds }) as [number, number][][][];
  } catch (error) {
    throw new ArchiveError('timed-out', 'The custom redaction expressions take too long for this conversation.', {
      hint: 'Write expressions without repetitions inside repetitions.',
      cause: error,
    });
  }
  return found.map((perText) =>
    perText.flatMap((spans, index) => {
      const name = compiled[index]?.name ?? 'custom';
      return spans.map(([start, end]) => ({ start, end, rule: `custom:${name}`, reason: name }));
    }),
  );
}
