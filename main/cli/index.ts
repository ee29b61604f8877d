import { Command, CommanderError } from 'commander';
import { ArchiveError } from '../../preload/errors.ts';
import { addAccountCommands } from './commands/account.ts';
import { addArchiveCommands } from './commands/archive.ts';
import { addCaseCommands } from './commands/case.ts';
import { addCertificateCommand } from './commands/certificate.ts';
import { addCustodyCommand } from './commands/custody.ts';
import { addDashboardCommand } from './commands/dashboard.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDispositionCommands, addRetentionCommands } from './commands/disposition.ts';
import { addErasureCommands } from './commands/erasure.ts';
import { addEvidenceCommands } from './commands/evidence.ts';
import { addHoldCommands } from './commands/hold.ts';
import { addLogCommand } from './commands/log.ts';
import { addNoteCommands } from './commands/note.ts';
import { addReviewCommands } from './commands/review.ts';
import { addSavedCommands } from './commands/saved.ts';
import { addSearchCommand } from './commands/search.ts';
import { addServeCommand } from './commands/serve.ts';
import { addShowCommand } from './commands/show.ts';
import { addSyncCommands } from './commands/sync.ts';
import { addTagCommands } from './commands/tag.ts';
import { protectQueryWords } from './query-words.ts';
import { appVersion, startHost } from './host-setup.ts';
import { Output } from './output.ts';
import type { CommandBody, Run, RunServer } from './run.ts';
import { Session } from './session.ts';

interface GlobalOptions {
  archive?: string;
  json?: true;
  debug?: true;
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());

const program = new Command('transcript-archive')
  .description('Keeps every LivePerson conversation, finds anything offline, exports evidence that anyone can check.')
  .version(appVersion)
  .option('--archive <dir>', 'the archive folder (or TRANSCRIPT_ARCHIVE_DIR)')
  .option('--json', 'one JSON document on stdout')
  .option('--debug', 'stack traces on stderr')
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ outputError: () => undefined });

/** Global options are accepted before and after the command. */
function globalOptions(): GlobalOptions {
  return program.opts<GlobalOptions>();
}

function createOutput(): Output {
  const { json, debug } = globalOptions();
  return new Output({ json: json === true, debug: debug === true });
}

const run: Run =
  <Arguments extends unknown[]>(body: CommandBody<Arguments>) =>
  async (...args: [...Arguments, ...unknown[]]) => {
    const output = createOutput();
    try {
      const host = await startHost('cli', globalOptions().archive);
      try {
        let told = 0;
        const tell = () => {
          for (const notice of host.notices.slice(told)) output.note(notice);
          told = host.notices.length;
        };
        tell();
        const session = new Session(host, interruption.signal);
        // Commander passes the command itself behind the arguments and options that a command declares.
        const code = await body({ session, output }, ...(args as unknown as Arguments));
        // Engines start when they are needed, and may have something to say then.
        tell();
        process.exitCode = code ?? 0;
      } finally {
        await host.close();
      }
    } catch (error) {
      process.exitCode = output.failure(error);
    }
  };

const runServer: RunServer = (body) => async (options) => {
  const output = createOutput();
  const interrupted = new Promise<void>((resolve) => {
    if (interruption.signal.aborted) resolve();
    interruption.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await body({ output, archive: globalOptions().archive, interrupted }, options);
  } catch (error) {
    process.exitCode = output.failure(error);
  }
};

addAccountCommands(program, run);
addSyncCommands(program, run);
addSearchCommand(program, run);
addDashboardCommand(program, run);
addShowCommand(program, run);
addCertificateCommand(program, run);
addEvidenceCommands(program, run);
addLogCommand(program, run);
addCustodyCommand(program, run);
addHoldCommands(program, run);
addErasureCommands(program, run);
addRetentionCommands(program, run);
addDispositionCommands(program, run);
addTagCommands(program, run);
addNoteCommands(program, run);
addReviewCommands(program, run);
addCaseCommands(program, run);
addSavedCommands(program, run);
addArchiveCommands(program, run);
addServeCommand(program, runServer);
addDemoCommand(program, runServer);

/** Makes `--json`, `--archive` and `--debug` known to every command, so that they may follow it. */
function shareGlobalOptions(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride().configureOutput({ outputError: () => undefined });
    child
      .option('--archive <dir>', 'the archive folder')
      .option('--json', 'one JSON document on stdout')
      .option('--debug', 'stack traces on stderr');
    child.on('option:archive', (dir: string) => program.setOptionValue('archive', dir));
    child.on('option:json', () => program.setOptionValue('json', true));
    child.on('option:debug', () => program.setOptionValue('debug', true));
    shareGlobalOptions(child);
  }
}
shareGlobalOptions(program);

try {
  await program.parseAsync(protectQueryWords(process.argv));
} catch (error) {
  process.exitCode = usageFailure(error);
}

function usageFailure(error: unknown): number {
  if (!(error instanceof CommanderError)) return createOutput().failure(error);
  if (error.exitCode === 0) return 0;
  // `--json` may stand behind the mistake, where the parser did not get to.
  if (process.argv.includes('--json')) program.setOptionValue('json', true);
  const message = error.message.replace(/^error: /u, '');
  return createOutput().failure(
    new ArchiveError(
      'invalid-input',
      message === '(outputHelp)' ? 'No command was given.' : `${message}.`.replace(/\.\.$/u, '.'),
      {
        hint: 'See transcript-archive --help.',
      },
    ),
  );
}
