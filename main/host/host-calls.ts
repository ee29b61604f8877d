import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CallsOf, Output, ParsedInput } from '../../preload/contract.ts';
import type { Reply } from '../../preload/envelope.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { ArchiveEngines } from './archive-engines.ts';
import type { DemoEngine } from './demo-engine.ts';
import type { EventHub } from './events.ts';
import type { JobBoard } from './job-board.ts';
import type { HostOptions } from './ports.ts';
import { restoreBackup } from './restore.ts';
import type { SettingsFile } from './settings-file.ts';

/** What the host's own calls work with. */
export interface HostCallContext {
  options: HostOptions;
  settings: SettingsFile;
  notices: readonly string[];
  jobs: JobBoard;
  engines: ArchiveEngines;
  events: EventHub;
  demo: DemoEngine;
  /** Makes an internal call of the contract. */
  call: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
}

type HostCalls = {
  [N in CallsOf<'host'>]: (input: ParsedInput<N>, context: HostCallContext) => Output<N> | Promise<Output<N>>;
};

/** How long a cancelled job may go on to its next safe point before its reader is ended by force. */
const jobGraceMs = 5000;

/** The calls that the host answers itself, without an engine. A missing or extra one does not compile. */
export const hostCalls = {
  'app.info': (_input, { options, settings, notices }) => ({
    name: 'Transcript Archive',
    version: options.appVersion,
    host: options.kind,
    platform: process.platform,
    archiveFolder: options.archiveFolder,
    exportFolder: settings.current.exportFolder ?? options.exportFolder ?? documentsFolder(),
    secretProtection: options.secrets.describe(),
    notices: [...notices],
    managed: {
      schedule: options.managed?.schedule !== undefined,
      forbiddenExportFormats: options.managed?.forbiddenExportFormats ?? [],
    },
  }),

  async 'app.openLink'({ url }, { options }) {
    if (new URL(url).protocol !== 'https:') {
      throw new ArchiveError('invalid-input', 'Only https links can be opened.');
    }
    await desktop(options).openLink(url);
    return {};
  },
  'app.chooseFolder': async ({ title, folder }, { options }) => ({
    folder: await desktop(options).chooseFolder(title, folder),
  }),
  async 'app.showInFolder'({ path }, { options }) {
    await desktop(options).showInFolder(path);
    return {};
  },

  // What it is for happens in the host's activity, which hears of every call.
  'conversations.shown': () => ({}),

  'settings.get': (_input, { settings }) => settings.current,
  'settings.set': (patch, { settings }) => settings.change(patch),

  async 'demo.connect'(_input, { demo, call }) {
    const address = await demo.address();
    const reply = await call('accounts.addDemo', { accountId: address.accountId });
    if (!reply.ok) throw ArchiveError.fromValue(reply.error);
    return reply.value as Output<'demo.connect'>;
  },

  'archive.restore': ({ file }, context) => restoreBackup(file, context),

  'jobs.list': (_input, { jobs }) => jobs.list(),
  'jobs.cancel'({ jobId }, { jobs, engines, events }) {
    const found = jobs.find(jobId);
    if (found === undefined) throw new ArchiveError('not-found', 'There is no such job.', { details: { jobId } });
    if (found.job.state !== 'running') return {};
    const engine = found.engine;
    engines.cancelJob(engine, jobId);
    // A reader may sit in one long SQLite statement and hear nothing. It holds no state, so it can be ended, but not
    // while other jobs live in it. The writer is never ended by force: it stops between transactions.
    if (engine === 'write') return {};
    setTimeout(() => {
      const running = jobs.runningOn(engine);
      if (running.length !== 1 || running[0]?.id !== jobId) return;
      engines.kill(engine);
      for (const job of jobs.endAllOn(engine, 'cancelled')) events.emit({ type: 'job', job });
    }, jobGraceMs).unref();
    return {};
  },
} satisfies HostCalls;

function desktop(options: HostOptions) {
  if (options.desktop === undefined) {
    throw new ArchiveError('unsupported-here', 'This is available in the desktop app only.');
  }
  return options.desktop;
}

/** Where people look for what they made. Servers have no such folder: the home folder is always there. */
function documentsFolder(): string {
  const documents = join(homedir(), 'Documents');
  return existsSync(documents) ? documents : homedir();
}
