/**
 * The words of the product, as data: what crosses between engine, hosts and page.
 * Times are epoch milliseconds UTC; durations are milliseconds. (The command line and the exports turn
 * times into ISO 8601, see public-json.ts.)
 */
import { z } from 'zod';

const text = (max: number) => z.string().max(max);
const epochMs = z.number().int();
const count = z.number().int().nonnegative();

export const sourceSchema = z.enum(['chat', 'messaging']);
export type Source = z.infer<typeof sourceSchema>;

/** LivePerson site ids are digits, but documentation samples have letters in them: always text. */
export const accountIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u, 'letters, digits, "-" and "_" only');

/** `SOURCE:ACCOUNT:REMOTE-ID`, or a bare remote id where that is unambiguous. */
export const conversationIdSchema = z.string().min(1).max(512);

// ── Accounts ────────────────────────────────────────────────────────────────────────────────────

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

// ── Conversations ───────────────────────────────────────────────────────────────────────────────

export const roleSchema = z.enum(['customer', 'agent', 'bot', 'system', 'other']);
export type Role = z.infer<typeof roleSchema>;

export const messageKindSchema = z.enum(['text', 'link', 'file', 'form', 'rich', 'event', 'unknown']);
export type MessageKind = z.infer<typeof messageKindSchema>;

export const messageSchema = z.strictObject({
  /** Position in reading order, from 0. */
  index: count,
  /** The source's own id of the line, or the position as text where the source has none. */
  id: z.string(),
  time: epochMs.nullable(),
  role: roleSchema,
  speaker: z.string(),
  /** Readable text, also of structured content. May be empty, never HTML. */
  text: z.string(),
  kind: messageKindSchema,
  /** Only agents saw it (whisper, private note). */
  private: z.boolean(),
});
export type Message = z.infer<typeof messageSchema>;

export const agentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  login: z.string().nullable(),
  group: z.string().nullable(),
});
export type Agent = z.infer<typeof agentSchema>;

export const skillSchema = z.strictObject({ id: z.string(), name: z.string() });
export type Skill = z.infer<typeof skillSchema>;

