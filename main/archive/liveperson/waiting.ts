import type { Message } from '../../../preload/model.ts';

/**
 * How long a customer waited for a person: from asking until an agent, no bot, first said something to them.
 * Null when none ever did, or no time tells when.
 */
export function waitingOf(messages: readonly Message[], askedAt: number): number | null {
  let first = Infinity;
  for (const { role, private: hidden, time } of messages) {
    if (role === 'agent' && !hidden && time !== null && time < first) first = time;
  }
  return first === Infinity ? null : Math.max(0, first - askedAt);
}
