import { ArchiveError } from '../../preload/errors.ts';
import type { JobRunner } from './jobs.ts';
import { startPackageCheck } from './package-check.ts';
import type { EngineService, Handlers } from './service.ts';

/**
 * What must work where there is no archive, or none that opens: an auditor checks a package on a computer that never
 * had one.
 */
export function openToolService({ jobs }: { jobs: JobRunner }): EngineService {
  const handlers = {
    'verify.start'({ path }) {
      if (path === undefined) throw new ArchiveError('internal', 'The archive is checked by a reader, not by a tool.');
      return { jobId: startPackageCheck(jobs, path) };
    },
  } satisfies Pick<Handlers<'work'>, 'verify.start'>;
  return { handlers, close: () => undefined };
}