export const customerSchema = z.strictObject({
  id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
export type Customer = z.infer<typeof customerSchema>;

export const surveyAnswerSchema = z.strictObject({
  /** `pre-chat`, `post-chat`, `agent`, or the messaging survey's own type, e.g. `Satisfaction`. */
  survey: z.string(),
  question: z.string(),
  answer: z.string(),
  time: epochMs.nullable(),
});
export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>;

export const attributeSchema = z.strictObject({
  /** Payload key of the engagement attribute, e.g. `customerInfo`. */
  type: z.string(),
  /** Path inside the payload, e.g. `customerId` or `products.0.product.name`. */
  name: z.string(),
  value: z.string(),
  authenticated: z.boolean().nullable(),
  time: epochMs.nullable(),
});
export type Attribute = z.infer<typeof attributeSchema>;

/** Facts beside the transcript that have no place of their own, in a fixed order, e.g. `Country: Germany`. */
export const detailSchema = z.strictObject({ name: z.string(), value: z.string() });
export type Detail = z.infer<typeof detailSchema>;

export const transferSchema = z.strictObject({
  time: epochMs.nullable(),
  reason: z.string(),
  from: z.string(),
  to: z.string(),
});
export type Transfer = z.infer<typeof transferSchema>;

export const flagSchema = z.enum(['partial', 'not-enriched', 'open', 'erased', 'shrunk']);
export type Flag = z.infer<typeof flagSchema>;

export const versionReasonSchema = z.enum([
  'first-seen',
  'enriched',
  'partial-completed',
  'changed',
  'shrunk',
  'erased-at-source',
]);
export type VersionReason = z.infer<typeof versionReasonSchema>;

export const versionSchema = z.strictObject({
  version: z.number().int().positive(),
  receivedAt: epochMs,
  reason: versionReasonSchema,
  /** SHA-256 of the original, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type Version = z.infer<typeof versionSchema>;

export const transcriptSchema = z.strictObject({
  id: conversationIdSchema,
  source: sourceSchema,
  accountId: accountIdSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  durationMs: count.nullable(),
  agents: z.array(agentSchema),
  skills: z.array(skillSchema),
  customer: customerSchema,
  csat: z.number().nullable(),
  nps: z.number().nullable(),
  mcs: z.number().nullable(),
  status: z.enum(['open', 'closed']),
  messageCount: count,
  messages: z.array(messageSchema),
  surveys: z.array(surveyAnswerSchema),
  attributes: z.array(attributeSchema),
  transfers: z.array(transferSchema),
  summary: z.string().nullable(),
  details: z.array(detailSchema),
  version: z.number().int().positive(),
  versions: z.array(versionSchema),
  flags: z.array(flagSchema),
});
export type Transcript = z.infer<typeof transcriptSchema>;

/** Half-open range of UTF-16 units inside one message's text that the query matched. */
export const markSchema = z.strictObject({ message: count, start: count, end: count });
export type Mark = z.infer<typeof markSchema>;

/** The same of a fact beside the transcript, which is named by its whole text. */
export const factMarkSchema = z.strictObject({ text: z.string(), start: count, end: count });
export type FactMark = z.infer<typeof factMarkSchema>;

// ── Search ──────────────────────────────────────────────────────────────────────────────────────

export const sortSchema = z.enum(['newest', 'oldest', 'relevance']);
export type Sort = z.infer<typeof sortSchema>;

/** Snippets mark hits with these two private-use characters (cli.md). */
export const hitStart = '\uE000';
export const hitEnd = '\uE001';

export const hitSchema = z.strictObject({
  id: conversationIdSchema,
  source: sourceSchema,
  accountId: accountIdSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  durationMs: count.nullable(),
  agents: z.array(z.string()),
  skills: z.array(z.string()),
  customer: z.string().nullable(),
  csat: z.number().nullable(),
  messageCount: count,
  flags: z.array(flagSchema),
  /** Start of what the customer wrote first, for rows that no word of the query matched. */
  preview: z.string(),
  matchedMessages: z.array(
    z.strictObject({ index: count, speaker: z.string(), role: roleSchema, private: z.boolean(), snippet: z.string() }),
  ),
});
export type Hit = z.infer<typeof hitSchema>;

export const facetSchema = z.strictObject({
  /** A filter of the query language, e.g. `agent`. */
  field: z.string(),
  values: z.array(z.strictObject({ value: z.string(), label: z.string(), total: count })),
});
export type Facet = z.infer<typeof facetSchema>;

export const histogramUnitSchema = z.enum(['hour', 'day', 'week', 'month', 'year']);
export type HistogramUnit = z.infer<typeof histogramUnitSchema>;

/** Says that search answers are incomplete, and how much so. */
export const indexStateSchema = z.strictObject({
  complete: z.literal(false),
  /** Conversations that the index holds, of `total`. */
  indexed: count,
  total: count,
  /** The index was made by rules of another version of the app and has to be rebuilt. */
  outdated: z.boolean(),
});
export type IndexState = z.infer<typeof indexStateSchema>;

export const suggestionSchema = z.strictObject({
  /** The word without a hit, as typed. */
  term: z.string(),
  suggestion: z.string(),
  /** The whole query with the word replaced. */
  query: z.string(),
});

// ── Sync, coverage, status ──────────────────────────────────────────────────────────────────────

export const sourceSyncSchema = z.strictObject({
  source: sourceSchema,
  requests: count,
  received: count,
  added: count,
  changed: count,
  unchanged: count,
  windowsComplete: count,
  windowsIncomplete: count,
  repairsPending: count,
  startedAt: epochMs,
  endedAt: epochMs,
  /** What stopped this source; the others went on. Absent: nothing did. */
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
});
export type SourceSync = z.infer<typeof sourceSyncSchema>;

export const syncReportSchema = z.strictObject({
  accounts: z.array(z.strictObject({ accountId: accountIdSchema, sources: z.array(sourceSyncSchema) })),
  complete: z.boolean(),
});
export type SyncReport = z.infer<typeof syncReportSchema>;

export const coverageStateSchema = z.enum(['complete', 'partial', 'pending', 'never']);
export type CoverageState = z.infer<typeof coverageStateSchema>;

/** Why a day counts as archived or not, as an auditor calls it (evidence.md section 1). */
export const verdictSchema = z.enum(['complete', 'provisional', 'gap', 'beyond-retention']);

export const coverageDaySchema = z.strictObject({
  /** UTC day, `YYYY-MM-DD`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/u),
  state: coverageStateSchema,
  /** What the API reported for the day, where a window that covers it was asked. */
  reported: count.nullable(),
  archived: count,
  /** Finer than `state`: tells a gap from what the source had already deleted. */
  verdict: verdictSchema.optional(),
});
export type CoverageDay = z.infer<typeof coverageDaySchema>;

/** UTC days, both included. */
const dayRangeSchema = z.strictObject({ from: z.string(), to: z.string(), days: count });

export const sourceStatusSchema = z.strictObject({
  source: sourceSchema,
  conversations: count,
  messages: count,
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  coverage: z.array(coverageDaySchema),
  /** What the source's 13-month limit deletes next. */
  retention: z.strictObject({
    nextDeletionDay: z.string().nullable(),
    conversations: count,
    archived: z.boolean(),
  }),
  lastSyncAt: epochMs.nullable(),
  lastError: z.string().nullable(),
  repairsPending: count,
  nextRepairAt: epochMs.nullable(),
  /** Days that are not archived for certain and that the source deletes within a month. */
  gapsBecomingPermanent: z.array(dayRangeSchema).optional(),
  /** Days that were to be archived, were not, and are gone at the source. */
  permanentGaps: z.array(dayRangeSchema).optional(),
});
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

export const statusSchema = z.strictObject({
  archiveFolder: z.string(),
  diskBytes: count,
  accounts: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      label: z.string().nullable(),
      demo: z.boolean(),
      removed: z.boolean(),
      /** Scheduled syncs leave it alone. */
      paused: z.boolean().optional(),
      sources: z.array(sourceStatusSchema),
    }),
  ),
});
export type Status = z.infer<typeof statusSchema>;

/** What the archive can claim about a range of days, in words that an auditor can quote. */
export const coverageStatementSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  verdict: verdictSchema,
  text: z.string(),
  sources: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      source: sourceSchema,
      verdict: verdictSchema,
      days: count,
      completeDays: count,
      /** Null when the source was not asked for each of the days. */
      reported: count.nullable(),
      archived: count,
      /** The days that are not complete. */
      missing: z.array(z.strictObject({ day: z.string(), verdict: verdictSchema })),
      text: z.string(),
    }),
  ),
});
export type CoverageStatement = z.infer<typeof coverageStatementSchema>;

