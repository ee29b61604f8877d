import type { Transfer } from '../../../preload/model.ts';
import { readAttributes } from './attributes.ts';
import { durationOf } from './chat.ts';
import type { DecodedConversation, FilterValue } from './decoded.ts';
import { DetailList, readCampaign, readCoBrowse, readPlace } from './facts.ts';
import { readCustomer, type StatedCustomer } from './identity.ts';
import { readMessagingDetails } from './messaging-details.ts';
import { readMessages } from './messaging-messages.ts';
import { AgentList, agentName, filterValue, readAgent, SkillList, uniqueValues } from './people.ts';
import { readMessagingSurveys } from './surveys.ts';
import {
  asObject,
  booleanOf,
  idOf,
  type JsonObject,
  nameOf,
  numberOf,
  scoreOf,
  objectsOf,
  textOf,
  timeOf,
  writtenText,
} from './values.ts';
import { waitingOf } from './waiting.ts';

const channels: Readonly<Record<string, string>> = {
  SHARK: 'Web',
  APP: 'App',
  AGENT: 'Agent',
  SMS: 'SMS',
  FACEBOOK: 'Facebook',
};

const participantLists = ['agentParticipants', 'agentParticipantsActive', 'agentParticipantsLeave'] as const;

function joined(participant: JsonObject): number {
  return timeOf(participant, 'time') ?? Number.MAX_SAFE_INTEGER;
}

/** Every agent the record names, in the order they came in; transfers may name some that are no participants. */
function readAgents(record: JsonObject, info: JsonObject): AgentList {
  const agents = new AgentList();
  const participants = participantLists.flatMap((list) => objectsOf(record[list]));
  for (const participant of participants.toSorted((a, b) => joined(a) - joined(b))) {
    agents.add(readAgent(participant, 'agent'));
  }
  for (const interaction of objectsOf(record['interactions'])) {
    agents.add(readAgent(interaction, 'assignedAgent'));
    agents.add(readAgent({ ...interaction, agentId: interaction['assignedAgentId'] }, 'agent'));
  }
  agents.add(readAgent(info, 'latestAgent'));
  for (const transfer of objectsOf(record['transfers'])) {
    agents.add(readAgent(transfer, 'sourceAgent'));
    agents.add(readAgent(transfer, 'assignedAgent'));
  }
  return agents;
}

function readSkills(record: JsonObject, info: JsonObject): SkillList {
  const skills = new SkillList();
  for (const transfer of objectsOf(record['transfers'])) {
    skills.add(transfer['sourceSkillId'], transfer['sourceSkillName']);
    skills.add(transfer['targetSkillId'], transfer['targetSkillName']);
  }
  for (const dialog of objectsOf(record['dialogs'])) skills.add(dialog['skillId'], dialog['skillName']);
  // The fields of skill changes are undocumented: anything called …SkillId with a …SkillName beside it counts.
  for (const change of objectsOf(record['skillChanges'])) {
    for (const key of Object.keys(change)) {
      if (/skillId$/iu.test(key)) skills.add(change[key], change[`${key.slice(0, -2)}Name`]);
    }
  }
  skills.add(info['latestSkillId'], info['latestSkillName']);
  return skills;
}

function consumersOf(record: JsonObject): readonly JsonObject[] {
  return [...objectsOf(record['consumerParticipants']), ...objectsOf(record['consumerParticipant'])];
}

/** Consumer fields hold `undefined` or `0` where nothing is known. */
function givenText(value: unknown): string | null {
  const text = textOf(value);
  return text === '0' ? null : text;
}

function consumerName(consumer: JsonObject): string | null {
  const parts = [givenText(consumer['firstName']), givenText(consumer['lastName'])].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' ') : givenText(consumer['consumerName']);
}

function keep(list: string[], value: string | null): void {
  if (value !== null && !list.includes(value)) list.push(value);
}

function readConsumers(record: JsonObject, info: JsonObject): StatedCustomer & { byId: Map<string, string> } {
  const stated = { ids: [] as string[], names: [] as string[], emails: [] as string[], phones: [] as string[] };
  const byId = new Map<string, string>();
  for (const consumer of consumersOf(record)) {
    const id = idOf(consumer['participantId']);
    const name = consumerName(consumer);
    keep(stated.ids, id);
    keep(stated.names, name);
    keep(stated.names, givenText(consumer['consumerName']));
    keep(stated.emails, givenText(consumer['email']));
    keep(stated.phones, givenText(consumer['phone']));
    if (id !== null && name !== null) byId.set(id, name);
  }
  keep(stated.ids, idOf(info['visitorId']));
  return { ...stated, byId };
}

function partyOf(transfer: JsonObject, agent: string, skill: string): string {
  const known = readAgent(transfer, agent);
  const skillId = idOf(transfer[`${skill}Id`]);
  const skillName = skillId === null ? null : (nameOf(transfer[`${skill}Name`]) ?? skillId);
  return [known === null ? null : agentName(known), skillName].filter((part) => part !== null).join(', ');
}

