import { Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addSyncCommands } from '../../../main/cli/commands/sync.ts';
import type { Run } from '../../../main/cli/run.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/syncing-without-the-app.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'archive-recipes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The text of one recipe of the document. */
function recipe(name: string): string {
  const text = new RegExp(`<!-- recipe: ${name} -->\\s*\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``, 'u').exec(document)?.[1];
  if (text === undefined) throw new Error(`The document has no recipe ${name}.`);
  return text;
}

/** Runs a command line in a shell where `transcript-archive` is a program that writes down what it was given. */
function argumentsOf(commandLine: string): string[] {
  const program = join(folder, 'transcript-archive');
  const seen = join(folder, 'arguments');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${seen}'\n`);
  chmodSync(program, 0o755);
  execFileSync('/bin/sh', ['-c', commandLine], { env: { PATH: `${folder}:/usr/bin:/bin` } });
  return readFileSync(seen, 'utf8').trimEnd().split('\n');
}

/** Whether the real definition of the command line takes the arguments. Throws what it would say. */
function accepted(words: readonly string[]): boolean {
  let ran = false;
  const run = (() => () => {
    ran = true;
  }) as unknown as Run;
  const program = new Command()
    .option('--archive <dir>')
    .option('--json')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  addSyncCommands(program, run);
  for (const command of program.commands) command.option('--archive <dir>').option('--json').exitOverride();
  program.parse(words, { from: 'user' });
  return ran;
}

describe('the recipes of the documentation', () => {
  it.skipIf(process.platform === 'win32')('cron: five fields and a command that the program takes', () => {
    const line =
      recipe('cron')
        .split('\n')
        .find((text) => text !== '' && !text.startsWith('#')) ?? '';
    const fields = /^((?:[\d*/,-]+\s+){5})(.+)$/u.exec(line);
    expect(fields?.[1]?.trim().split(/\s+/u)).toHaveLength(5);
    const command = (fields?.[2] ?? '').replace('/var/log/transcript-archive.ndjson', join(folder, 'log'));
    expect(accepted(argumentsOf(command))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')(
    'systemd: a service that the program takes, and a timer that starts it',
    () => {
      const service = recipe('systemd-service');
      const command = /^ExecStart=(.+)$/mu.exec(service)?.[1] ?? '';
      expect(accepted(argumentsOf(command))).toBe(true);
      expect(service).toMatch(/^Type=oneshot$/mu);
      expect(service).toMatch(/^SuccessExitStatus=4$/mu);
      expect(recipe('systemd-timer')).toMatch(/^OnCalendar=\*:0\/30$/mu);
    },
  );

  it('Task Scheduler: a command that the program takes', () => {
    const command = /\/TR "([^"]+)"/u.exec(recipe('task-scheduler'))?.[1] ?? '';
    expect(accepted(command.split(' ').slice(1))).toBe(true);
  });

  it('a recipe with an option that does not exist would be noticed', () => {
    expect(() => accepted(['sync', '--every', '5'])).toThrow(/unknown option/u);
  });
});
