import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ErrorValue } from '../../../preload/errors.ts';
import type { Job } from '../../../preload/model.ts';
import { asErrorValue } from '../../bridge/client.ts';
import { useJob } from '../../bridge/queries.ts';
import { asErrorValueOfJob } from '../../state/job-words.ts';

export interface StartedJob {
  start: () => void;
  job: Job | undefined;
  /** It was asked for and has not ended. */
  running: boolean;
  /** Why it could not start, or how it failed. */
  failure: ErrorValue | null;
}

/** One job that a panel starts and follows until its end; starting it again follows the new one. */
export function useStartedJob(call: () => Promise<{ jobId: string }>): StartedJob {
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId);
  const start = useMutation({
    mutationFn: call,
    onMutate: () => setJobId(null),
    onSuccess: (started) => setJobId(started.jobId),
  });
  let failure: ErrorValue | null = null;
  if (start.error !== null) failure = asErrorValue(start.error);
  else if (job?.state === 'failed' && job.error !== undefined) failure = asErrorValueOfJob(job.error);
  return {
    start: () => start.mutate(),
    job,
    running: start.isPending || (jobId !== null && (job === undefined || job.state === 'running')),
    failure,
  };
}
