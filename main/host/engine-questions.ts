import type { HostAnswers, HostQuestion } from '../../preload/engine-protocol.ts';
import type { Reply } from '../../preload/envelope.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { AccountSecrets } from './account-secrets.ts';
import type { DemoEngine } from './demo-engine.ts';

export interface QuestionContext {
  secrets: AccountSecrets;
  demo: DemoEngine;
  /** Makes a call on an engine's behalf; internal calls are open to it. */
  call: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
}

/** Answers what an archive's engine asks of its host. */
export async function answerQuestion(
  question: HostQuestion,
  context: QuestionContext,
): Promise<HostAnswers[HostQuestion['what']]> {
  switch (question.what) {
    case 'credentials':
      // The simulated account's secrets are public and are never put into the vault.
      return question.demo === true ? (await context.demo.address()).oauth2 : context.secrets.get(question.accountId);
    case 'keep-credentials':
      await context.secrets.set(question.accountId, question.credentials);
      return null;
    case 'forget-credentials':
      await context.secrets.forget(question.accountId);
      return null;
    case 'demo-origin':
      return (await context.demo.address()).origin;
    case 'call':
      return valueOf(await context.call(question.name, question.input));
    default:
      return question satisfies never;
  }
}

function valueOf(reply: Reply<unknown>): unknown {
  if (reply.ok) return reply.value;
  throw ArchiveError.fromValue(reply.error);
}
