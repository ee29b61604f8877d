import { custodyList, custodyState } from '../archive/evidence/custody-list.ts';
import { marksIn } from '../archive/search/marks.ts';
import { listAccounts } from '../archive/store/accounts.ts';
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
  return {
    'accounts.list': () => listAccounts(db).map(({ key: _key, ...account }) => account),

    'status.get': () => archiveStatus(db, folder, clock.now()),

    'conversations.get'({ id, version, query }) {
      const { rid } = findConversation(db, id);
      const transcript = loadTranscript(db, rid, version);
      return { transcript, marks: query === undefined ? [] : marksIn(transcript.messages, query) };
    },

    'conversations.original'({ id, version }) {
      const { rid } = findConversation(db, id);
      const { original, sha256 } = loadOriginal(db, rid, version);
      return { base64: Buffer.from(original).toString('base64'), sha256 };
    },

    'coverage.statement': (input) => coverageStatement(db, input, clock.now()),
    'sync.log': (input) => listRuns(db, input),
    'sync.getSchedule': () => readSchedule(db),

    'custody.list': (input) => custodyList(db, input),
    'custody.checkpoint': () => custodyState(db),
  } satisfies Pick<
    Handlers<'read' | 'count'>,
    | 'accounts.list'
    | 'status.get'
    | 'conversations.get'
    | 'conversations.original'
    | 'coverage.statement'
    | 'sync.log'
    | 'sync.getSchedule'
    | 'custody.list'
    | 'custody.checkpoint'
  >;
}
