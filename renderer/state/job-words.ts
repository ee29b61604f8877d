import type { ErrorValue } from '../../preload/errors.ts';
import { errorCodes } from '../../preload/errors.ts';
import type { Job } from '../../preload/model.ts';
import { formatNumber } from '../text/format.ts';
import { t } from '../text/text.ts';

/** `412 of 1,284 conversations`, or without a total what is known. */
export function jobProgressWords(job: Job): string {
  const unit = t(`unit.${job.unit}`, { count: job.total ?? job.done });
  if (job.total === null) return `${formatNumber(job.done)} ${unit}`;
  return t('job.of', { done: job.done, total: job.total, unit });
}

/** How a job ended, in a sentence. */
export function jobOutcome(job: Job): string {
  if (job.state === 'cancelled') return t('job.cancelled');
  if (job.state === 'failed') return job.error?.message ?? t('job.failed');
  if (job.kind === 'sync' && job.result !== undefined) {
    const sources = job.result.accounts.flatMap((account) => account.sources);
    const added = sources.reduce((sum, source) => sum + source.added, 0);
    const changed = sources.reduce((sum, source) => sum + source.changed, 0);
    const words = added + changed === 0 ? t('job.sync.nothing-new') : t('job.sync.result', { added, changed });
    return job.result.complete ? words : `${words} ${t('job.sync.incomplete')}`;
  }
  if (job.kind === 'export' && job.result !== undefined) {
    return t('job.export.result', { count: job.result.conversations, path: job.result.path });
  }
  if (job.kind === 'verify' && job.result !== undefined) {
    return job.result.ok ? t('job.verify.good') : t('job.verify.bad', { count: job.result.failures.length });
  }
  return t('job.done');
}

/** A job's error comes with its code as text, because the schema must survive a newer host. */
export function asErrorValueOfJob(error: NonNullable<Job['error']>): ErrorValue {
  const code = errorCodes.find((known) => known === error.code) ?? 'internal';
  return { ...error, code };
}
