/**
 * What one call is. `lane` says who answers: `write` = the one writer process, in order; `read` = the reader process,
 * killable; `count` = a second reader, so that totals and facets never hold up a page; `work` = a reader for long jobs;
 * `host` = the host itself (dialogs, links, secrets).
 */
import { z } from 'zod';

export type Lane = 'read' | 'count' | 'work' | 'write' | 'host';
export type HostKind = 'electron' | 'web' | 'cli';

export interface CallDefinition {
  lane: Lane;
  input: z.ZodType;
  output: z.ZodType;
  /** Milliseconds until the caller gets `timed-out`. Jobs only start within this time. */
  timeoutMs: number;
  /** Hosts that offer the call; absent: all. */
  hosts?: readonly HostKind[];
  /** Only engine processes may ask for it, through their host; pages and command lines are refused. */
  internal?: true;
}

export type Calls = Record<string, CallDefinition>;

export const none = z.strictObject({});
export const jobStarted = z.strictObject({ jobId: z.string() });
export const query = z.string().max(1_000_000);
export const timeZone = z.string().max(64).default('UTC');
/** A moment in the past: the answer is what the archive would have given then. */
export const asKnownOn = z.number().int().optional();
