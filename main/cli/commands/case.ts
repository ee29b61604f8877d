import type { Command } from 'commander';
import type { Case } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { applyChange, scopeOf, withScope, type ScopeOptions } from '../apply-change.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';
import { readCount } from './account.ts';

interface Facts {
  custodian?: string;
  matter?: string;
  description?: string;
}

interface ReasonOption {
  reason: string;
}

export function addCaseCommands(program: Command, run: Run): void {
  const group = program.command('case').description('cases gather conversations; search finds them by case:NAME');

  withFacts(group.command('create <name>').description('open a case')).action(
    run(async ({ session, output }, name: string, facts: Facts) => {
      const created = await session.call('cases.create', { name, ...given(facts) });
      output.result(withIsoTimes(created), () => caseLine(created));
    }),
  );

  withFacts(group.command('edit <name>').description('rename a case or change what is known of it'))
    .option('--name <name>', 'the new name')
    .action(
      run(async ({ session, output }, name: string, { name: newName, ...facts }: Facts & { name?: string }) => {
        const more = newName === undefined ? {} : { newName };
        const edited = await session.call('cases.update', { name, ...given(facts), ...more });
        output.result(withIsoTimes(edited), () => caseLine(edited));
      }),
    );

  for (const [verb, kind, what] of [
    ['add', 'case-add', 'put conversations into a case'],
    ['remove', 'case-remove', 'take conversations out of a case; holds keep what they hold'],
  ] as const) {
    withScope(group.command(`${verb} <name> [ids...]`).description(what))
      .option('--reason <text>', 'why, for the case and the custody log', '')
      .action(
        run(async (context, name: string, ids: string[], options: ScopeOptions & ReasonOption) => {
          await applyChange(context, { kind, case: name, reason: options.reason }, scopeOf(ids, options));
        }),
      );
  }

  group
    .command('list')
    .description('all cases, open ones first')
    .action(
      run(async ({ session, output }) => {
        const cases = await session.call('cases.list', {});
        output.result(withIsoTimes(cases), () =>
          cases.length === 0 ? 'There are no cases.' : cases.map(caseLine).join('\n'),
        );
      }),
    );

  group
    .command('show <name>')
    .description('the conversations of a case, with who put them there, when and why')
    .option('--limit <n>', 'how many', '1000')
    .option('--offset <n>', 'how many to skip', '0')
    .action(
      run(async ({ session, output }, name: string, options: { limit: string; offset: string }) => {
        const { members, total } = await session.call('cases.members', {
          name,
          limit: readCount('--limit', options.limit),
          offset: readCount('--offset', options.offset),
        });
        output.result({ members: withIsoTimes(members), total }, () =>
          [
            ...members.map(({ id, addedAt, addedBy, reason }) =>
              printableLine(`${id} since ${isoTime(addedAt)} by ${addedBy}${reason === '' ? '' : `: ${reason}`}`),
            ),
            `${total} conversations`,
          ].join('\n'),
        );
      }),
    );

  for (const [verb, call, what] of [
    ['close', 'cases.close', 'close a case: it takes no conversations until it is opened again'],
    ['reopen', 'cases.reopen', 'open a closed case again'],
  ] as const) {
    group
      .command(`${verb} <name>`)
      .description(what)
      .requiredOption('--reason <text>', 'why, for the custody log')
      .action(
        run(async ({ session, output }, name: string, { reason }: ReasonOption) => {
          const changed = await session.call(call, { name, reason });
          output.result(withIsoTimes(changed), () => caseLine(changed));
        }),
      );
  }
}

function withFacts(command: Command): Command {
  return command
    .option('--custodian <name>', 'who answers for the conversations')
    .option('--matter <number>', "the matter's number elsewhere; case: finds it, too")
    .option('--description <text>', 'what it is about');
}

function given({ custodian, matter, description }: Facts) {
  return {
    ...(custodian === undefined ? {} : { custodian }),
    ...(matter === undefined ? {} : { matter }),
    ...(description === undefined ? {} : { description }),
  };
}

function caseLine(of: Case): string {
  const facts = [of.matter, of.custodian].filter((text) => text !== '').join(', ');
  const state = of.closed === null ? 'open' : `closed ${isoTime(of.closed.at)} by ${of.closed.by}: ${of.closed.reason}`;
  return printableLine(`${of.name}${facts === '' ? '' : ` (${facts})`}: ${of.total} conversations, ${state}`);
}
