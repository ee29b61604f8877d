import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

/** Long jobs that only read the archive. What they must seal into the custody log goes to the writer, by way of the host. */
export function workHandlers(context: ReaderContext) {
  const { archive, jobs, host, clock, appVersion } = context;
  return {
    'export.start'(request) {
      const jobId = jobs.start({
        kind: 'export',
        unit: 'conversations',
        phase: 'Counting',
        async run(signal, onProgress) {
          const { runExport } = await import('../archive/export/run.ts');
          return await runExport({
            db: archive.db,
            request,
            appVersion,
            clock,
            signal,
            onProgress,
            recordCustody: (entry) => host.ask({ what: 'call', name: 'custody.record', input: entry }),
          });
        },
      });
      return { jobId };
    },

    'verify.start'({ path }) {
      const jobId = jobs.start({
        kind: 'verify',
        unit: path === undefined ? 'records' : 'files',
        phase: 'Checking',
        async run(signal, onProgress) {
          if (path !== undefined) {
            const { verifyPackage } = await import('../archive/export/verify-package.ts');
            return await verifyPackage(path, { signal, onProgress });
          }
          const { verifyArchive } = await import('../archive/evidence/verify.ts');
          return await verifyArchive(archive.db, { signal, onProgress });
        },
      });
      return { jobId };
    },
  } satisfies Handlers<'work'>;
}
