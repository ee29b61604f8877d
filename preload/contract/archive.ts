import { z } from 'zod';
import { none, jobStarted, type Calls } from './call.ts';

export const archiveCalls = {
  /** Takes in records saved from either API: a response page, an array of records, or NDJSON. */
  'archive.import': {
    lane: 'write',
    input: z.strictObject({ files: z.array(z.string().min(1).max(4096)).min(1).max(10_000) }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** Merges the index, gives free pages back, refreshes statistics. */
  'archive.optimize': { lane: 'write', input: none, output: jobStarted, timeoutMs: 30_000 },
  'archive.backup': {
    lane: 'write',
    input: z.strictObject({ file: z.string().min(1).max(4096), overwrite: z.boolean().default(false) }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** Puts a backup in the place of the archive. What was there is kept beside it under another name. */
  'archive.restore': {
    lane: 'host',
    input: z.strictObject({ file: z.string().min(1).max(4096) }),
    output: z.strictObject({ replaced: z.string().nullable() }),
    timeoutMs: 3_600_000,
  },
} as const satisfies Calls;
