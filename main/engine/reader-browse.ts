import { listDispositions } from '../archive/disposal/disposition-rows.ts';
import { retentionClasses } from '../archive/disposal/retention.ts';
import { erasurePolicies } from '../archive/disposal/erasure-policy.ts';
import { listErasures } from '../archive/disposal/erasure-rows.ts';
import { custodyList, custodyState } from '../archive/evidence/custody-list.ts';
import { diffVersions } from '../archive/evidence/version-diff.ts';
import { marksIn, marksInFacts } from '../archive/search/marks.ts';
import { listAccounts } from '../archive/store/accounts.ts';
import { transcriptKnownOn } from '../archive/store/as-known.ts';
import { findConversation, loadOriginal, loadTranscript } from '../archive/store/transcripts.ts';
import { listRuns } from '../archive/store/runs.ts';
import { coverageStatement } from '../archive/sync/coverage-statement.ts';
import { archiveStatus } from '../archive/sync/coverage.ts';
import { readSchedule } from '../archive/sync/schedule-setting.ts';
import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

/** Reading what is there: accounts, transcripts, originals, coverage, the custody log. */
export function browseHandlers({ archive, clock }: ReaderContext) {
  const { db, folder } = archive;
  const versionOf = (rid: number, version: number | undefined, asKnownOn: number | undefined) =>
    asKnownOn === undefined ? loadTranscript(db, rid, version) : transcriptKnownOn(db, rid, asKnownOn);
  return {
    'accounts.list': () => listAccounts(db).map(({ key: _key, ...account }) => account),

    'status.get': () => archiveStatus(db, folder, clock.now()),

    'conversations.get'({ id, version, query, asKnownOn }) {
      const { rid } = findConversation(db, id);
      const transcript = versionOf(rid, version, asKnownOn);
      if (query === undefined) return { transcript, marks: [] };
      const factMarks = marksInFacts(transcript, query);
      return {
        transcript,
        marks: marksIn(transcript.messages, query),
        ...(factMarks.length === 0 ? {} : { factMarks }),
      };
    },

    'conversations.original'({ id, version, asKnownOn }) {
      const { rid } = findConversation(db, id);
      const { original, sha256 } = loadOriginal(
        db,
        rid,
        asKnownOn === undefined ? version : transcriptKnownOn(db, rid, asKnownOn).version,
      );
      return { base64: Buffer.from(original).toString('base64'), sha256 };
    },

    'conversations.diff'({ id, from, to }) {
      const { rid } = findConversation(db, id);
      return diffVersions(loadTranscript(db, rid, from), loadTranscript(db, rid, to));
    },

    'coverage.statement': (input) => coverageStatement(db, input, clock.now()),
    'sync.log': (input) => listRuns(db, input),
    'sync.getSchedule': () => readSchedule(db),

    'custody.list': (input) => custodyList(db, input),
    'custody.checkpoint': () => custodyState(db),
    'erasure.policies': () => erasurePolicies(db),
    'erasure.list': (input) => listErasures(db, input),
    'retention.list': () => retentionClasses(db),
    'disposition.list': ({ limit }) => listDispositions(db, limit),
  } satisfies Pick<
    Handlers<'read' | 'count'>,
    | 'accounts.list'
    | 'status.get'
    | 'conversations.get'
    | 'conversations.original'
    | 'conversations.diff'
    | 'coverage.statement'
    | 'sync.log'
    | 'sync.getSchedule'
    | 'custody.list'
    | 'custody.checkpoint'
    | 'erasure.policies'
    | 'erasure.list'
    | 'retention.list'
    | 'disposition.list'
  >;
}
