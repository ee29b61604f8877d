import type { JobRunner } from './jobs.ts';

/** Starts the check of an exported package, for which no archive is needed. */
export function startPackageCheck(jobs: JobRunner, path: string): string {
  return jobs.start({
    kind: 'verify',
    unit: 'files',
    phase: 'Checking the package',
    async run(signal, onProgress) {
      const { verifyPackage } = await import('../archive/export/verify-package.ts');
      return verifyPackage(path, { signal, onProgress });
    },
  });
}
