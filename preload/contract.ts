/**
 * Every call that a page, a window or the command line can make, in one place.
 *
 * `lane` says who answers: `write` = the one writer process, in order; `read` = the reader process, killable;
 * `count` = a second reader, so that totals and facets never hold up a page; `work` = a reader for long jobs;
 * `host` = the host itself (dialogs, links, secrets).
 */
import { z } from 'zod';
import * as model from './model.ts';

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

const none = z.strictObject({});
const jobStarted = z.strictObject({ jobId: z.string() });
const query = z.string().max(1_000_000);
const timeZone = z.string().max(64).default('UTC');
/** A moment in the past: the answer is what the archive would have given then. */
const asKnownOn = z.number().int().optional();

const settingsShape = model.machineSettingsSchema.shape;
/** Not `.partial()`: zod 4 fills in defaults there, and changing the theme would reset the density. */
const settingsPatch = z.strictObject({
  theme: settingsShape.theme.unwrap().optional(),
  density: settingsShape.density.unwrap().optional(),
  timeZone: settingsShape.timeZone.unwrap().optional(),
  exportFolder: settingsShape.exportFolder,
});

export const contract = {
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

  'sync.start': {
    lane: 'write',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      source: model.sourceSchema.optional(),
      since: z.number().int().optional(),
      until: z.number().int().optional(),
    }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** The scheduler's question: starts a sync if the schedule says that one is due, and says when the next one will be. */
  'sync.startDue': {
    lane: 'write',
    internal: true,
    input: z.strictObject({
      appStartedAt: z.number().int(),
      resumedAt: z.number().int().nullable(),
      metered: z.boolean().nullable(),
      onBattery: z.boolean().nullable(),
    }),
    output: z.strictObject({ jobId: z.string().nullable(), nextAt: z.number().nullable() }),
    timeoutMs: 30_000,
  },
  /** The scheduler leaves the account alone, and a sync that is under way stops at its next page. */
  'sync.pause': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: none,
    timeoutMs: 30_000,
  },
  'sync.resume': {
    lane: 'write',
    input: z.strictObject({ accountId: model.accountIdSchema }),
    output: none,
    timeoutMs: 30_000,
  },
  /** What each run did, newest first. `before` continues with runs older than that id. */
  'sync.log': {
    lane: 'read',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.array(model.syncLogEntrySchema),
    timeoutMs: 30_000,
  },
  'sync.getSchedule': { lane: 'read', input: none, output: model.syncScheduleSchema, timeoutMs: 10_000 },
  'sync.setSchedule': { lane: 'write', input: model.syncScheduleSchema, output: none, timeoutMs: 30_000 },
  /** What the archive can claim about a range of days (by start, UTC, both ends included). */
  'coverage.statement': {
    lane: 'count',
    input: z.strictObject({
      accountId: model.accountIdSchema.optional(),
      from: z.number().int(),
      to: z.number().int(),
    }),
    output: model.coverageStatementSchema,
    timeoutMs: 30_000,
  },
  'status.get': { lane: 'count', input: none, output: model.statusSchema, timeoutMs: 30_000 },

  'jobs.list': { lane: 'host', input: none, output: z.array(model.jobSchema), timeoutMs: 5000 },
  'jobs.cancel': { lane: 'host', input: z.strictObject({ jobId: z.string().max(100) }), output: none, timeoutMs: 5000 },

  /** One page of results. `cursor` continues a former page; `offset` skips a number of hits. */
  'search.page': {
    lane: 'read',
    input: z.strictObject({
      query,
      sort: model.sortSchema.default('newest'),
      limit: z.number().int().min(1).max(200).default(50),
      offset: z.number().int().min(0).max(1_000_000_000).default(0),
      cursor: z.string().max(200).optional(),
      timeZone,
      asKnownOn,
    }),
    output: z.strictObject({
      hits: z.array(model.hitSchema),
      nextCursor: z.string().nullable(),
      elapsedMs: z.number().nonnegative(),
      /** Only while the index is not whole: then hits may be missing. */
      index: model.indexStateSchema.optional(),
    }),
    timeoutMs: 60_000,
  },
  /** The exact number of conversations, and of their messages, that a query finds. */
  'search.count': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, asKnownOn }),
    output: z.strictObject({
      total: z.number().int().nonnegative(),
      /** The query in words, as the app read it. */
      understoodAs: z.string(),
      elapsedMs: z.number().nonnegative(),
      /** For words that nothing in the archive has: the nearest word it does have. */
      suggestions: z.array(model.suggestionSchema).optional(),
      index: model.indexStateSchema.optional(),
    }),
    timeoutMs: 60_000,
  },
  'search.facets': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, values: z.number().int().min(1).max(1000).default(20) }),
    output: z.strictObject({ facets: z.array(model.facetSchema), elapsedMs: z.number().nonnegative() }),
    timeoutMs: 60_000,
  },
  /** How many hits started in each hour, day, … of the time zone. Without `unit`, the zoom that fits the hits. */
  'search.histogram': {
    lane: 'count',
    input: z.strictObject({ query, timeZone, unit: model.histogramUnitSchema.optional() }),
    output: z.strictObject({
      unit: model.histogramUnitSchema,
      /** Consecutive, from the first with a hit to the last; `end` is just after it. */
      buckets: z.array(
        z.strictObject({ start: z.number().int(), end: z.number().int(), total: z.number().int().nonnegative() }),
      ),
      elapsedMs: z.number().nonnegative(),
    }),
    timeoutMs: 60_000,
  },

  /** One transcript as archived, with the places that `query` matches. */
  'conversations.get': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      version: z.number().int().positive().optional(),
      asKnownOn,
      query: query.optional(),
      /** Asked for before anybody looks at it. The custody log tells the two apart by `conversations.shown`. */
      ahead: z.boolean().optional(),
    }),
    output: z.strictObject({
      transcript: model.transcriptSchema,
      marks: z.array(model.markSchema),
      /** Only where the query matches facts beside the transcript. */
      factMarks: z.array(model.factMarkSchema).optional(),
    }),
    timeoutMs: 30_000,
  },
  /** A transcript that was asked for ahead is now looked at: the host notes it for the custody log. */
  'conversations.shown': {
    lane: 'host',
    input: z.strictObject({ id: model.conversationIdSchema }),
    output: none,
    timeoutMs: 5000,
  },
  /** The record exactly as the API sent it, as base64 of its bytes. */
  'conversations.original': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      version: z.number().int().positive().optional(),
      asKnownOn,
    }),
    output: z.strictObject({ base64: z.string(), sha256: z.string() }),
    timeoutMs: 30_000,
  },

  /** What differs between two versions of a conversation. */
  'conversations.diff': {
    lane: 'read',
    input: z.strictObject({
      id: model.conversationIdSchema,
      from: z.number().int().positive(),
      to: z.number().int().positive(),
    }),
    output: model.versionDiffSchema,
    timeoutMs: 30_000,
  },
  /** Searches for the record, and seals the outcome in the custody log. */
  'certificates.create': {
    lane: 'work',
    input: z.strictObject({ query, timeZone, fullScan: z.boolean().default(false) }),
    output: model.searchCertificateSchema,
    timeoutMs: 3_600_000,
  },
  /** Runs a certified search again, on the archive as it was known then. */
  'certificates.check': {
    lane: 'work',
    input: z.strictObject({ certificate: model.searchCertificateSchema }),
    output: model.certificateCheckSchema,
    timeoutMs: 3_600_000,
  },

  'export.start': { lane: 'work', input: model.exportRequestSchema, output: jobStarted, timeoutMs: 30_000 },
  /** What a redaction profile would hide, counted over the newest `limit` conversations of a scope. */
  'export.previewRedaction': {
    lane: 'work',
    input: z.strictObject({
      query,
      ids: z.array(model.conversationIdSchema).min(1).max(100_000).optional(),
      timeZone,
      redaction: model.redactionSchema,
      limit: z.number().int().min(1).max(100_000).default(500),
    }),
    output: z.strictObject({
      /** Conversations of the scope, and how many of them were looked at. */
      total: z.number().int().nonnegative(),
      scanned: z.number().int().nonnegative(),
      /** With something to hide. */
      affected: z.number().int().nonnegative(),
      /** An export would list these as errors. */
      failed: z.number().int().nonnegative(),
      counts: z.array(z.strictObject({ rule: z.string(), reason: z.string(), total: z.number().int().nonnegative() })),
      /** Some of what would be hidden. */
      examples: z.array(
        z.strictObject({
          id: model.conversationIdSchema,
          place: z.string(),
          rule: z.string(),
          reason: z.string(),
          text: z.string(),
        }),
      ),
    }),
    timeoutMs: 300_000,
  },
  /** Without `path` the archive itself is checked; with it, a package that was exported. */
  'verify.start': {
    lane: 'work',
    input: z.strictObject({
      path: z.string().min(1).max(4096).optional(),
      /** `quick` does not read originals. */
      mode: z.enum(['quick', 'full']).default('full'),
      /** Text of a signed checkpoint that was kept elsewhere: only additions may have happened since. */
      since: z.string().max(10_000).optional(),
    }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
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
  /**
   * Keeps the content of conversations from being removed. A query's members are those it finds now (decision 0030).
   * Holding many rewrites their index rows in one transaction, during which the writer does nothing else.
   */
  'holds.create': {
    lane: 'write',
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      reason: z.string().trim().min(1).max(4000),
      scope: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('query'), query, timeZone }),
        z.strictObject({ kind: z.literal('ids'), ids: z.array(model.conversationIdSchema).min(1).max(100_000) }),
      ]),
    }),
    output: model.holdSchema,
    timeoutMs: 3_600_000,
  },
  /** All holds, the newest first; released ones too. */
  'holds.list': { lane: 'read', input: none, output: z.array(model.holdSchema), timeoutMs: 30_000 },
  'holds.release': {
    lane: 'write',
    input: z.strictObject({ name: z.string().min(1).max(200), reason: z.string().trim().min(1).max(4000) }),
    output: model.holdSchema,
    timeoutMs: 3_600_000,
  },
  /** The conversations of a hold, in order of their start. */
  'holds.members': {
    lane: 'read',
    input: z.strictObject({
      name: z.string().min(1).max(200),
      limit: z.number().int().min(1).max(10_000).default(1000),
      offset: z.number().int().min(0).max(1_000_000_000).default(0),
    }),
    output: z.strictObject({
      ids: z.array(model.conversationIdSchema),
      total: z.number().int().nonnegative(),
    }),
    timeoutMs: 30_000,
  },
  /** Takes in records saved from either API: a response page, an array of records, or NDJSON. */
  'archive.import': {
    lane: 'write',
    input: z.strictObject({ files: z.array(z.string().min(1).max(4096)).min(1).max(10_000) }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** Merges the index, gives free pages back, refreshes statistics. */
  'archive.optimize': { lane: 'write', input: none, output: jobStarted, timeoutMs: 30_000 },
  'archive.backup': {
    lane: 'write',
    input: z.strictObject({ file: z.string().min(1).max(4096), overwrite: z.boolean().default(false) }),
    output: jobStarted,
    timeoutMs: 30_000,
  },
  /** Puts a backup in the place of the archive. What was there is kept beside it under another name. */
  'archive.restore': {
    lane: 'host',
    input: z.strictObject({ file: z.string().min(1).max(4096) }),
    output: z.strictObject({ replaced: z.string().nullable() }),
    timeoutMs: 3_600_000,
  },
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
