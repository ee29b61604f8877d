import { z } from 'zod';
import * as model from '../model.ts';
import { none, type Calls } from './call.ts';

const settingsShape = model.machineSettingsSchema.shape;
/** Not `.partial()`: zod 4 fills in defaults there, and changing the theme would reset the density. */
const settingsPatch = z.strictObject({
  theme: settingsShape.theme.unwrap().optional(),
  density: settingsShape.density.unwrap().optional(),
  language: settingsShape.language.unwrap().optional(),
  timeZone: settingsShape.timeZone.unwrap().optional(),
  exportFolder: settingsShape.exportFolder,
});

export const appCalls = {
  'app.info': { lane: 'host', input: none, output: model.appInfoSchema, timeoutMs: 5000 },
  'app.openLink': {
    lane: 'host',
    hosts: ['electron'],
    input: z.strictObject({ url: z.url().max(4096) }),
    output: none,
    timeoutMs: 5000,
  },
  'app.chooseFolder': {
    lane: 'host',
    hosts: ['electron'],
    input: z.strictObject({ title: z.string().max(200), folder: z.string().max(4096).optional() }),
    output: z.strictObject({ folder: z.string().nullable() }),
    timeoutMs: 3_600_000,
  },
  'app.showInFolder': {
    lane: 'host',
    hosts: ['electron'],
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: none,
    timeoutMs: 5000,
  },
  'settings.get': { lane: 'host', input: none, output: model.machineSettingsSchema, timeoutMs: 5000 },
  'settings.set': {
    lane: 'host',
    input: settingsPatch,
    output: model.machineSettingsSchema,
    timeoutMs: 5000,
  },
  'jobs.list': { lane: 'host', input: none, output: z.array(model.jobSchema), timeoutMs: 5000 },
  'jobs.cancel': { lane: 'host', input: z.strictObject({ jobId: z.string().max(100) }), output: none, timeoutMs: 5000 },
} as const satisfies Calls;
