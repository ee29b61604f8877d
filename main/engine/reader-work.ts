import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { contract } from '../../preload/contract.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { VerifyReport } from '../../preload/model.ts';
import { openReader } from '../archive/store/database.ts';
import { toEngineError } from './failure.ts';
import { startPackageCheck } from './package-check.ts';
import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

/** Long jobs that only read the archive. What they must seal into the custody log goes to the writer, by way of the host. */
export function workHandlers(context: ReaderContext) {
  const { archive, jobs, host, clock, appVersion, log } = context;
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

    async 'export.estimate'(input) {
      const { estimateExport } = await import('../archive/export/estimate.ts');
      return await estimateExport(archive.db, input, appVersion, clock.now());
    },

    async 'export.previewRedaction'(input) {
      const { previewRedaction } = await import('../archive/export/redact/preview.ts');
      return await previewRedaction(archive.db, input, clock.now());
    },

    async 'certificates.create'(input, signal) {
      const { certificateDetails, certifySearch } = await import('../archive/evidence/certificate.ts');
      // A connection of its own, because it holds one state of the archive while other calls go on.
      const reader = openReader(archive.folder);
      try {
        reader.db.exec('BEGIN');
        const finding = await certifySearch(reader.db, input, clock.now(), signal);
        const details = certificateDetails(finding);
        const recorded = await host.ask({
          what: 'call',
          name: 'custody.record',
          input: { kind: 'certificate', details },
        });
        const { position, checkpoint } = contract['custody.record'].output.parse(recorded);
        return { ...finding, entry: position, checkpoint: checkpoint.note };
      } finally {
        reader.close();
      }
    },

    async 'certificates.check'({ certificate }) {
      const { checkCertificate } = await import('../archive/evidence/certificate.ts');
      return checkCertificate(archive.db, certificate);
    },

    async 'custody.timeStamps'() {
      const { listTimeStamps } = await import('../archive/evidence/time-stamps.ts');
      return { timeStamps: await listTimeStamps(archive.db) };
    },

    'verify.start'({ path, mode, since, fromStart }) {
      if (path !== undefined) return { jobId: startPackageCheck(jobs, path) };
      const jobId = jobs.start({
        kind: 'verify',
        unit: 'records',
        phase: 'Checking the archive',
        async run(signal, onProgress) {
          const { verifyArchive } = await import('../archive/evidence/verify.ts');
          const report = await verifyArchive(archive.db, {
            signal,
            onProgress,
            mode,
            fromStart,
            now: clock.now(),
            ...(since === undefined ? {} : { since }),
          });
          await noteVerified(report);
          return report;
        },
      });
      return { jobId };
    },

    'verify.saveReport'({ report, file }) {
      const path = resolve(file);
      try {
        writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`, { flag: 'wx' });
      } catch (error) {
        throw new ArchiveError('path-unavailable', `The report cannot be written to ${path}.`, {
          hint: 'Name a file that does not exist yet, in a folder that does.',
          cause: error,
        });
      }
      return { path };
    },
  } satisfies Handlers<'work'>;

  /** The check itself is an entry of the custody log, where this host may write one: reading needs no permission. */
  async function noteVerified({ ok, failures }: VerifyReport): Promise<void> {
    const input = { kind: 'verified', details: { ok, failures: failures.length } };
    try {
      await host.ask({ what: 'call', name: 'custody.record', input });
    } catch (error) {
      log('warn', 'verification-not-recorded', { code: toEngineError(error).code });
    }
  }
}