/** One run of sync over one source, as a person reads it. */
export const syncLogEntrySchema = z.strictObject({
  id: z.number().int(),
  accountId: accountIdSchema,
  source: sourceSchema,
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  state: z.enum(['running', 'complete', 'incomplete', 'failed', 'cancelled', 'interrupted']),
  requests: count,
  received: count,
  added: count,
  changed: count,
  unchanged: count,
  windowsComplete: count,
  windowsIncomplete: count,
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  events: z.array(z.strictObject({ time: epochMs, level: z.enum(['info', 'warning', 'error']), text: z.string() })),
});
export type SyncLogEntry = z.infer<typeof syncLogEntrySchema>;

/** When the app syncs by itself. */
export const syncScheduleSchema = z.strictObject({
  /** Null: never by the clock. */
  intervalMinutes: z.number().int().min(5).max(44_640).nullable().default(60),
  onStart: z.boolean().default(true),
  onResume: z.boolean().default(true),
  onlyUnmetered: z.boolean().default(false),
  onlyOnAc: z.boolean().default(false),
});
export type SyncSchedule = z.infer<typeof syncScheduleSchema>;

// ── Export and verification ─────────────────────────────────────────────────────────────────────

export const exportFormatSchema = z.enum([
  'csv',
  'xlsx',
  'json',
  'ndjson',
  'html',
  'pdf',
  'eml',
  'rsmf',
  'dat',
  'parquet',
]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** How the data of a package is divided: into folders of their own under data/, in the order of the export. */
export const exportSplitSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('month') }),
  z.strictObject({ by: z.literal('count'), conversations: z.number().int().min(1).max(100_000_000) }),
  /** A part ends with the conversation that reaches this size. */
  z.strictObject({ by: z.literal('size'), megabytes: z.number().int().min(1).max(10_000_000) }),
]);
export type ExportSplit = z.infer<typeof exportSplitSchema>;

