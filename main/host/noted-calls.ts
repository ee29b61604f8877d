import { createHash } from 'node:crypto';
import type { CallName, Output, ParsedInput } from '../../preload/contract.ts';
import type { NotedAction } from './activity.ts';

/** What an answered call means for the custody log. */
type Noting<N extends CallName> = (input: ParsedInput<N>, value: Output<N>) => NotedAction;

type Details = NotedAction['details'];

/**
 * Calls that the host notes by themselves. Others are noted by the engine that does the work, in its own transaction:
 * accounts, syncs, imports, exports, certificates, holds, backups, verifications.
 */
const notings: { [N in CallName]?: Noting<N> } = {
  'conversations.original': ({ id, version, asKnownOn }) =>
    about([id], 'original-read', {
      ...(version === undefined ? {} : { version }),
      ...(asKnownOn === undefined ? {} : { asKnownOn: new Date(asKnownOn).toISOString() }),
    }),
  'conversations.diff': ({ from, to }, { id }) => about([id], 'versions-compared', { from, to }),
  'certificates.check': ({ certificate }, { same }) =>
    about([], 'certificate-checked', { entry: certificate.entry, same }),
  'export.previewRedaction': ({ query, ids }, { total, scanned }) =>
    about([], 'redaction-previewed', { query: query.slice(0, 10_000), ids: ids?.length ?? null, total, scanned }),
  'review.reportFile': ({ scope, format }, { text }) =>
    about(
      scope.kind === 'query' ? [] : [`${scope.kind}:${scope.kind === 'case' ? scope.case : scope.queue}`],
      'review-reported',
      {
        format,
        ...(scope.kind === 'query' ? { query: scope.query.slice(0, 10_000), timeZone: scope.timeZone } : {}),
        sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
      },
    ),
  'settings.set': (patch) =>
    about(
      [],
      'settings-changed',
      Object.fromEntries(
        Object.entries(patch).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    ),
  'accounts.test': ({ accountId }) => about([`account:${accountId}`], 'account-tested', {}),
  'archive.optimize': () => about([], 'optimize', {}),
  'archive.restore': ({ file }, { replaced }) => about([], 'restored', { file, replaced }),
};

function about(subjects: string[], kind: string, details: Details): NotedAction {
  return { kind, subjects, details };
}

/** The entry that a call is to leave in the custody log, or null. */
export function noted<N extends CallName>(name: N, input: ParsedInput<N>, value: Output<N>): NotedAction | null {
  const noting: Noting<N> | undefined = notings[name];
  return noting === undefined ? null : noting(input, value);
}