function readTransfers(record: JsonObject): Transfer[] {
  return objectsOf(record['transfers']).map((transfer) => ({
    time: timeOf(transfer, 'time'),
    reason: textOf(transfer['reason']) ?? '',
    from: partyOf(transfer, 'sourceAgent', 'sourceSkill'),
    to: partyOf(transfer, 'assignedAgent', 'targetSkill'),
  }));
}

/** Ids of dialogs, and of messages that do not contain the id of the conversation or a dialog anyway. */
function readIds(record: JsonObject, conversationId: string): FilterValue[] {
  const known = new Set<string>();
  for (const list of ['dialogs', 'messageRecords'] as const) {
    for (const entry of objectsOf(record[list])) known.add(idOf(entry['dialogId']) ?? conversationId);
  }
  known.delete(conversationId);
  const containers = [conversationId, ...known];
  for (const message of objectsOf(record['messageRecords'])) {
    const id = textOf(message['messageId']);
    if (id !== null && !containers.some((container) => id.includes(container))) known.add(id);
  }
  return uniqueValues([filterValue(conversationId, ...known)]);
}

/** `CLOSE` or `OPEN`; a record that does not say is open while it has no end. */
function isOpen(info: JsonObject, endedAt: number | null): boolean {
  const status = textOf(info['status'])?.toUpperCase();
  return status === undefined ? endedAt === null : status === 'OPEN';
}

/** End of the last dialog, post-conversation surveys included; null while one of them is open. */
function settledAt(info: JsonObject, open: boolean, endedAt: number | null): number | null {
  if (open || textOf(info['fullDialogStatus'])?.toUpperCase() === 'OPEN') return null;
  const ends = [timeOf(info, 'fullDialogEndTime'), timeOf(info, 'endTime'), endedAt].filter((end) => end !== null);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** One record of the Messaging Interactions API. `remoteId` and `startedAt` were checked by the caller. */
export function decodeMessaging(
  record: JsonObject,
  remoteId: string,
  startedAt: number,
  erased: boolean,
): DecodedConversation {
  const info = asObject(record['info']);
  const agents = readAgents(record, info);
  const skills = readSkills(record, info);
  const consumers = readConsumers(record, info);
  const { messages, features: messageFeatures } = readMessages(record, remoteId, startedAt, {
    agents,
    consumers: consumers.byId,
  });
  const surveys = readMessagingSurveys(record);
  const [attributes, identity] = readAttributes(record['sdes'], record['unAuthSdes']);
  const reading = readCustomer(consumers, identity, surveys.answers);
  const transfers = readTransfers(record);
  const details = new DetailList();
  readMessagingDetails(record, info, details);
  const place = readPlace(asObject(record['monitoring']), info, details);
  const campaign = readCampaign(record['campaign'], details);
  const features = new Set(messageFeatures);
  if (readCoBrowse(record['coBrowseSessions'], details)) features.add('cobrowse');
  if (surveys.answers.length > 0) features.add('survey');
  if (transfers.length > 0) features.add('transfer');
  const endedAt = timeOf(info, 'conversationEndTime') ?? timeOf(info, 'endTime') ?? timeOf(info, 'fullDialogEndTime');
  const open = isOpen(info, endedAt);
  const channel = textOf(info['source']);
  const closeReason = nameOf(info['closeReason']);
  const closeDescription = nameOf(info['closeReasonDescription']);
  const languages = [textOf(info['language']), ...identity.languages].filter((language) => language !== null);
  const flags: DecodedConversation['flags'] = [];
  if (booleanOf(info['isPartial']) === true) flags.push('partial');
  if (open) flags.push('open');
  if (erased) flags.push('erased');
  return {
    source: 'messaging',
    remoteId,
    startedAt,
    endedAt,
    durationMs: durationOf(numberOf(info['duration']), startedAt, endedAt),
    waitingMs: waitingOf(messages, startedAt),
    status: open ? 'open' : 'closed',
    agents: agents.agents,
    skills: skills.skills,
    customer: reading.customer,
    csat: scoreOf(info['csatRate']) ?? scoreOf(info['csat']) ?? surveys.csat,
    nps: scoreOf(info['nps']) ?? surveys.nps,
    mcs: scoreOf(info['mcs']),
    messages,
    surveys: surveys.answers,
    attributes,
    transfers,
    summary: writtenText(asObject(record['summary'])['text']),
    details: details.details,
    flags,
    filters: {
      ...reading.filters,
      agent: agents.filterValues,
      skill: skills.filterValues,
      group: agents.groupValues,
      id: readIds(record, remoteId),
      campaign,
      country: place.country,
      device: place.device,
      language: uniqueValues(languages.map((language) => filterValue(language))),
      channel: uniqueValues([filterValue(channel === null ? null : (channels[channel] ?? channel), channel)]),
      reason: uniqueValues([filterValue(closeReason ?? closeDescription, closeDescription)]),
    },
    features: [...features],
    bot: agents.hasBot,
    settledAt: settledAt(info, open, endedAt),
  };
}
