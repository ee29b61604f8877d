/** The app on this machine. */
import { z } from 'zod';
import { text } from './common.ts';
import { exportFormatSchema } from './export.ts';

export const appInfoSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  host: z.enum(['electron', 'web', 'cli']),
  platform: z.string(),
  archiveFolder: z.string(),
  /** Where exports go unless the user says otherwise. */
  exportFolder: z.string(),
  /** How secrets are protected here, in words. */
  secretProtection: z.string(),
  /** Things that happened at start and that the user should know, in words (e.g. settings set aside). */
  notices: z.array(z.string()),
  /** What the administrator of this machine has decided. */
  managed: z.strictObject({ schedule: z.boolean(), forbiddenExportFormats: z.array(exportFormatSchema) }),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Settings of this machine and user (settings.json), not of the archive. */
export const machineSettingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('comfortable'),
  /** Of the page's words. */
  language: z.enum(['system', 'en', 'de']).default('system'),
  /** IANA zone, or `system`. */
  timeZone: text(64).default('system'),
  exportFolder: text(4096).optional(),
});
export type MachineSettings = z.infer<typeof machineSettingsSchema>;
