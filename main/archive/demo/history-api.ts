import type { Source } from '../../../preload/model.ts';
import { createChurn, keyOf } from './churn.ts';
import { writeEnvelope } from './envelope.ts';
import { Refusal, jsonResponse } from './exchange.ts';
import type { DemoRequest, DemoResponse } from './exchange.ts';
import type { Faults } from './faults.ts';
import { chatTests, messagingTests } from './filters.ts';
import * as requests from './history-request.ts';
import type { Paging } from './history-request.ts';
import { scalarsToStrings } from './json.ts';
import { inside, listInside, textOf } from './loose.ts';
import { faultyVersion, isCalm } from './record-faults.ts';
import { joinMembers, keepMembers, membersOf } from './record-text.ts';
import { documentOf, findHits, sortHits } from './search.ts';
import type { Candidate } from './search.ts';
import type { RemoteRecord, World } from './world.ts';

/** The four search methods of the two history APIs, over one world. */
export interface HistoryApi {
  chatSearch(request: DemoRequest, now: number): DemoResponse;
  messagingSearch(request: DemoRequest, now: number): DemoResponse;
  byConversation(request: DemoRequest, now: number): DemoResponse;
  byConsumer(request: DemoRequest, now: number): DemoResponse;
  /** `chat:ID` or `messaging:ID` of every record that was sent as final, in an answer that was sent whole. */
  readonly everShownAsFinal: ReadonlySet<string>;
}

interface MessagingView {
  content: readonly string[];
  version: 1 | 2;
}