export const redactionSchema = z.strictObject({
  /** What the profile is called; stands in custody/export.json. */
  profile: z.string().min(1).max(100),
  /** `customer`: name, e-mail address and phone number that the record itself has of the customer. */
  rules: z.array(z.enum(['email', 'phone', 'card', 'iban', 'customer'])).max(10),
  /** Regular expressions (flags g, i, u); the name is the reason that stands in the text's place. */
  expressions: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9 _-]{0,39}$/u, 'a short name of letters, digits, blanks, "-" and "_"'),
        pattern: z.string().min(1).max(500),
      }),
    )
    .max(50)
    .default([]),
  /** Stretches of messages, in UTF-16 units; hidden in every other copy within the same conversation too. */
  spans: z
    .array(
      z.strictObject({
        id: conversationIdSchema,
        message: count,
        start: count,
        end: count,
        reason: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9 _-]{0,39}$/u, 'a short reason of letters, digits, blanks, "-" and "_"'),
      }),
    )
    .max(10_000)
    .default([]),
});
export type Redaction = z.infer<typeof redactionSchema>;

const noMore = { expressions: [], spans: [] };
/** The built-in profiles, by the names that `--redact` takes. */
export const redactionProfiles: Readonly<Record<string, Redaction>> = {
  pii: { profile: 'pii', rules: ['email', 'phone', 'card', 'iban', 'customer'], ...noMore },
  contacts: { profile: 'contacts', rules: ['email', 'phone'], ...noMore },
  payment: { profile: 'payment', rules: ['card', 'iban'], ...noMore },
  cards: { profile: 'cards', rules: ['card'], ...noMore },
  customers: { profile: 'customers', rules: ['customer'], ...noMore },
};

