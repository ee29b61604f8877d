import { recordAction } from '../archive/evidence/custody.ts';
import { collectPending } from '../archive/evidence/pending.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** Work on the archive as a whole, and the custody entries that readers send. */
export function archiveHandlers(context: WriterContext) {
  const { archive, jobs, clock, log, changes, actor, preparer, erasures } = context;

  const record = (kind: string, subjects: readonly string[], details: Readonly<Record<string, unknown>>) =>
    recordAction(archive, { kind, time: clock.now(), subjects, details }, actor);

  return {
    'archive.import'({ files }) {
      const jobId = jobs.start({
        kind: 'import',
        unit: 'records',
        phase: 'Reading files',
        async run(signal, onProgress) {
          const { importFiles } = await import('./import-files.ts');
          const result = await importFiles(archive, files, {
            preparer,
            clock,
            signal,
            onProgress,
            onChanged: () => changes.changed(),
          });
          const { added, changed, unchanged, records, rejected } = result;
          record('import', [], { added, changed, unchanged, records, rejected: rejected.length, files: files.length });
          await erasures.settle({ signal, onProgress });
          return result;
        },
      });
      return { jobId };
    },

    'archive.optimize'() {
      const jobId = jobs.start({
        kind: 'optimize',
        unit: 'pages',
        phase: 'Merging the index',
        async run(signal, onProgress) {
          const { finishIndex } = await import('../archive/search/reindex.ts');
          const { optimizeArchive } = await import('../archive/store/optimize.ts');
          await finishIndex(archive.db, { signal, onProgress });
          await optimizeArchive(archive.db, { signal, onProgress });
          await erasures.scrub({ signal, onProgress });
        },
      });
      return { jobId };
    },

    'archive.backup'({ file, overwrite }) {
      const jobId = jobs.start({
        kind: 'backup',
        unit: 'pages',
        phase: 'Copying the archive',
        async run(signal, onProgress) {
          const { backupArchive } = await import('../archive/store/backup.ts');
          // The entry goes first, so that the copy itself says that it was made.
          record('backup', [], { file });
          return await backupArchive(archive.db, file, { overwrite, signal, onProgress });
        },
      });
      return { jobId };
    },

    'custody.record'({ kind, subjects, details }) {
      const { position, checkpoint } = record(kind, subjects, details);
      return { position, checkpoint };
    },

    'custody.collect': () => ({ recorded: collectPending(archive, log) }),
  } satisfies Pick<
    Handlers<'write'>,
    'archive.import' | 'archive.optimize' | 'archive.backup' | 'custody.record' | 'custody.collect'
  >;
}
