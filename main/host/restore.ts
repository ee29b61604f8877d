import { ArchiveError } from '../../preload/errors.ts';
import { EngineConnection } from './engine-connection.ts';
import type { HostCallContext } from './host-calls.ts';

/**
 * Lets go of the archive, has a backup put in its place by a process of its own, and lets every page read anew.
 * @throws ArchiveError conflict while jobs run; archive-locked, archive-corrupt and others from the restore, which then
 * changed nothing
 */
export async function restoreBackup(file: string, context: HostCallContext): Promise<{ replaced: string | null }> {
  const { engines, jobs, events, options } = context;
  if (jobs.list().some((job) => job.state === 'running')) {
    throw new ArchiveError('conflict', 'The archive is being worked on.', {
      hint: 'Wait until that has ended, or cancel it, then restore.',
      retryable: true,
    });
  }
  await engines.release();
  const connection = new EngineConnection(options.forkEngine('restore'), {
    onEvent: () => undefined,
    onExit: () => undefined,
    onLogLine: (line) => options.log('warn', 'restore-said', { line: line.slice(0, 2000) }),
    answer: () => Promise.reject(new ArchiveError('unauthorised-caller', 'A restore asks for nothing.')),
  });
  try {
    const { replaced } = await connection.start({
      kind: 'start',
      role: 'restore',
      archiveFolder: options.archiveFolder,
      file,
    });
    // A reader that started meanwhile reads the archive that was replaced.
    await engines.release();
    events.emit({ type: 'accounts-changed' });
    events.emit({ type: 'archive-changed' });
    return { replaced: replaced ?? null };
  } finally {
    await connection.stop();
  }
}