export const exportRequestSchema = z.strictObject({
  query: text(100_000),
  /** Exactly these conversations instead of what the query finds. */
  ids: z.array(conversationIdSchema).min(1).max(100_000).optional(),
  split: exportSplitSchema.optional(),
  /** What is hidden in everything that leaves. */
  redaction: redactionSchema.optional(),
  formats: z.array(exportFormatSchema).min(1).max(10),
  /** Absolute path of the package; a name that ends in `.zip` makes a zip. */
  out: z.string().min(1).max(4096),
  /** IANA zone in which local times are written; times of record stay UTC. */
  timeZone: text(64).default('UTC'),
  sort: z.enum(['newest', 'oldest']).default('oldest'),
  /** Each record as the archive knew it at this moment, and only those that it had. */
  asKnownOn: epochMs.optional(),
  /** The file alone, without a package around it; one format only. */
  bare: z.boolean().default(false),
  overwrite: z.boolean().default(false),
  /** Into the lake (bare parquet) that an earlier export made: only months that changed are written again. */
  update: z.boolean().optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportResultSchema = z.strictObject({
  path: z.string(),
  conversations: count,
  messages: count,
  /** Records that could not be exported, each listed in custody/errors.csv. */
  errors: count,
  files: count,
  bytes: count,
  formats: z.array(exportFormatSchema),
});
export type ExportResult = z.infer<typeof exportResultSchema>;

export const verifyFailureSchema = z.strictObject({
  /** Conversation id, or the path of a file inside a package, or `archive`. */
  subject: z.string(),
  version: z.number().int().positive().nullable(),
  problem: z.string(),
});
export type VerifyFailure = z.infer<typeof verifyFailureSchema>;

export const verifyReportSchema = z.strictObject({
  /** `archive`, or the path of the package. */
  target: z.string(),
  ok: z.boolean(),
  /** What was checked, in words, with numbers. */
  checks: z.array(z.strictObject({ name: z.string(), checked: count, failed: count })),
  failures: z.array(verifyFailureSchema),
  /** What the check cannot prove, in words. */
  limits: z.array(z.string()),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

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

/** A legal hold: while it is not released, nothing of its members' content is removed. */
export const holdSchema = z.strictObject({
  name: z.string(),
  reason: z.string(),
  scope: z.enum(['query', 'ids', 'case']),
  /** As typed, when the scope is a query. */
  query: z.string().nullable(),
  total: count,
  createdAt: epochMs,
  createdBy: z.string(),
  released: z.strictObject({ at: epochMs, by: z.string(), reason: z.string() }).nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

export const custodyStateSchema = z.strictObject({
  /** Leaves of the log now; more than the checkpoint's size when something was added since. */
  size: count,
  checkpoint: z.strictObject({ size: count, time: epochMs, note: z.string() }).nullable(),
  /** When the first checkpoint was signed. */
  signedSince: epochMs.nullable(),
  key: z
    .strictObject({
      name: z.string(),
      pem: z.string(),
      verifierKey: z.string(),
      createdAt: epochMs,
      /** SHA-256 of the public key in DER (SPKI), as `openssl pkey -pubin -outform DER | sha256sum` prints it. */
      fingerprint: z.string(),
    })
    .nullable(),
});
export type CustodyState = z.infer<typeof custodyStateSchema>;

/** What differs between two versions of a conversation. */
export const versionDiffSchema = z.strictObject({
  id: conversationIdSchema,
  from: z.number().int().positive(),
  to: z.number().int().positive(),
  messages: z.strictObject({
    added: z.array(messageSchema),
    removed: z.array(messageSchema),
    /** One speaker's message of one time, with other content. */
    changed: z.array(z.strictObject({ before: messageSchema, after: messageSchema })),
  }),
  /** Facts beside the messages, each as a line of text; null where a version has none. */
  fields: z.array(z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
});
export type VersionDiff = z.infer<typeof versionDiffSchema>;

/** A search on record: run again later, it must give the same hash. */
export const searchCertificateSchema = z.strictObject({
  kind: z.literal('transcript-archive search certificate'),
  version: z.literal(1),
  query: z.string().max(1_000_000),
  understoodAs: z.string(),
  timeZone: text(64),
  askedAt: z.iso.datetime(),
  index: z.strictObject({ format: z.number().int(), complete: z.boolean() }),
  /** Entries of the custody log that the searched state had. */
  logSize: count,
  total: count,
  /** Over the ids found, sorted by code unit, each with a line feed. */
  hitsSha256: z.string().regex(/^[0-9a-f]{64}$/u),
  terms: z.array(z.strictObject({ text: z.string(), said: z.array(z.string()).nullable(), total: count })),
  /** Each conversation decided on its stored text, without the index; null: was not asked for. */
  fullScan: z.strictObject({ conversations: count, found: count, agrees: z.boolean() }).nullable(),
  /** Position of the certificate's own entry in the custody log, and a signed checkpoint that includes it. */
  entry: count,
  checkpoint: z.string(),
});
export type SearchCertificate = z.infer<typeof searchCertificateSchema>;

export const certificateCheckSchema = z.strictObject({
  same: z.boolean(),
  differences: z.array(z.string()),
  /** As known when it was certified. */
  total: count,
  hitsSha256: z.string(),
  /** What the same query finds today. */
  totalNow: count,
});
export type CertificateCheck = z.infer<typeof certificateCheckSchema>;

export const importResultSchema = z.strictObject({
  files: count,
  records: count,
  added: count,
  changed: count,
  unchanged: count,
  /** Records that could not be read, each with file and position; everything else was imported. */
  rejected: z.array(z.strictObject({ file: z.string(), position: count, problem: z.string() })),
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const backupResultSchema = z.strictObject({ path: z.string(), bytes: count, sha256: z.string() });
export type BackupResult = z.infer<typeof backupResultSchema>;

// ── Jobs ────────────────────────────────────────────────────────────────────────────────────────

const errorValueSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

const jobBase = {
  id: z.string(),
  /** What the job is doing now, in a few plain words, e.g. `chat 3–10 Mar 2026`. */
  phase: z.string(),
  done: count,
  total: count.nullable(),
  unit: z.enum(['conversations', 'days', 'records', 'files', 'pages', 'bytes']),
  startedAt: epochMs,
  endedAt: epochMs.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  error: errorValueSchema.optional(),
};

/** Work that takes longer than a second: shown with progress, can be cancelled, ends with a result. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sync'), ...jobBase, result: syncReportSchema.optional() }),
  z.strictObject({ kind: z.literal('export'), ...jobBase, result: exportResultSchema.optional() }),
  z.strictObject({ kind: z.literal('verify'), ...jobBase, result: verifyReportSchema.optional() }),
  z.strictObject({ kind: z.literal('backup'), ...jobBase, result: backupResultSchema.optional() }),
  z.strictObject({ kind: z.literal('import'), ...jobBase, result: importResultSchema.optional() }),
  z.strictObject({ kind: z.literal('optimize'), ...jobBase }),
]);
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];

// ── App ─────────────────────────────────────────────────────────────────────────────────────────

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
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Settings of this machine and user (settings.json), not of the archive. */
export const machineSettingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('comfortable'),
  /** IANA zone, or `system`. */
  timeZone: text(64).default('system'),
  exportFolder: text(4096).optional(),
});
export type MachineSettings = z.infer<typeof machineSettingsSchema>;
