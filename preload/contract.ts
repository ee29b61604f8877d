/** Every call that a page, a window or the command line can make, in one place: one file per subject under contract/. */
import { z } from 'zod';
import * as model from './model.ts';
import { accountsCalls } from './contract/accounts.ts';
import { appCalls } from './contract/app.ts';
import { archiveCalls } from './contract/archive.ts';
import { conversationsCalls } from './contract/conversations.ts';
import { custodyCalls } from './contract/custody.ts';
import { dashboardCalls } from './contract/dashboard.ts';
import { dispositionCalls } from './contract/disposition.ts';
import { erasureCalls } from './contract/erasure.ts';
import { exportCalls } from './contract/export.ts';
import { reviewCalls } from './contract/review.ts';
import { searchCalls } from './contract/search.ts';
import { syncCalls } from './contract/sync.ts';
import type { CallDefinition, Lane } from './contract/call.ts';

export type { CallDefinition, HostKind, Lane } from './contract/call.ts';

export const contract = {
  ...appCalls,
  ...accountsCalls,
  ...syncCalls,
  ...searchCalls,
  ...dashboardCalls,
  ...conversationsCalls,
  ...reviewCalls,
  ...erasureCalls,
  ...dispositionCalls,
  ...exportCalls,
  ...custodyCalls,
  ...archiveCalls,
} as const satisfies Record<string, CallDefinition>;

export type Contract = typeof contract;
export type CallName = keyof Contract;
/** What a caller may write: fields with defaults can be left out. */
export type Input<N extends CallName> = z.input<Contract[N]['input']>;
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInput<N extends CallName> = z.output<Contract[N]['input']>;
export type Output<N extends CallName> = z.output<Contract[N]['output']>;

/** The names of all calls that one lane answers. */
export type CallsOf<L extends Lane> = { [N in CallName]: Contract[N]['lane'] extends L ? N : never }[CallName];

export const callNames = Object.keys(contract) as CallName[];

export function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(contract, name);
}

// ── Events ──────────────────────────────────────────────────────────────────────────────────────

/** Events announce what is; they never order anything. A page that missed some asks `jobs.list` again. */
export const archiveEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('job'), job: model.jobSchema }),
  /** Stored conversations changed: searches and counts are stale. */
  z.strictObject({ type: z.literal('archive-changed') }),
  z.strictObject({ type: z.literal('accounts-changed') }),
  z.strictObject({ type: z.literal('engine-restarted'), role: z.string() }),
  /** `app.info` has something new to tell the user. */
  z.strictObject({ type: z.literal('notices-changed') }),
]);
export type ArchiveEvent = z.infer<typeof archiveEventSchema>;
