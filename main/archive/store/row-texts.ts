import type { DecodedConversation } from '../liveperson/decoded.ts';
import type { RowTexts } from '../prepare/prepared.ts';

/** What the row of a conversation shows in lists: computed from the record alone. */
export function rowTexts({ customer, agents, skills, messages }: DecodedConversation): RowTexts {
  return {
    customer: customer.name ?? customer.email ?? customer.id,
    agents: namesOf(agents),
    skills: namesOf(skills),
    messageCount: messages.length,
  };
}

function namesOf(list: readonly { name: string }[]): string {
  return JSON.stringify([...new Set(list.map(({ name }) => name))]);
}
