/** LivePerson accounts and what opens them. */
import { z } from 'zod';
import { accountIdSchema, count, epochMs, sourceSchema, text } from './common.ts';

export const credentialsSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('oauth2'),
    clientId: z.string().min(1).max(1024),
    clientSecret: z.string().min(1).max(4096),
  }),
  z.strictObject({
    type: z.literal('oauth1'),
    consumerKey: z.string().min(1).max(1024),
    consumerSecret: z.string().min(1).max(4096),
    token: z.string().min(1).max(1024),
    tokenSecret: z.string().min(1).max(4096),
  }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;

export const accountSettingsSchema = z.strictObject({
  accountId: accountIdSchema,
  sources: z.array(sourceSchema).min(1).max(2).default(['chat', 'messaging']),
  label: text(200).optional(),
  /** Origin of the Domain API, when it is not LivePerson's own (proxy, gateway, the demo account). */
  domainApi: z.url().max(1024).optional(),
  requestIntervalMs: z.number().int().min(0).max(600_000).default(500),
  retryBaseMs: z.number().int().min(0).max(600_000).default(5000),
  /** Nothing that started before this is fetched; absent: as far back as the source keeps data. */
  since: epochMs.optional(),
});
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

export const accountSchema = z.strictObject({
  accountId: accountIdSchema,
  label: z.string().nullable(),
  sources: z.array(sourceSchema),
  /** `none`: nothing to sync with, its records were imported from files. */
  credentialType: z.enum(['oauth2', 'oauth1', 'none']),
  domainApi: z.string().nullable(),
  requestIntervalMs: count,
  retryBaseMs: count,
  since: epochMs.nullable(),
  /** True for the built-in simulated account: its conversations are invented and labelled so. */
  demo: z.boolean(),
  addedAt: epochMs,
});
export type Account = z.infer<typeof accountSchema>;

export const accountTestSchema = z.strictObject({
  accountId: accountIdSchema,
  sources: z.array(
    z.strictObject({
      source: sourceSchema,
      /** Number of conversations of the last seven days that the API reports. */
      recentConversations: count,
      domain: z.string(),
    }),
  ),
  /** Plain-word warnings, e.g. the announced end of OAuth 1.0a. */
  warnings: z.array(z.string()),
});
export type AccountTest = z.infer<typeof accountTestSchema>;
