import type { ChatBody, MessagingBody } from './history-request.ts';
import { inRange, inside, keywordMatches, listInside, numberOf, textOf } from './loose.ts';

/** A documented body filter as a test on the parsed record. Only filters that were sent are run. */
export type RecordTest = (document: unknown) => boolean;

const areaPaths: Record<string, readonly string[]> = {
  chatLine: ['transcript'],
  surveyAnswer: ['surveys'],
  surveyQuestion: ['surveys'],
  visitorInfo: ['visitorInfo'],
};

/** Tests for the chat search, `start`, `engagementId` excepted: those choose the candidates. */
export function chatTests(body: ChatBody): RecordTest[] {
  const tests: RecordTest[] = [];
  const info = (document: unknown, name: string) => inside(document, 'info', name);
  const { visitor, skillIds, agentIds, agentGroupIds, duration, channel, keyword, chatMCS, mcs } = body;
  if (body.interactive === true) tests.push((document) => info(document, 'interactive') === true);
  if (visitor !== undefined) tests.push((document) => info(document, 'visitorId') === visitor);
  if (skillIds) tests.push((document) => skillIds.includes(textOf(info(document, 'skillId'))));
  if (agentIds) tests.push((document) => agentIds.includes(textOf(info(document, 'agentId'))));
  if (agentGroupIds) tests.push((document) => agentGroupIds.includes(textOf(info(document, 'agentGroupId'))));
  if (duration) tests.push((document) => inRange(numberOf(info(document, 'duration')), duration));
  if (channel !== undefined) tests.push((document) => numberOf(info(document, 'channel')) === channel);
  if (chatMCS) tests.push((document) => inRange(numberOf(info(document, 'chatMCS')), chatMCS));
  if (mcs !== undefined) tests.push((document) => numberOf(info(document, 'mcs')) === mcs);
  const { alertedMcsValues, coBrowseDuration, hasInteractiveCoBrowse } = body;
  if (alertedMcsValues) {
    tests.push((document) => (alertedMcsValues as string[]).includes(textOf(info(document, 'alertedMCS'))));
  }
  const sessions = (document: unknown) => listInside(document, 'coBrowseSessions', 'coBrowseSessionsList');
  if (hasInteractiveCoBrowse !== undefined) {
    tests.push(
      (document) => sessions(document).some((one) => inside(one, 'interactive') === true) === hasInteractiveCoBrowse,
    );
  }
  if (coBrowseDuration) {
    tests.push((document) =>
      sessions(document).some((one) => inRange(numberOf(inside(one, 'duration')) / 1000, coBrowseDuration)),
    );
  }
  if (body.lineContentTypes?.length) {
    tests.push((document) =>
      listInside(document, 'transcript', 'lines').some((line) => inside(line, 'textType') === 'rich-content'),
    );
  }
  if (keyword !== undefined) {
    const areas = body.keyword_search_area?.types ?? ['chatLine'];
    tests.push((document) =>
      areas.some((area) => keywordMatches(keyword, inside(document, ...(areaPaths[area] ?? ['sdes'])))),
    );
  }
  return tests;
}

/** Tests for the messaging search, but for `start`, `status` and `latestUpdateTime`, which need no parsed record. */
export function messagingTests(body: MessagingBody): RecordTest[] {
  const tests: RecordTest[] = [];
  const info = (document: unknown, name: string) => inside(document, 'info', name);
  const { end, fullDialogEndTime, duration, mcs, csat, nps, keyword, summary } = body;
  if (end) tests.push((document) => inRange(numberOf(info(document, 'endTimeL')), end));
  if (fullDialogEndTime) {
    tests.push((document) => inRange(numberOf(info(document, 'fullDialogEndTimeL')), fullDialogEndTime));
  }
  if (duration) tests.push((document) => inRange(numberOf(info(document, 'duration')) / 1000, duration));
  if (mcs) tests.push((document) => inRange(numberOf(info(document, 'mcs')), mcs));
  if (csat) tests.push((document) => inRange(numberOf(info(document, 'csatRate')), csat));
  if (nps) {
    tests.push((document) =>
      listInside(document, 'conversationSurveys')
        .flatMap((survey) => listInside(survey, 'surveyData'))
        .some((answer) => inside(answer, 'questionType') === 'nps' && inRange(numberOf(inside(answer, 'answer')), nps)),
    );
  }
  if (keyword !== undefined) {
    tests.push((document) => keywordMatches(keyword, inside(document, 'messageRecords')));
  }
  if (summary !== undefined) tests.push((document) => keywordMatches(summary, inside(document, 'summary')));
  return [...tests, ...messagingIdTests(body)];
}

function messagingIdTests(body: MessagingBody): RecordTest[] {
  const tests: RecordTest[] = [];
  const info = (document: unknown, name: string) => textOf(inside(document, 'info', name));
  const anyOf = (document: unknown, list: string, fields: readonly string[], wanted: readonly string[]) =>
    listInside(document, list).some((one) => fields.some((field) => wanted.includes(textOf(inside(one, field)))));
  const { skillIds, latestSkillIds, agentIds, latestAgentIds, agentGroupIds, alertedMcsValues } = body;
  if (skillIds) {
    tests.push(
      (document) =>
        skillIds.includes(info(document, 'latestSkillId')) ||
        anyOf(document, 'transfers', ['sourceSkillId', 'targetSkillId'], skillIds) ||
        anyOf(document, 'dialogs', ['skillId'], skillIds),
    );
  }
  if (latestSkillIds) tests.push((document) => latestSkillIds.includes(info(document, 'latestSkillId')));
  if (agentIds) tests.push((document) => anyOf(document, 'agentParticipants', ['agentId'], agentIds));
  if (latestAgentIds) tests.push((document) => latestAgentIds.includes(info(document, 'latestAgentId')));
  if (agentGroupIds) {
    tests.push(
      (document) =>
        agentGroupIds.includes(info(document, 'latestAgentGroupId')) ||
        anyOf(document, 'agentParticipants', ['agentGroupId'], agentGroupIds),
    );
  }
  if (alertedMcsValues) {
    tests.push((document) => (alertedMcsValues as string[]).includes(info(document, 'alertedMCS')));
  }
  const { source, device, messageContentTypes, latestConversationQueueState: queueState } = body;
  if (source) tests.push((document) => source.includes(info(document, 'source')));
  if (device) tests.push((document) => (device as string[]).includes(info(document, 'device')));
  if (messageContentTypes) {
    tests.push((document) => anyOf(document, 'messageRecords', ['type'], messageContentTypes));
  }
  if (queueState !== undefined) tests.push((document) => info(document, 'latestQueueState') === queueState);
  return tests;
}
