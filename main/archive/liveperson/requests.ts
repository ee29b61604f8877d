/** Addresses and bodies of the history requests (liveperson-api.md 3.2, 3.3, 4.2 to 4.4). */
import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import type { ServiceName } from './domain.ts';
import type { KnownConversation, SearchRequest } from './history-client.ts';

export interface HistoryRequest {
  service: ServiceName;
  /** Path and query, encoded as they are signed. */
  path: string;
  body: Record<string, unknown>;
}

export const services: Readonly<Record<Source, ServiceName>> = { chat: 'engHistDomain', messaging: 'msgHist' };

/** Unique per process and use, at most 20 characters: LivePerson means to throttle by it. */
export const defaultSourceName = 'TranscriptArchive';
const sourceNamePattern = /^\w{1,20}$/u;

/** Everything an archive wants. As soon as the list is there, only what it names comes back. */
export const contentToRetrieve: readonly string[] = [
  'campaign',
  'messageRecords',
  'agentParticipants',
  'agentParticipantsLeave',
  'agentParticipantsActive',
  'consumerParticipants',
  'transfers',
  'interactions',
  'messageStatuses',
  'messageScores',
  'conversationSurveys',
  'coBrowseSessions',
  'summary',
  'sdes',
  'unAuthSdes',
  'monitoring',
  'dialogs',
  'skillChanges',
  'responseTime',
  'latestAgentSurvey',
  'previouslySubmittedAgentSurveys',
];

/** Half of the 28 days that a chat window may span, less the rounding of its ends. */
const aroundStartMs = 13 * 86_400_000;

/** Throws ArchiveError `invalid-input` for a name LivePerson would refuse. */
export function checkSourceName(name: string): string {
  if (sourceNamePattern.test(name)) return name;
  throw new ArchiveError('invalid-input', 'The source name must be 1 to 20 letters, digits or underscores.');
}

function query(parameters: Readonly<Record<string, string | number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}

function chatPath(accountId: string, offset: number, limit: number, sourceName: string): string {
  const parameters = query({ offset, limit, sort: 'start:asc,engagementId:asc', source: sourceName });
  return `/interaction_history/api/account/${encodeURIComponent(accountId)}/interactions/search?${parameters}`;
}

function messagingPath(accountId: string, method: string, parameters: Record<string, string | number>): string {
  return `/messaging_history/api/account/${encodeURIComponent(accountId)}/conversations/${method}?${query(parameters)}`;
}

/** One page of a window. */
export function searchRequest(accountId: string, sourceName: string, search: SearchRequest): HistoryRequest {
  const { source, window, offset, limit, updatedSince } = search;
  const start = { from: window.from, to: window.to };
  if (source === 'chat') {
    // `interactive` stays out: it can only lose chats in which the visitor wrote nothing.
    const body = { ended: true, start };
    return { service: services.chat, path: chatPath(accountId, offset, limit, sourceName), body };
  }
  return {
    service: services.messaging,
    path: messagingPath(accountId, 'search', { offset, limit, sort: 'start:asc', v: 2, source: sourceName }),
    body: {
      start,
      status: ['OPEN', 'CLOSE'],
      ...(updatedSince === undefined ? {} : { latestUpdateTime: { from: updatedSince } }),
      contentToRetrieve,
    },
  };
}

/** Whole records by id. Chat takes one id, messaging up to 100. */
export function byIdRequest(
  accountId: string,
  sourceName: string,
  source: Source,
  conversations: readonly KnownConversation[],
): HistoryRequest {
  const [first] = conversations;
  const most = source === 'chat' ? 1 : 100;
  if (first === undefined || conversations.length > most) {
    throw new ArchiveError('invalid-input', `A ${source} request by id takes 1 to ${String(most)} ids.`);
  }
  if (source === 'chat') {
    // Whether the time limits apply to a request by id is documented both ways: this satisfies either.
    const start = { from: Math.max(0, first.startedAt - aroundStartMs), to: first.startedAt + aroundStartMs };
    const body = { engagementId: first.remoteId, ended: true, start };
    return { service: services.chat, path: chatPath(accountId, 0, 100, sourceName), body };
  }
  const ids =
    conversations.length === 1
      ? { conversationId: first.remoteId }
      : { conversationIds: conversations.map(({ remoteId }) => remoteId) };
  return {
    service: services.messaging,
    path: messagingPath(accountId, 'conversation/search', { v: 2, source: sourceName }),
    body: { ...ids, contentToRetrieve },
  };
}
