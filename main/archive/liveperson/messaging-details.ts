import { type DetailList, readOtherFacts } from './facts.ts';
import { agentName, readAgent } from './people.ts';
import { asArray, asObject, epochOf, type JsonObject, objectsOf, textOf, timeOf } from './values.ts';

/** Fields of `info` that are read somewhere, or whose content is told by another one. */
const knownFacts: ReadonlySet<string> = new Set(
  (
    'conversationId brandId status fullDialogStatus startTime endTime conversationEndTime fullDialogEndTime duration closeReason ' +
    'closeReasonDescription firstConversation wasStepUp pendingAgentSurvey agentDeleted isPartial csat csatRate nps mcs alertedMCS ' +
    'source device deviceModel browser browserVersion operatingSystem operatingSystemVersion latestSkillId latestSkillName ' +
    'latestAgentId latestAgentLoginName latestAgentNickname latestAgentFullName latestAgentGroupId latestAgentGroupName ' +
    'latestQueueState sessionId interactionContextId timeZone language integration integrationVersion appId appVersion ipAddress ' +
    'features firstIntentName firstIntentLabel visitorId'
  ).split(' '),
);

/** Who took part and in which role: readers of a conversation count, too. */
function readParticipants(record: JsonObject, details: DetailList): void {
  for (const participant of objectsOf(record['agentParticipants'])) {
    const agent = readAgent(participant, 'agent');
    if (agent === null) continue;
    const joined = timeOf(participant, 'time');
    const facts = [textOf(participant['permission']) ?? textOf(participant['role']), agent.kind];
    const since = joined === null ? null : `from ${new Date(joined).toISOString()}`;
    details.add('Participant', [agentName(agent), ...facts, since].filter((fact) => fact !== null).join(', '));
  }
}

function readIntents(record: JsonObject, details: DetailList): void {
  const names = new Set<string>();
  for (const intent of [...objectsOf(record['intents']), ...objectsOf(record['uniqueIntents'])]) {
    const chosen = [intent, asObject(intent['selectedClassification'])];
    for (const candidate of chosen) {
      const name = textOf(candidate['intentLabel']) ?? textOf(candidate['intentName']);
      if (name !== null) names.add(name);
    }
  }
  for (const name of names) details.add('Intent', name);
}

/** Facts of a messaging conversation beside its transcript, in the order they are shown. */
export function readMessagingDetails(record: JsonObject, info: JsonObject, details: DetailList): void {
  details.add('Close reason', info['closeReason']);
  details.add('Close reason description', info['closeReasonDescription']);
  details.add('Status with surveys', info['fullDialogStatus']);
  const surveyEnd = timeOf(info, 'fullDialogEndTime');
  details.add('End with surveys', surveyEnd === null ? null : new Date(surveyEnd).toISOString());
  details.add('Source', info['source']);
  details.add('Queue state', info['latestQueueState']);
  details.add('Alerted MCS', info['alertedMCS']);
  details.addYesNo('First conversation', info['firstConversation']);
  details.addYesNo('Step-up', info['wasStepUp']);
  details.addYesNo('Agent survey pending', info['pendingAgentSurvey']);
  details.addYesNo('Agent deleted', info['agentDeleted']);
  details.add('Language', info['language']);
  details.add('Time zone', info['timeZone']);
  details.add('Integration', info['integration']);
  details.add('Integration version', info['integrationVersion']);
  details.add('App', info['appId']);
  details.add('App version', info['appVersion']);
  details.add('Session', info['sessionId']);
  details.add('Interaction context', info['interactionContextId']);
  details.addNamed('First intent', info['firstIntentLabel'] ?? info['firstIntentName'], null);
  for (const feature of asArray(info['features'])) details.add('Feature', feature);
  for (const consumer of [...objectsOf(record['consumerParticipants']), ...objectsOf(record['consumerParticipant'])]) {
    const picture = textOf(consumer['avatarURL']);
    details.add('Consumer picture', picture === '0' ? null : picture);
  }
  const monitoring = asObject(record['monitoring']);
  details.add('Start page', monitoring['conversationStartPageTitle']);
  details.add('Start address', monitoring['conversationStartPage']);
  for (const dialog of objectsOf(record['dialogs'])) {
    const facts = [dialog['dialogType'], dialog['dialogChannelType'], dialog['status'], dialog['closeReason']];
    details.add(
      'Dialog',
      facts
        .map(textOf)
        .filter((fact) => fact !== null)
        .join(', '),
    );
  }
  readParticipants(record, details);
  readIntents(record, details);
  const response = asObject(record['responseTime']);
  const due = epochOf(response['latestEffectiveResponseDueTime']);
  details.add('Response due', due === null ? null : new Date(due).toISOString());
  details.add('Configured response time', response['configuredResponseTime']);
  const edited = epochOf(asObject(record['summary'])['lastUpdatedTime']);
  details.add('Summary edited', edited === null ? null : new Date(edited).toISOString());
  readOtherFacts(info, knownFacts, details);
}
