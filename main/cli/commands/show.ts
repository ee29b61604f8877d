import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Message, Transcript, VersionDiff } from '../../../preload/model.ts';
import { publicTranscript } from '../../../preload/public-json.ts';
import { printable, printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { readAsKnownOn } from '../dates.ts';
import { readCount } from './account.ts';

interface ShowOptions {
  original?: true;
  version?: string;
  asKnownOn?: string;
  diff?: string;
}

export function addShowCommand(program: Command, run: Run): void {
  program
    .command('show <id>')
    .description('one conversation as archived')
    .option('--original', 'the record exactly as the API sent it')
    .option('--version <n>', 'an earlier version')
    .option('--diff <versions>', 'what differs between two versions, as A..B')
    .option('--as-known-on <date>', 'the version that was shown at the end of that day, UTC')
    .action(
      run(async ({ session, output }, id: string, options: ShowOptions) => {
        if (options.diff !== undefined) {
          const diff = await session.call('conversations.diff', { id, ...readVersions(options.diff) });
          output.result(diff, () => diffText(diff));
          return;
        }
        const input = {
          id,
          ...(options.version === undefined ? {} : { version: readCount('--version', options.version) }),
          ...readAsKnownOn(options.asKnownOn),
        };
        if (options.original === true) {
          const { base64 } = await session.call('conversations.original', input);
          process.stdout.write(Buffer.from(base64, 'base64'));
          return;
        }
        const { transcript } = await session.call('conversations.get', input);
        output.result(publicTranscript(transcript), () => transcriptText(transcript));
      }),
    );
}

function transcriptText(transcript: Transcript): string {
  const { customer } = transcript;
  const head = [
    transcript.id,
    `${time(transcript.startedAt)} to ${transcript.endedAt === null ? 'now' : time(transcript.endedAt)} (UTC)`,
    `Customer: ${[customer.name, customer.email, customer.phone].filter((part) => part !== null).join(', ') || 'unknown'}`,
    `Agents: ${transcript.agents.map((agent) => agent.name).join(', ') || 'none'}`,
    `Skills: ${transcript.skills.map((skill) => skill.name).join(', ') || 'none'}`,
    `Version ${transcript.version} of ${transcript.versions.length}${transcript.flags.length === 0 ? '' : ` · ${transcript.flags.join(', ')}`}`,
  ];
  return [...head.map(printableLine), '', ...transcript.messages.map(messageText)].join('\n');
}

function readVersions(text: string): { from: number; to: number } {
  const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/u.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    throw new ArchiveError('invalid-input', `--diff is not two versions: ${text}`, { hint: 'Write 1..2.' });
  }
  return { from: Number(from), to: Number(to) };
}

function diffText({ id, from, to, messages, fields }: VersionDiff): string {
  const lines = [
    ...messages.removed.map((message) => `- ${messageText(message)}`),
    ...messages.added.map((message) => `+ ${messageText(message)}`),
    ...messages.changed.flatMap(({ before, after }) => [`< ${messageText(before)}`, `> ${messageText(after)}`]),
    ...fields.map(({ field, before, after }) =>
      printableLine(`${field}: ${before ?? '(none)'} → ${after ?? '(none)'}`),
    ),
  ];
  const head = printableLine(`${id}: version ${from} to version ${to}`);
  return [head, ...(lines.length === 0 ? ['Nothing that is shown differs.'] : lines)].join('\n');
}

function messageText(message: Message): string {
  const when = message.time === null ? '--:--:--' : time(message.time);
  const mark = message.private ? ' [agents only]' : '';
  return printable(`${when} ${printableLine(message.speaker)} (${message.role})${mark}: ${message.text}`);
}

function time(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
}
