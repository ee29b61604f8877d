import type { Message, MessageKind, Role } from '../../../preload/model.ts';
import { readAttributes } from './attributes.ts';
import type { DecodedConversation, Feature, FilterValue } from './decoded.ts';
import { DetailList, readCampaign, readCoBrowse, readOtherFacts, readPlace } from './facts.ts';
import { readCustomer } from './identity.ts';
import { AgentList, filterValue, readAgent, SkillList, uniqueValues } from './people.ts';
import { readChatSurveys } from './surveys.ts';
import { leavesOf, type ReadableText, readRichContent, readRichContentText, readText } from './text.ts';
import {
  asArray,
  asObject,
  booleanOf,
  idOf,
  type JsonObject,
  numberOf,
  scoreOf,
  textOf,
  timeOf,
  writtenText,
} from './values.ts';
import { waitingOf } from './waiting.ts';

const roles: Readonly<Record<string, Role>> = { visitor: 'customer', agent: 'agent', system: 'system' };
const speakers: Readonly<Record<Role, string>> = {
  customer: 'Visitor',
  agent: 'Agent',
  bot: 'Bot',
  system: 'System',
  other: 'Unknown',
};
const kinds: Readonly<Record<string, MessageKind>> = {
  plain: 'text',
  html: 'text',
  url: 'link',
  'rich-content': 'rich',
};
const channels: Readonly<Record<string, string>> = { '1': 'Web', '2': 'Voice' };
/** Fields of `info` that are read somewhere, or whose content is told by another one. */
const knownFacts: ReadonlySet<string> = new Set(
  (
    'engagementId accountId startTime endTime duration chatRequestedTime visitorId visitorName isInteractive interactive ended ' +
    'isPartial chatDataEnriched agentId agentNickName agentNickname agentName agentLoginName agentFullName agentFullname ' +
    'agentDeleted agentGroupId agentGroupName skillId skillName channel startReason startReasonDesc endReason endReasonDesc ' +
    'engagementSet engagementSequence isPreChatSurvey isPostChatSurvey isAgentSurvey alertedMCS chatMCS chatStartUrl ' +
    'chatStartPage sharkEngagementId'
  ).split(' '),
);
/** Reasons that say the chat came from, or went on with, somebody else. */
const transferStarts: ReadonlySet<string> = new Set(['1', '6']);
const transferEnds: ReadonlySet<string> = new Set(['101', '106']);

function roleOf(line: JsonObject): Role {
  const source = textOf(line['source'])?.toLowerCase();
  if (source !== undefined) return roles[source] ?? 'other';
  if (textOf(line['by']) === 'info') return 'system';
  const agentId = idOf(line['agentId']);
  return agentId !== null && agentId !== '0' ? 'agent' : 'other';
}

function contentOf(line: JsonObject): { kind: MessageKind; content: ReadableText; rich: boolean } {
  const type = textOf(line['textType'])?.toLowerCase();
  const text = writtenText(line['text']);
  const json = line['json'];
  const hasJson = json !== undefined && json !== null;
  const written: ReadableText = text === null ? { text: '', links: [] } : readText(text, type === 'html');
  const kind: MessageKind = type === undefined ? (hasJson ? 'rich' : 'text') : (kinds[type] ?? 'unknown');
  if (type === 'url' && text !== null && written.links.length === 0) written.links.push(text);
  let rich: ReadableText = { text: '', links: [] };
  if (hasJson) {
    rich =
      kind === 'unknown'
        ? { text: [...leavesOf(json)].map(({ value }) => value).join('\n'), links: [] }
        : readJson(json);
  }
  const content = {
    text: [written.text, rich.text].filter((part) => part !== '').join('\n'),
    links: [...written.links, ...rich.links],
  };
  return { kind, content, rich: hasJson || kind === 'rich' };
}

function readJson(json: unknown): ReadableText {
  return typeof json === 'string' ? readRichContentText(json) : readRichContent(json);
}

/** One line with what it takes to put it into reading order. */
interface Line {
  message: Message;
  /** Time for ordering: the line's own, else that of the line before. */
  order: number;
  sequence: number | null;
  features: Feature[];
}

function readLine(line: JsonObject, position: number, before: number): Line {
  const role = roleOf(line);
  const { kind, content, rich } = contentOf(line);
  const time = timeOf(line, 'time');
  const isPrivate = textOf(line['subType'])?.toUpperCase() === 'ONLY_TO_REP';
  const features: Feature[] = [];
  if (isPrivate) features.push('note');
  if (rich) features.push('rich');
  if (content.links.length > 0) features.push('link');
  return {
    message: {
      index: position,
      id: idOf(line['lineSeq']) ?? String(position),
      time,
      role,
      speaker: textOf(line['by']) ?? speakers[role],
      text: content.text,
      kind: role === 'system' && kind === 'text' ? 'event' : kind,
      private: isPrivate,
    },
    order: time ?? before,
    sequence: numberOf(line['lineSeq']),
    features,
  };
}

/** By time; lines of one instant by `lineSeq` if all of them have one; else as they came. */
function inReadingOrder(lines: readonly Line[]): Line[] {
  const sorted = lines.toSorted((a, b) => a.order - b.order);
  const result: Line[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]?.order === sorted[from]?.order) to += 1;
    const instant = sorted.slice(from, to);
    const numbered = instant.every(({ sequence }) => sequence !== null);
    result.push(...(numbered ? instant.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)) : instant));
    from = to;
  }
  return result;
}

function readLines(record: JsonObject, startedAt: number): Line[] {
  const lines: Line[] = [];
  let before = startedAt;
  for (const [position, value] of asArray(asObject(record['transcript'])['lines']).entries()) {
    const line = readLine(asObject(value), position, before);
    before = line.order;
    lines.push(line);
  }
  return inReadingOrder(lines);
}

