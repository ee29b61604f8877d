import type { Command } from 'commander';
import type { Input } from '../../preload/contract.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { ReviewAction } from '../../preload/model.ts';
import { printableLine } from './printable.ts';
import type { CommandContext } from './run.ts';
import type { Session } from './session.ts';
import { withIsoTimes } from './times.ts';

/** Which conversations something is to be done to. */
export interface ScopeOptions {
  query?: string;
  timeZone: string;
}

type Scope = Input<'review.apply'>['scope'];

/** Adds the options that say which conversations are meant, beside their ids. */
export function withScope(command: Command): Command {
  return command
    .option('--query <query>', 'all that it finds, instead of ids')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC');
}

/** @throws ArchiveError invalid-input unless there are either ids or a query */
export function scopeOf(ids: readonly string[], { query, timeZone }: ScopeOptions): Scope {
  if (query !== undefined && ids.length === 0) return { kind: 'query', query, timeZone };
  if (query === undefined && ids.length > 0) return { kind: 'ids', ids: [...ids] };
  throw new ArchiveError('invalid-input', 'Say which conversations: either ids or --query.', {
    hint: 'Write chat:12345678:123, or --query "refund from:2026-03".',
  });
}

/** Does something to conversations, waits for the end of it, and prints what it did. */
export async function applyChange(
  { session, output }: CommandContext,
  change: Input<'review.apply'>['change'],
  scope: Scope,
): Promise<void> {
  const action = await finished(session, () => session.call('review.apply', { change, scope }));
  output.result(withIsoTimes(action), () => actionLine(action));
}

/** The action as it ended, whether it was done at once or as a job. */
export async function finished(
  session: Session,
  call: () => Promise<{ action: ReviewAction; jobId: string | null }>,
): Promise<ReviewAction> {
  const { reply, job } = await session.callOrJob('review', call);
  return job?.result ?? reply.action;
}

/** An action in one line. */
export function actionLine({ action, kind, name, matched, changed, state, by }: ReviewAction): string {
  const what = name === '' ? kind : `${kind} ${name}`;
  return printableLine(`${action}: ${what}, ${changed} of ${matched} conversations changed, ${state}, by ${by}`);
}
