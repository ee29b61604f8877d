/** The archive as files. */
import { z } from 'zod';
import { count } from './common.ts';

export const importResultSchema = z.strictObject({
  files: count,
  records: count,
  added: count,
  changed: count,
  unchanged: count,
  /** Records that could not be read, each with file and position; everything else was imported. */
  rejected: z.array(z.strictObject({ file: z.string(), position: count, problem: z.string() })),
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const backupResultSchema = z.strictObject({ path: z.string(), bytes: count, sha256: z.string() });
export type BackupResult = z.infer<typeof backupResultSchema>;
