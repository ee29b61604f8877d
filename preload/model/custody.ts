/** The custody log. */
import { z } from 'zod';
import { count, epochMs } from './common.ts';

export const custodyEntrySchema = z.strictObject({
  /** Index of its leaf in the tree. */
  position: count,
  time: epochMs.nullable(),
  /** `version`, `window-verdict`, or what was done, e.g. `export`. */
  kind: z.string(),
  user: z.string().nullable(),
  host: z.string().nullable(),
  app: z.string().nullable(),
  /** Ids of the conversations, accounts, cases … that it is about. */
  subjects: z.array(z.string()),
  details: z.record(z.string(), z.json()),
});
export type CustodyEntry = z.infer<typeof custodyEntrySchema>;

/** What a host noted that a user did, until the writer seals it in the custody log. */
export const pendingActionSchema = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z]+(-[a-z]+)*$/u)
    .max(100),
  time: epochMs,
  subjects: z.array(z.string().max(512)).max(1000),
  details: z.record(z.string(), z.json()),
  actor: z.strictObject({ user: z.string().max(512), host: z.string().max(512), app: z.string().max(512) }),
});
export type PendingAction = z.infer<typeof pendingActionSchema>;

/** A key that the archive signs its checkpoints with, or once did. */
export const custodyKeySchema = z.strictObject({
  /** The checkpoints' origin line; the same for all keys of an archive. */
  name: z.string(),
  pem: z.string(),
  verifierKey: z.string(),
  createdAt: epochMs,
  /** SHA-256 of the public key in DER (SPKI), as `openssl pkey -pubin -outform DER | sha256sum` prints it. */
  fingerprint: z.string(),
  /** Position of the log's entry that made it the one that signs. */
  entry: count.nullable(),
  /** Whether the key before it signed the hand-over. */
  arrival: z.enum(['first', 'signed-by-old-key', 'without-old-key']),
  /** The hand-over as a signed note. */
  handOver: z.string().nullable(),
});
export type CustodyKey = z.infer<typeof custodyKeySchema>;

export const custodyStateSchema = z.strictObject({
  /** Leaves of the log now; more than the checkpoint's size when something was added since. */
  size: count,
  checkpoint: z.strictObject({ size: count, time: epochMs, note: z.string() }).nullable(),
  /** When the first checkpoint was signed. */
  signedSince: epochMs.nullable(),
  /** The one that signs now. */
  key: custodyKeySchema.nullable(),
  /** All of them, oldest first. */
  keys: z.array(custodyKeySchema),
});
export type CustodyState = z.infer<typeof custodyStateSchema>;

/** A query for a time stamp (RFC 3161) over a checkpoint, and what an authority answered. */
export const timeStampFactsSchema = z.strictObject({
  id: count,
  /** Entries that the checkpoint covers. */
  size: count,
  askedAt: epochMs,
  /** When the reply was imported; null while it is awaited. */
  receivedAt: epochMs.nullable(),
  /** What the reply says; null while it is awaited, and when what is kept no longer holds. */
  stamp: z
    .strictObject({
      time: epochMs,
      /** Subject of the certificate that signed. */
      authority: z.string(),
      serial: z.string(),
      policy: z.string(),
    })
    .nullable(),
});
export type TimeStampFacts = z.infer<typeof timeStampFactsSchema>;
