import { z } from 'zod';
import * as model from '../model.ts';
import { none, type Calls } from './call.ts';

export const accountsCalls = {
  'accounts.list': { lane: 'read', input: none, output: z.array(model.accountSchema), timeoutMs: 10_000 },
  /** Secrets go in here and never come out: the host keeps them and the engine asks for them when it needs them. */
  'accounts.add': {
    lane: 'write',
    input: z.strictObject({ settings: model.accountSettingsSchema, credentials: model.credentialsSchema }),
    output: model.accountSchema,
    timeoutMs: 30_000,
  },
  'accounts.test': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: model.accountTestSchema,
    timeoutMs: 180_000,
  },
  /** Forgets the credentials and stops syncing. What was archived stays. */
  'accounts.remove': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: none,
    timeoutMs: 30_000,
  },
  /** Starts the built-in simulated LivePerson account and adds it to this archive. */
  'demo.connect': { lane: 'host', input: none, output: model.accountSchema, timeoutMs: 60_000 },
  /** The writer's half of `demo.connect`. An account that is already there is given back as it is. */
  'accounts.addDemo': {
    lane: 'write',
    internal: true,
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: model.accountSchema,
    timeoutMs: 30_000,
  },
} as const satisfies Calls;
