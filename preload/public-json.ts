/**
 * The JSON that leaves the building: the shapes of cli.md, times as ISO 8601 UTC with milliseconds and `Z`.
 * The command line and the exports print these and nothing else, so that both always agree.
 */
import type { Facet, Hit, Status, SyncReport, Transcript, Version } from './model.ts';

/** Epoch milliseconds as ISO 8601 UTC; null stays null. */
export function isoTime(ms: number): string;
export function isoTime(ms: number | null): string | null;
export function isoTime(ms: number | null): string | null {
  if (ms === null) return null;
  const date = new Date(ms);
  // A source may say anything; a time beyond the calendar must not stop an export.
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function publicVersion({ destroyed, receivedAt, ...version }: Version) {
  return {
    ...version,
    receivedAt: isoTime(receivedAt),
    ...(destroyed === undefined ? {} : { destroyed: { ...destroyed, at: isoTime(destroyed.at) } }),
  };
}

/** The `show --json` object. */
export function publicTranscript(transcript: Transcript) {
  return {
    id: transcript.id,
    source: transcript.source,
    accountId: transcript.accountId,
    startedAt: isoTime(transcript.startedAt),
    endedAt: isoTime(transcript.endedAt),
    durationMs: transcript.durationMs,
    agents: transcript.agents,
    skills: transcript.skills,
    customer: transcript.customer,
    csat: transcript.csat,
    nps: transcript.nps,
    mcs: transcript.mcs,
    status: transcript.status,
    messageCount: transcript.messageCount,
    messages: transcript.messages.map((message) => ({
      index: message.index,
      id: message.id,
      time: isoTime(message.time),
      role: message.role,
      speaker: message.speaker,
      text: message.text,
      kind: message.kind,
      private: message.private,
    })),
    surveys: transcript.surveys.map((answer) => ({ ...answer, time: isoTime(answer.time) })),
    attributes: transcript.attributes.map((attribute) => ({ ...attribute, time: isoTime(attribute.time) })),
    transfers: transcript.transfers.map((transfer) => ({ ...transfer, time: isoTime(transfer.time) })),
    summary: transcript.summary,
    details: transcript.details,
    version: transcript.version,
    versions: transcript.versions.map(publicVersion),
    flags: transcript.flags,
  };
}
export type PublicTranscript = ReturnType<typeof publicTranscript>;

/** One hit of `search --json`. */
export function publicHit(hit: Hit) {
  return {
    id: hit.id,
    source: hit.source,
    accountId: hit.accountId,
    startedAt: isoTime(hit.startedAt),
    endedAt: isoTime(hit.endedAt),
    durationMs: hit.durationMs,
    agents: hit.agents,
    skills: hit.skills,
    customer: hit.customer,
    csat: hit.csat,
    messageCount: hit.messageCount,
    flags: hit.flags,
    preview: hit.preview,
    matchedMessages: hit.matchedMessages.map((message) => ({
      index: message.index,
      speaker: message.speaker,
      snippet: message.snippet,
      role: message.role,
      private: message.private,
    })),
  };
}

/** The `facets` of `search --json`: one member per field, values in order of their totals. */
export function publicFacets(facets: readonly Facet[]) {
  return Object.fromEntries(facets.map((facet) => [facet.field, facet.values]));
}

/** The `search --json` object. */
export function publicSearch(search: {
  query: string;
  total: number;
  hits: readonly Hit[];
  facets?: readonly Facet[];
  elapsedMs: number;
}) {
  return {
    query: search.query,
    total: search.total,
    hits: search.hits.map(publicHit),
    ...(search.facets === undefined ? {} : { facets: publicFacets(search.facets) }),
    elapsedMs: search.elapsedMs,
  };
}

/** What `sync --json` ends with. */
export function publicSyncReport(report: SyncReport) {
  return {
    accounts: report.accounts.map((account) => ({
      accountId: account.accountId,
      sources: account.sources.map((source) => ({
        ...source,
        startedAt: isoTime(source.startedAt),
        endedAt: isoTime(source.endedAt),
      })),
    })),
    complete: report.complete,
  };
}

/** The `status --json` object. */
export function publicStatus(status: Status) {
  return {
    ...status,
    accounts: status.accounts.map((account) => ({
      ...account,
      sources: account.sources.map((source) => ({
        ...source,
        lastSyncAt: isoTime(source.lastSyncAt),
        nextRepairAt: isoTime(source.nextRepairAt),
      })),
    })),
  };
}
