import { z } from 'zod';
import * as model from '../model.ts';
import { none, type Calls } from './call.ts';

const file = z.string().min(1).max(4096);
/** Long enough that the few rounds of key derivation of a PKCS#8 file do not matter. */
const passphrase = z.string().min(12).max(1024);

export const custodyCalls = {
  /** The custody log, newest entries first. */
  'custody.list': {
    lane: 'read',
    input: z.strictObject({
      kinds: z.array(z.string().max(100)).max(100).optional(),
      subject: z.string().max(512).optional(),
      /** The operating system's name of who did it. Versions and verdicts are nobody's. */
      user: z.string().max(512).optional(),
      /** Both inclusive, about the time of the entry. */
      from: z.number().int().optional(),
      to: z.number().int().optional(),
      /** Also the leaves of record versions, of which there are as many as records. */
      versions: z.boolean().default(false),
      limit: z.number().int().min(1).max(200).default(100),
      /** Only entries before this position. */
      before: z.number().int().nonnegative().optional(),
    }),
    output: z.strictObject({
      entries: z.array(model.custodyEntrySchema),
      /** `before` of the next page. */
      next: z.number().int().nonnegative().nullable(),
    }),
    timeoutMs: 30_000,
  },
  /** The newest signed checkpoint, to be kept elsewhere, and the key that it is signed with. */
  'custody.checkpoint': {
    lane: 'read',
    input: none,
    output: model.custodyStateSchema,
    timeoutMs: 30_000,
  },
  /** Writes the signing key to a new file, encrypted with a passphrase. */
  'custody.backUpKey': {
    lane: 'write',
    input: z.strictObject({ file, passphrase }),
    output: z.strictObject({ path: z.string(), fingerprint: z.string() }),
    timeoutMs: 60_000,
  },
  /** Puts the archive's own key back from such a file; any other is refused. */
  'custody.restoreKey': {
    lane: 'write',
    input: z.strictObject({ file, passphrase: z.string().min(1).max(1024) }),
    output: z.strictObject({
      fingerprint: z.string(),
      /** The archive had gone on with another key, which handed over to this one. */
      handedOver: z.boolean(),
    }),
    timeoutMs: 60_000,
  },
  /** Makes a new key that signs from now on; the old one signs for it and is deleted. */
  'custody.rotateKey': {
    lane: 'write',
    input: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
    output: model.custodyStateSchema,
    timeoutMs: 60_000,
  },
  /** Writes a query for a time stamp (RFC 3161) over a signed checkpoint to a new file. */
  'custody.askForTimeStamp': {
    lane: 'write',
    input: z.strictObject({
      file,
      /** Entries that the checkpoint covers; the newest one if absent. */
      size: z.number().int().nonnegative().optional(),
    }),
    output: z.strictObject({ path: z.string(), id: z.number().int(), size: z.number().int().nonnegative() }),
    timeoutMs: 60_000,
  },
  /** Checks an authority's reply to such a query, and keeps it. */
  'custody.keepTimeStamp': {
    lane: 'write',
    input: z.strictObject({ file }),
    output: model.timeStampFactsSchema,
    timeoutMs: 60_000,
  },
  /** The queries and what came back, newest first. */
  'custody.timeStamps': {
    lane: 'work',
    input: none,
    output: z.strictObject({ timeStamps: z.array(model.timeStampFactsSchema) }),
    timeoutMs: 60_000,
  },
  /** A reader's or host's entry for the custody log: sealed and signed when the reply comes. */
  'custody.record': {
    lane: 'write',
    internal: true,
    input: z.strictObject({
      kind: z.string().min(1).max(100),
      subjects: z.array(z.string().max(512)).max(1000).default([]),
      details: z.record(z.string(), z.json()),
    }),
    output: z.strictObject({
      position: z.number().int().nonnegative(),
      checkpoint: z.strictObject({ size: z.number().int().nonnegative(), note: z.string() }),
    }),
    timeoutMs: 60_000,
  },
  /** Seals the actions that hosts left in the archive's folder (docs/decisions/0032), and says how many. */
  'custody.collect': {
    lane: 'write',
    internal: true,
    input: none,
    output: z.strictObject({ recorded: z.number().int().nonnegative() }),
    timeoutMs: 60_000,
  },
} as const satisfies Calls;
