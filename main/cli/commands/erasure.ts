import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import {
  erasurePolicySchema,
  erasureStateSchema,
  type Erasure,
  type ErasurePolicies,
  type ErasurePolicy,
  type ErasureState,
} from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import type { Session } from '../session.ts';
import { readAccountId } from './account.ts';

const largestPage = 200;

interface DecideOptions {
  reason: string;
}

export function addErasureCommands(program: Command, run: Run): void {
  const erasure = program
    .command('erasure')
    .description('what becomes of former versions of conversations that LivePerson erased');

  erasure
    .command('policy [account] [policy]')
    .description("show the policies, or set one: keep, purge or ask; `default` takes back an account's own")
    .action(
      run(async ({ session, output }, first: string | undefined, second: string | undefined) => {
        const change = policyChange(first, second);
        const policies =
          change === null
            ? await session.call('erasure.policies', {})
            : await session.call('erasure.setPolicy', change);
        output.result(policies, () => policyText(policies));
      }),
    );

  erasure
    .command('list')
    .description('what waits for a decision, or is kept under a hold')
    .option('--state <states>', 'only these, with commas: due, asked, held, kept, purged')
    .action(
      run(async ({ session, output }, options: { state?: string }) => {
        const { erasures, remainsSince } = await allErasures(session, options.state);
        const value = { erasures: erasures.map(publicErasure), remainsSince: isoTime(remainsSince) };
        output.result(value, () =>
          erasures.length === 0 ? 'Nothing waits for a decision.' : erasures.map(erasureLine).join('\n'),
        );
        if (remainsSince !== null)
          output.note('Remains of destroyed content have not been removed from the files yet.');
      }),
    );

  erasure
    .command('decide <id> <decision>')
    .description('keep or purge the former versions of one conversation')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .action(
      run(async ({ session, output }, id: string, decision: string, { reason }: DecideOptions) => {
        if (decision !== 'keep' && decision !== 'purge') {
          throw new ArchiveError('invalid-input', `Not a decision: ${decision}`, { hint: 'Write keep or purge.' });
        }
        const decided = await session.call('erasure.decide', { id, decision, reason });
        output.result(publicErasure(decided), () => erasureLine(decided));
        const { remainsSince } = await session.call('erasure.list', { limit: 1 });
        if (remainsSince === null) return exitCodes.done;
        output.note(
          'The files still hold remains: another program is reading the archive. The next sync removes them.',
        );
        return exitCodes.incomplete;
      }),
    );
}

/** `POLICY` is the archive's, `ACCOUNT POLICY` an account's; no account is called keep, purge or ask. */
function policyChange(
  first: string | undefined,
  second: string | undefined,
): { accountId?: string; policy: ErasurePolicy | null } | null {
  if (first === undefined) return null;
  if (second === undefined) return { policy: readPolicy(first) };
  return { accountId: readAccountId(first), policy: second === 'default' ? null : readPolicy(second) };
}

function readPolicy(text: string): ErasurePolicy {
  const parsed = erasurePolicySchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ArchiveError('invalid-input', `Not a policy: ${text}`, {
    hint: 'Write keep, purge or ask, after the number of an account where it is for that account alone.',
  });
}

function readStates(text: string): ErasureState[] {
  return text.split(',').map((name) => {
    const parsed = erasureStateSchema.safeParse(name.trim());
    if (parsed.success) return parsed.data;
    throw new ArchiveError('invalid-input', `Not a state: ${name}`, {
      hint: `States are ${erasureStateSchema.options.join(', ')}.`,
    });
  });
}

async function allErasures(session: Session, states: string | undefined) {
  const erasures: Erasure[] = [];
  for (;;) {
    const page = await session.call('erasure.list', {
      limit: largestPage,
      offset: erasures.length,
      ...(states === undefined ? {} : { states: readStates(states) }),
    });
    erasures.push(...page.erasures);
    if (page.erasures.length < largestPage) return { erasures, remainsSince: page.remainsSince };
  }
}

function publicErasure({ settled, noticedAt, ...erasure }: Erasure) {
  return {
    ...erasure,
    noticedAt: isoTime(noticedAt),
    settled: settled === null ? null : { ...settled, at: isoTime(settled.at) },
  };
}

function erasureLine({ id, state, noticedAt, versions, holds, settled }: Erasure): string {
  const former = versions.length === 0 ? 'no former versions left' : `former versions ${versions.join(', ')}`;
  const held = holds.length === 0 ? '' : `, held by ${holds.join(', ')}`;
  const why = settled === null ? '' : ` (${settled.by === null ? '' : `${settled.by}: `}${settled.reason})`;
  return printableLine(`${id}: ${state}${why}, erased at the source, noticed ${isoTime(noticedAt)}, ${former}${held}`);
}

function policyText({ archive, accounts }: ErasurePolicies): string {
  const lines = accounts.map(({ accountId, policy }) => `${accountId}: ${policy}`);
  return [`All accounts${lines.length === 0 ? '' : ' but these'}: ${archive}`, ...lines].map(printableLine).join('\n');
}