function readAgents(info: JsonObject, lines: readonly unknown[]): AgentList {
  const agents = new AgentList();
  const main = readAgent(info, 'agent');
  agents.add(main);
  for (const value of lines) {
    const line = asObject(value);
    const id = idOf(line['agentId']);
    if (id === null || id === '0' || id === main?.id || roleOf(line) !== 'agent') continue;
    agents.add(readAgent({ agentId: id, agentNickname: line['by'] }, 'agent'));
  }
  return agents;
}

function readReasons(info: JsonObject): FilterValue[] {
  const [start, startCode] = [textOf(info['startReasonDesc']), textOf(info['startReason'])];
  const [end, endCode] = [textOf(info['endReasonDesc']), textOf(info['endReason'])];
  return uniqueValues([filterValue(end ?? endCode ?? start ?? startCode, endCode, start)]);
}

function readDetails(info: JsonObject, details: DetailList): void {
  details.addNamed('Start reason', info['startReasonDesc'], info['startReason']);
  details.addNamed('End reason', info['endReasonDesc'], info['endReason']);
  const requested = timeOf(info, 'chatRequestedTime');
  details.add('Chat requested', requested === null ? null : new Date(requested).toISOString());
  details.add('Start page', info['chatStartPage']);
  details.add('Start address', info['chatStartUrl']);
  details.addYesNo('Visitor wrote', info['isInteractive'] ?? info['interactive']);
  details.add('Alerted MCS', info['alertedMCS']);
  details.add('Engagement set', info['engagementSet']);
  details.add('Engagement sequence', info['engagementSequence']);
  details.addYesNo('Agent deleted', info['agentDeleted']);
  details.add('Internal engagement', info['sharkEngagementId']);
  readOtherFacts(info, knownFacts, details);
}

/** One record of the Engagement History API. `remoteId` and `startedAt` were checked by the caller. */
export function decodeChat(
  record: JsonObject,
  remoteId: string,
  startedAt: number,
  erased: boolean,
): DecodedConversation {
  const info = asObject(record['info']);
  const lines = readLines(record, startedAt);
  const agents = readAgents(info, asArray(asObject(record['transcript'])['lines']));
  const skills = new SkillList();
  skills.add(info['skillId'], info['skillName']);
  const surveys = readChatSurveys(record['surveys']);
  const [attributes, identity] = readAttributes(record['sdes'], record['unAuthSdes']);
  const visitorId = idOf(info['visitorId']);
  const visitorName = textOf(info['visitorName']);
  const reading = readCustomer(
    {
      ids: visitorId === null ? [] : [visitorId],
      names: visitorName === null ? [] : [visitorName],
      emails: [],
      phones: [],
    },
    identity,
    surveys.answers,
  );
  const details = new DetailList();
  readDetails(info, details);
  const place = readPlace(asObject(record['visitorInfo']), {}, details);
  const campaign = readCampaign(record['campaign'], details);
  const coBrowse = readCoBrowse(record['coBrowseSessions'], details);
  const endedAt = timeOf(info, 'endTime');
  const seconds = numberOf(info['duration']);
  const features = new Set(lines.flatMap((line) => line.features));
  if (surveys.answers.length > 0) features.add('survey');
  if (coBrowse) features.add('cobrowse');
  if (transferStarts.has(textOf(info['startReason']) ?? '') || transferEnds.has(textOf(info['endReason']) ?? '')) {
    features.add('transfer');
  }
  const open = booleanOf(info['ended']) === false;
  const accountId = idOf(info['accountId']);
  const realTimeId = accountId !== null && remoteId.startsWith(accountId) ? remoteId.slice(accountId.length) : null;
  const channel = idOf(info['channel']);
  const flags: DecodedConversation['flags'] = [];
  if (booleanOf(info['isPartial']) === true) flags.push('partial');
  if (booleanOf(info['chatDataEnriched']) === false) flags.push('not-enriched');
  if (open) flags.push('open');
  if (erased) flags.push('erased');
  return {
    source: 'chat',
    remoteId,
    startedAt,
    endedAt,
    durationMs: durationOf(seconds === null ? null : seconds * 1000, startedAt, endedAt),
    waitingMs: waitingOf(
      lines.map(({ message }) => message),
      timeOf(info, 'chatRequestedTime') ?? startedAt,
    ),
    status: open ? 'open' : 'closed',
    agents: agents.agents,
    skills: skills.skills,
    customer: reading.customer,
    csat: surveys.csat,
    nps: surveys.nps,
    mcs: scoreOf(info['chatMCS']),
    messages: lines.map(({ message }, index) => ({ ...message, index })),
    surveys: surveys.answers,
    attributes,
    transfers: [],
    summary: null,
    details: details.details,
    flags,
    filters: {
      ...reading.filters,
      agent: agents.filterValues,
      skill: skills.filterValues,
      group: agents.groupValues,
      id: uniqueValues([filterValue(remoteId, realTimeId, idOf(info['sharkEngagementId']))]),
      campaign,
      country: place.country,
      device: place.device,
      language: uniqueValues(identity.languages.map((language) => filterValue(language))),
      channel: uniqueValues([filterValue(channel === null ? null : (channels[channel] ?? channel), channel)]),
      reason: readReasons(info),
    },
    features: [...features],
    bot: agents.hasBot,
  };
}

/** The duration as stated, else from start to end. */
export function durationOf(stated: number | null, startedAt: number, endedAt: number | null): number | null {
  if (stated !== null && stated >= 0 && Number.isSafeInteger(Math.round(stated))) return Math.round(stated);
  return endedAt === null || endedAt < startedAt ? null : endedAt - startedAt;
}
