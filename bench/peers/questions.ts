/** Questions that every peer can be asked in its own language. */
export interface Question {
  name: string;
  kind: 'all' | 'any' | 'phrase' | 'prefix' | 'but-not';
  words: readonly string[];
}

export const questions: readonly Question[] = [
  { name: 'common word', kind: 'all', words: ['refund'] },
  { name: 'commonest word', kind: 'all', words: ['the'] },
  { name: 'mid word', kind: 'all', words: ['guarantee'] },
  { name: 'rare word', kind: 'all', words: ['gibale'] },
  { name: 'AND of two', kind: 'all', words: ['refund', 'guarantee'] },
  { name: 'AND of three common', kind: 'all', words: ['the', 'you', 'refund'] },
  { name: 'OR of five', kind: 'any', words: ['refund', 'guarantee', 'delivery', 'parcel', 'broken'] },
  { name: 'NOT', kind: 'but-not', words: ['refund', 'order'] },
  { name: 'phrase', kind: 'phrase', words: ['money', 'back'] },
  { name: 'phrase of common words', kind: 'phrase', words: ['to', 'the'] },
  { name: 'prefix of three', kind: 'prefix', words: ['ref'] },
];

/** In our own query language. */
export function ourQuery({ kind, words }: Question): string {
  if (kind === 'any') return words.join(' OR ');
  if (kind === 'phrase') return `"${words.join(' ')}"`;
  if (kind === 'prefix') return `${words.join(' ')}*`;
  if (kind === 'but-not') return words.join(' -');
  return words.join(' ');
}
