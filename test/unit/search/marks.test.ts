import { describe, expect, test } from 'vitest';
import type { Message, Role, Transcript } from '../../../preload/model.ts';
import { marksIn, marksInFacts } from '../../../main/archive/search/marks.ts';

function messages(...lines: readonly string[]): Message[] {
  return lines.map((line, index) => {
    const [role = '', text = ''] = line.split(': ');
    return {
      index,
      id: String(index),
      time: null,
      role: role as Role,
      speaker: role,
      text,
      kind: 'text',
      private: false,
    };
  });
}

const transcript = messages(
  'customer: I want a refund, a REFUND, for my refunds',
  'agent: The money back guarantee covers any refund',
  'bot: Straße 退款申请 Mu\u0308nchen',
  'system: refund',
);

/** The marked pieces of text, by message. */
function marked(query: string): string[] {
  return marksIn(transcript, query).map(
    ({ message, start, end }) => `${message}:${transcript[message]?.text.slice(start, end)}`,
  );
}

describe('marks in a transcript', () => {
  test.each([
    ['refund', ['0:refund', '0:REFUND', '1:refund', '3:refund']],
    ['refund*', ['0:refund', '0:REFUND', '0:refunds', '1:refund', '3:refund']],
    ['"money back"', ['1:money back']],
    ['said:agent refund', ['1:refund']],
    ['said:agent,system(refund OR money)', ['1:money', '1:refund', '3:refund']],
    ['want -refund', ['0:want']],
    ['-(want refund)', []],
    ['strasse', ['2:Straße']],
    ['munchen', ['2:Mu\u0308nchen']],
    ['退款', ['2:退款']],
    ['款', ['2:款']],
    ['money NEAR/4 refund', ['1:money', '1:refund']],
    ['money NEAR/3 refund', []],
    ['want NEAR/1 refund', ['0:want', '0:refund']],
    ['"money back" OR back', ['1:money back']],
    ['agent:tom csat:4', []],
    ['', []],
    [
      'refund OR "guarantee covers" OR ref*',
      ['0:refund', '0:REFUND', '0:refunds', '1:guarantee covers', '1:refund', '3:refund'],
    ],
  ])('%s', (query, pieces) => {
    expect(marked(query)).toEqual(pieces);
  });
});

describe('marks in the facts beside a transcript', () => {
  const facts = {
    customer: { id: null, name: 'Zoë Refund', email: 'zoe@example.com', phone: null },
    summary: 'Asked for a refund.',
    surveys: [{ survey: 'post-chat', question: 'Why?', answer: 'refund', time: null }],
    attributes: [{ type: 'customerInfo', name: 'plan', value: 'refund', authenticated: null, time: null }],
    details: [{ name: 'Country', value: 'Germany' }],
  } as unknown as Transcript;
  const found = (query: string) =>
    marksInFacts(facts, query).map(({ text, start, end }) => `${text}: ${text.slice(start, end)}`);

  test.each([
    ['refund', ['Zoë Refund: Refund', 'Asked for a refund.: refund', 'refund: refund']],
    ['zoe', ['Zoë Refund: Zoë', 'zoe@example.com: zoe']],
    ['germany NOT refund', ['Germany: Germany']],
    // Nobody said the facts.
    ['said:customer refund', []],
    ['source:chat', []],
  ])('%s marks %j', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });
});