export function createHistoryApi(world: World, faults: Faults): HistoryApi {
  const everShown = new Set<string>();
  const everShownAsFinal = new Set<string>();
  const churn = createChurn(everShown);
  let serial = 0;

  const versionOf = (record: RemoteRecord, now: number) => {
    const { records } = faults.switches;
    return isCalm(records) ? record.versionAt(now) : faultyVersion(record, now, records, faults.seed);
  };
  const find = (source: Source, remoteId: string, now: number): Candidate[] => {
    const record = world.find(source, remoteId, now);
    const version = record === undefined ? null : versionOf(record, now);
    const found = record === undefined || version === null ? [] : [{ record, version }];
    return found.filter((candidate) => !churn.hasVanished(candidate));
  };
  /** Writes an answer and remembers what it shows, unless it will be cut off on its way. */
  const answer = (input: {
    source: Source;
    request: DemoRequest;
    paging: Paging | null;
    count: number;
    page: readonly Candidate[];
    textOf: (candidate: Candidate) => string;
    whole: boolean;
  }): DemoResponse => {
    const partial = faults.strikes('partial-result', 'history');
    const page = partial ? input.page.filter(() => faults.random.chance(0.5)) : input.page;
    let count = partial && faults.random.chance(0.5) ? input.count - (input.page.length - page.length) : input.count;
    if (faults.strikes('count-lie', 'history')) count = Math.max(0, count + faults.random.pick([-2, -1, 1, 2]));
    if (count === 0 && page.length === 0 && faults.switches.noContentWhenEmpty) {
      return { ...jsonResponse(204, ''), headers: {} };
    }
    const texts = page.map((candidate) => input.textOf(candidate));
    const response = jsonResponse(
      200,
      writeEnvelope({
        source: input.source,
        path: input.request.url.pathname,
        count,
        paging: input.paging,
        partial,
        texts,
      }),
    );
    if (faults.strikes('cut-off', 'history')) return { ...response, delivery: 'cut-off' };
    if (faults.strikes('slow', 'history')) response.delayMs = faults.switches.slowMs;
    for (const candidate of page) {
      everShown.add(keyOf(candidate));
      if (candidate.version.final || (input.whole && isWholeById(candidate))) everShownAsFinal.add(keyOf(candidate));
    }
    return response;
  };
  const pageOf = (hits: readonly Candidate[], paging: Paging): { count: number; page: Candidate[] } => {
    const { deepestOffset, reorderTies } = faults.switches;
    if (deepestOffset !== null && paging.offset + paging.limit > deepestOffset) {
      throw new Refusal(500, 'Elastic search exception', {
        body: { internalCode: '0007', debugMessage: 'Elastic search exception' },
      });
    }
    serial += 1;
    const sorted = churn.apply(sortHits(hits, paging.sort, reorderTies ? serial : null), paging, faults);
    return { count: sorted.length, page: sorted.slice(paging.offset, paging.offset + paging.limit) };
  };
  const pagingOf = (request: DemoRequest, rules: Parameters<typeof requests.parsePaging>[1]) =>
    requests.parsePaging(request, { ...rules, clampLimit: faults.switches.clampLimit });

  return {
    everShownAsFinal,

    chatSearch(request, now) {
      requests.checkCaller(request, false);
      const paging = pagingOf(request, { fields: requests.chatSortFields, manyKeys: true });
      const body = requests.parseBody(request, requests.chatBodySchema);
      const byId = body.engagementId !== undefined;
      if (body.start === undefined && !byId && body.visitor === undefined) throw new Refusal(400, 'start is required.');
      const window = body.start && requests.roundRange(body.start, 'start', requests.longestSpanMs.chat);
      const timeless = byId || body.visitor !== undefined;
      const tests = chatTests(body);
      const hits =
        body.engagementId === undefined
          ? findHits({ world, source: 'chat', now, window: timeless ? null : (window ?? null), tests, versionOf })
          : find('chat', body.engagementId, now).filter((one) => tests.every((test) => test(documentOf(one.version))));
      const { count, page } = pageOf(hits, paging);
      const text = (one: Candidate) => (byId ? one.version.completeText : one.version.searchText);
      return answer({ source: 'chat', request, paging, count, page, textOf: text, whole: byId });
    },

    messagingSearch(request, now) {
      requests.checkCaller(request, true);
      const paging = pagingOf(request, { fields: requests.messagingSortFields, manyKeys: false });
      const version = requests.parseVersion(request);
      const body = requests.parseBody(request, requests.messagingBodySchema);
      const longest = requests.longestSpanMs.messaging;
      const window = requests.roundRange(body.start, 'start', longest);
      const rounded = {
        ...body,
        ...(body.end && { end: requests.roundRange(body.end, 'end', longest) }),
        ...(body.fullDialogEndTime && {
          fullDialogEndTime: requests.roundRange(body.fullDialogEndTime, 'fullDialogEndTime', longest),
        }),
      };
      const updatedSince = body.latestUpdateTime && requests.roundDown(body.latestUpdateTime.from);
      const tests = messagingTests(rounded);
      const hits = findHits({
        world,
        source: 'messaging',
        now,
        window,
        updatedSince,
        status: body.status,
        tests,
        versionOf,
      });
      const { count, page } = pageOf(hits, paging);
      const view = { content: body.contentToRetrieve ?? requests.defaultContent, version };
      const text = (one: Candidate) => showMessaging(one.version.searchText, view);
      return answer({ source: 'messaging', request, paging, count, page, textOf: text, whole: false });
    },

    byConversation(request, now) {
      requests.checkCaller(request, true);
      const version = requests.parseVersion(request);
      const body = requests.parseBody(request, requests.byConversationSchema);
      const ids = body.conversationIds ?? [body.conversationId ?? ''];
      const hits = [...new Set(ids)].flatMap((id) => find('messaging', id, now));
      const view = { content: body.contentToRetrieve ?? requests.defaultContent, version };
      const text = (one: Candidate) => showMessaging(one.version.completeText, view);
      return answer({
        source: 'messaging',
        request,
        paging: null,
        count: hits.length,
        page: hits,
        textOf: text,
        whole: true,
      });
    },

    byConsumer(request, now) {
      requests.checkCaller(request, true);
      const paging = pagingOf(request, { fields: [], manyKeys: false });
      const version = requests.parseVersion(request);
      const body = requests.parseBody(request, requests.byConsumerSchema);
      const isConsumer = (document: unknown) =>
        listInside(document, 'consumerParticipants').some(
          (one) => textOf(inside(one, 'participantId')) === body.consumer,
        );
      const hits = findHits({
        world,
        source: 'messaging',
        now,
        window: null,
        status: body.status,
        tests: [isConsumer],
        versionOf,
      });
      const { count, page } = pageOf(hits, { ...paging, sort: [{ field: 'start', descending: false }] });
      const view = { content: body.contentToRetrieve ?? requests.defaultContent, version };
      const text = (one: Candidate) => showMessaging(one.version.searchText, view);
      return answer({ source: 'messaging', request, paging, count, page, textOf: text, whole: false });
    },
  };
}

/** Closed, and not partial in the by-id answer even if it is in search. */
function isWholeById({ version }: Candidate): boolean {
  if (version.status === 'open') return false;
  return membersOf(membersOf(version.completeText).get('info') ?? '{}').get('isPartial') !== 'true';
}

/** Only `info` and what was asked for; attributes in the form of `v`. The whole record keeps its very text. */
function showMessaging(text: string, view: MessagingView): string {
  const wanted = new Set(['info', ...view.content]);
  if (view.version === 1) wanted.delete('unAuthSdes');
  const kept = keepMembers(text, (name) => wanted.has(name));
  if (view.version === 2) return kept;
  const members = membersOf(kept);
  const attributes = members.get('sdes');
  if (attributes === undefined) return kept;
  return joinMembers(members.set('sdes', scalarsToStrings(attributes)));
}
