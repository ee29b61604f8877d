import { readFileSync } from 'node:fs';
import { isAbsolute, posix, resolve, win32 } from 'node:path';
import { z } from 'zod';
import type { CallName, ParsedInput } from '../../preload/contract.ts';
import { ArchiveError } from '../../preload/errors.ts';
import { exportFormatSchema, syncScheduleSchema } from '../../preload/model.ts';
import type { PathSurroundings } from './paths.ts';

/** What an administrator decides for everyone on this machine. What is left out stays the user's choice. */
const managedSettingsSchema = z.strictObject({
  archiveFolder: z.string().refine(isAbsolute, 'must be an absolute path').optional(),
  forbiddenExportFormats: z.array(exportFormatSchema).default([]),
  schedule: syncScheduleSchema.optional(),
  /** For requests to LivePerson. Without user name and password: the file is readable by everyone. */
  proxy: z
    .url({ protocol: /^https?$/u })
    .refine((url) => URL.parse(url)?.username === '', 'must hold no user name or password')
    .optional(),
});
export type ManagedSettings = z.infer<typeof managedSettingsSchema>;

/** A place that only administrators can write, by the custom of each platform. */
export function managedSettingsFile({ platform, environment }: PathSurroundings): string {
  if (platform === 'darwin') return '/Library/Application Support/Transcript Archive/managed.json';
  if (platform === 'win32') {
    return win32.join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Transcript Archive', 'managed.json');
  }
  return posix.join('/etc', 'transcript-archive', 'managed.json');
}

/**
 * Reads the file. None is no rule.
 * @throws ArchiveError invalid-input when it can't be read or understood: a rule that is not understood must not be passed over
 */
export function readManagedSettings(file: string): ManagedSettings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return managedSettingsSchema.parse({});
    throw broken(file, `it cannot be read (${code ?? 'unknown'})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken(file, 'it is not JSON');
  }
  const parsed = managedSettingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw broken(file, `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'unknown problem'}`);
}

function broken(file: string, problem: string): ArchiveError {
  return new ArchiveError('invalid-input', `The settings of your administrator in ${file} are not valid: ${problem}.`, {
    hint: 'Ask whoever manages this computer. Nothing was started.',
  });
}

/**
 * The archive's folder: the administrator's, else the one asked for, else the usual one.
 * @throws ArchiveError unsupported-here when another than the administrator's is asked for
 */
export function chooseArchiveFolder(managed: ManagedSettings, asked: string | undefined, usual: string): string {
  if (managed.archiveFolder === undefined) return resolve(asked ?? usual);
  if (asked !== undefined && resolve(asked) !== resolve(managed.archiveFolder)) {
    throw new ArchiveError('unsupported-here', 'Your administrator has chosen the folder of the archive.', {
      hint: `It is ${managed.archiveFolder}.`,
    });
  }
  return resolve(managed.archiveFolder);
}

/** Engines take their proxy from the environment, which is also where the user's own would be. */
export function useManagedProxy({ proxy }: ManagedSettings, environment: NodeJS.ProcessEnv = process.env): void {
  if (proxy === undefined) return;
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) environment[name] = proxy;
}

/** @throws ArchiveError unsupported-here for what the administrator has forbidden or decided */
export function refuseUnmanaged(managed: ManagedSettings, name: CallName, input: unknown): void {
  if (name === 'sync.setSchedule' && managed.schedule !== undefined) {
    throw new ArchiveError('unsupported-here', 'Your administrator has set when this archive syncs.');
  }
  if (name !== 'export.start') return;
  const { formats } = input as ParsedInput<'export.start'>;
  const forbidden = formats.filter((format) => managed.forbiddenExportFormats.includes(format));
  if (forbidden.length === 0) return;
  throw new ArchiveError('unsupported-here', `Your administrator does not allow exports as ${forbidden.join(', ')}.`, {
    hint: 'Choose another format.',
  });
}
