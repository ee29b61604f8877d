import { custodyList, custodyState } from '../archive/evidence/custody-list.ts';
import { marksIn } from '../archive/search/marks.ts';
import { listAccounts } from '../archive/store/accounts.ts';
import { findConversation, loadOriginal, loadTranscript } from '../archive/store/transcripts.ts';
import { archiveStatus } from '../archive/sync/coverage.ts';
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
      const options = { now: clock.now(), timeZone: 'UTC' };
      return { transcript, marks: query === undefined ? [] : marksIn(transcript.messages, query, options) };
    },

    'conversations.original'({ id, version }) {
      const { rid } = findConversation(db, id);
      const { original, sha256 } = loadOriginal(db, rid, version);
      return { base64: Buffer.from(original).toString('base64'), sha256 };
    },

    'custody.list': (input) => custodyList(db, input),
    'custody.checkpoint': () => custodyState(db),
  } satisfies Pick<
    Handlers<'read' | 'count'>,
    | 'accounts.list'
    | 'status.get'
    | 'conversations.get'
    | 'conversations.original'
    | 'custody.list'
    | 'custody.checkpoint'
  >;
}
