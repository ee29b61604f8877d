import { attributesOf, lastOfEachType } from './attributes.ts';
import { campaignOf, cobrowseOf, visitorInfoOf } from './chat-record.ts';
import { timePair } from './clock-text.ts';
import { bots, international, pages, skills, unassigned } from './company.ts';
import type { DemoAgent, Skill } from './company.ts';
import { english } from './data/english.ts';
import type { JsonObject } from './json.ts';
import { messageOf } from './messages.ts';
import { agentSurveyOf, conversationSurveysOf, ratingOf } from './messaging-surveys.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { erasedMarker } from './record-faults.ts';
import { writeScript } from './script.ts';
import type { Script, Turn } from './script.ts';

/** The Messaging Interactions record of a plan as it is at `at`; `whole` is what a request by id gets. */
export function messagingRecord(plan: Plan, accountId: string, at: number, whole: boolean): JsonObject {
  const random = createRandom(plan.key, 'messaging');
  const script = writeScript(plan);
  const closed = at >= plan.endedAt;
  const erased = plan.erasedAt !== null && at >= plan.erasedAt;
  const said = script.turns.filter((turn) => turn.at <= at && turn.who !== 'system');
  const shown = plan.long && !whole ? said.slice(0, 120) : said;
  const cast = castOf(said);
  const moved = script.turns.filter((turn) => turn.who === 'system' && turn.at <= at);
  const attributes = attributesOf(plan, script.facts);
  const messages = shown.map((turn, index) => messageOf(turn, index, plan, { erased, whole, accountId }));
  const handover = random.chance(0.3);
  const lastHuman = cast.findLast((agent) => agent.userType === '1');
  return {
    info: infoOf(plan, {
      accountId,
      at,
      closed,
      erased,
      partial: plan.long && !whole,
      agent: lastHuman,
      asked: said.length,
    }),
    campaign: campaignOf(plan),
    messageRecords: messages,
    agentParticipants: cast.map((agent, index) => participantOf(agent, plan, plan.startedAt + 20_000 * (index + 1))),
    ...(random.chance(0.2) && cast[0]
      ? { agentParticipantsActive: [participantOf(cast[0], plan, plan.startedAt + 20_000)] }
      : {}),
    consumerParticipants: [consumerOf(plan, erased)],
    transfers: [
      ...(handover ? [transferOf(plan, plan.startedAt + 12_000, 'Skill', bots.routing, null, unassigned)] : []),
      ...moved.map((turn) =>
        transferOf(
          plan,
          turn.at,
          random.pick(['Agent', 'back2Q', 'TakeOver']),
          script.agents[0] ?? bots.routing,
          turn,
          skillOf(plan),
        ),
      ),
    ],
    interactions: cast.map((agent, index) => ({
      assignedAgentId: agent.id,
      assignedAgentFullName: agent.fullName,
      ...timePair('interactionTime', plan.startedAt + 20_000 * (index + 1)),
      interactiveSequence: index + 1,
      dialogId: plan.remoteId,
    })),
    ...(random.chance(0.5)
      ? { messageScores: messages.slice(0, 3).map((message, index) => scoreOf(message, index)) }
      : {}),
    messageStatuses: messages.slice(-2).map((message, index) => statusOf(message, index, plan)),
    ...conversationSurveysOf(plan, script, at, erased),
    ...(random.chance(0.03)
      ? {
          coBrowseSessions: {
            coBrowseSessionsList: [{ ...cobrowseOf(plan), type: 'inApp', capabilities: ['view', 'click'] }],
          },
        }
      : {}),
    ...(closed && random.chance(0.35) ? { summary: summaryOf(plan, script, erased) } : {}),
    ...(erased ? {} : { sdes: { events: whole ? attributes.known : lastOfEachType(attributes.known) } }),
    ...(attributes.anonymous.length > 0 ? { unAuthSdes: { events: attributes.anonymous } } : {}),
    ...(random.chance(0.9) ? { monitoring: monitoringOf(plan, erased) } : {}),
    dialogs: dialogsOf(plan, closed),
    ...(closed ? {} : { responseTime: { latestEffectiveResponseDueTime: -1, configuredResponseTime: 3600 } }),
    ...agentSurveyOf(plan, at, lastHuman),
  };
}

function skillOf(plan: Plan): Skill {
  return plan.customer.language === english ? skills[plan.topic] : international;
}

/** Who has written so far: bots first, then advisers as they came in. */
function castOf(said: readonly Turn[]): DemoAgent[] {
  const cast = new Map<string, DemoAgent>();
  for (const turn of said) if (turn.agent !== null) cast.set(turn.agent.id, turn.agent);
  return [...cast.values()];
}

function infoOf(
  plan: Plan,
  state: {
    accountId: string;
    at: number;
    closed: boolean;
    erased: boolean;
    partial: boolean;
    agent: DemoAgent | undefined;
    asked: number;
  },
): JsonObject {
  const random = createRandom(plan.key, 'info');
  const { customer } = plan;
  const { closed, agent } = state;
  const surveyed = plan.surveyAt !== null && state.at >= plan.surveyAt;
  const dialogEnd = !closed ? null : surveyed ? plan.surveyAt : plan.endedAt;
  const skill = agent === undefined ? unassigned : skillOf(plan);
  const score = random.between(15, 95);
  const [reason, description] = random.pick([
    ['AGENT', 'MANUAL_CLOSE'],
    ['CONSUMER', 'MANUAL_CLOSE'],
    ['SYSTEM', 'TIMEOUT'],
    ['AGENT', 'MANUAL_CLOSE'],
  ] as const);
  return {
    conversationId: plan.remoteId,
    brandId: state.accountId,
    status: closed ? 'CLOSE' : 'OPEN',
    fullDialogStatus: closed && (plan.surveyAt === null || surveyed) ? 'CLOSE' : 'OPEN',
    ...timePair('startTime', plan.startedAt),
    ...timePair('endTime', dialogEnd),
    ...timePair('conversationEndTime', closed ? plan.endedAt : null),
    ...timePair('fullDialogEndTime', dialogEnd),
    duration: (closed ? plan.endedAt : state.at) - plan.startedAt,
    ...(closed ? { closeReason: reason, closeReasonDescription: description } : {}),
    firstConversation: random.chance(0.4),
    isPartial: state.partial,
    ...(surveyed ? { csatRate: ratingOf(plan) } : {}),
    mcs: score,
    alertedMCS: score < 35 ? -1 : score > 65 ? 1 : 0,
    source:
      customer.device === 'DESKTOP' ? 'SHARK' : random.pick(['APP', 'SHARK', 'WHATSAPP', 'SMS', 'FACEBOOK', 'APP']),
    device: random.chance(0.06) ? 'undefined' : customer.device,
    browser: customer.browser,
    operatingSystem: customer.operatingSystem,
    latestSkillId: skill.id,
    latestSkillName: skill.name,
    ...(agent === undefined
      ? { latestAgentId: 'undefined' }
      : {
          latestAgentId: agent.id,
          latestAgentLoginName: agent.login,
          latestAgentNickname: agent.nick,
          latestAgentFullName: agent.fullName,
          latestAgentGroupId: agent.groupId,
          latestAgentGroupName: agent.groupName,
          agentDeleted: agent.deleted,
        }),
    latestQueueState: agent === undefined && state.asked > 0 && !closed ? 'IN_QUEUE' : 'ACTIVE',
    visitorId: customer.visitorId,
    timeZone: customer.timeZone,
    language: customer.language.code,
    features: ['CO_BROWSE', 'PHOTO_SHARING', 'SECURE_FORMS'].slice(0, random.between(0, 3)),
    ipAddress: state.erased ? erasedMarker : customer.ipAddress,
    latestHandlerAccountId: state.accountId,
    ...(random.chance(0.3) ? { firstIntentName: plan.topic, firstIntentLabel: skillOf(plan).name } : {}),
  };
}

function participantOf(agent: DemoAgent, plan: Plan, time: number): JsonObject {
  return {
    agentId: agent.id,
    agentLoginName: agent.login,
    agentNickname: agent.nick,
    agentFullName: agent.fullName,
    agentDeleted: agent.deleted,
    ...timePair('time', time),
    role: agent.userType === '2' ? 'AGENT_BOT' : 'AGENT',
    userType: agent.userType,
    userTypeName: agent.userTypeName,
    agentGroupId: agent.groupId,
    agentGroupName: agent.groupName,
    permission: 'ASSIGNED_AGENT',
    dialogId: plan.remoteId,
  };
}

function consumerOf(plan: Plan, erased: boolean): JsonObject {
  const { customer } = plan;
  const random = createRandom(plan.key, 'consumer');
  const hide = (text: string) => (erased ? erasedMarker : text);
  return {
    participantId: customer.consumerId,
    firstName: hide(customer.firstName),
    lastName: random.chance(0.15) ? 'undefined' : hide(customer.lastName),
    consumerName: hide(`${customer.firstName} ${customer.lastName}`),
    email: random.chance(0.2) ? 'undefined' : hide(customer.email),
    phone: random.chance(0.3) ? '0' : hide(customer.phone),
    token: 'undefined',
    ...timePair('time', plan.startedAt + 10),
    ...timePair('joinTime', plan.startedAt + 10),
    dialogId: plan.remoteId,
  };
}

function transferOf(
  plan: Plan,
  time: number,
  reason: string,
  from: DemoAgent,
  to: Turn | null,
  source: Skill,
): JsonObject {
  const target = skillOf(plan);
  return {
    ...timePair('time', time),
    reason,
    by: from.id,
    targetSkillId: target.id,
    targetSkillName: target.name,
    sourceSkillId: source.id,
    sourceSkillName: source.name,
    sourceAgentId: from.id,
    sourceAgentFullName: from.fullName,
    sourceAgentLoginName: from.login,
    sourceAgentNickname: from.nick,
    assignedAgentId: to?.agent?.id ?? 'null',
    dialogId: plan.remoteId,
  };
}

function scoreOf(message: JsonObject, index: number): JsonObject {
  return {
    messageId: message['messageId'],
    messageRawScore: (index * 5) % 7,
    mcs: 50 + index,
    time: message['time'],
    timeL: message['timeL'],
  };
}

function statusOf(message: JsonObject, index: number, plan: Plan): JsonObject {
  return {
    messageId: message['messageId'],
    seq: message['seq'],
    time: message['time'],
    timeL: message['timeL'],
    participantId: plan.customer.consumerId,
    participantType: 'Consumer',
    messageDeliveryStatus: index === 0 ? 'READ' : 'ACCEPT',
    dialogId: plan.remoteId,
  };
}

function summaryOf(plan: Plan, script: Script, erased: boolean): JsonObject {
  const { order, ref, product } = script.facts;
  const text = createRandom(plan.key, 'summary').pick([
    `Customer asked about ${order}. Explained status, reference ${ref}.`,
    `${product.name}: ${plan.topic} case, solved. Ref ${ref}`,
    `Follow-up needed for ${ref}, customer expects an e-mail.`,
    `Long-standing customer, goodwill given for ${order}.`,
  ]);
  return { text: erased ? erasedMarker : text, lastUpdatedTime: plan.endedAt - 500 };
}

function monitoringOf(plan: Plan, erased: boolean): JsonObject {
  const [url, title] = createRandom(plan.key, 'page').pick(pages);
  return { ...visitorInfoOf(plan, erased), conversationStartPage: url, conversationStartPageTitle: title };
}

function dialogsOf(plan: Plan, closed: boolean): JsonObject[] {
  const skill = skillOf(plan);
  return [
    {
      dialogId: plan.remoteId,
      status: closed ? 'CLOSE' : 'OPEN',
      dialogType: 'MAIN',
      dialogChannelType: 'MESSAGING',
      ...timePair('startTime', plan.startedAt),
      ...timePair('endTime', closed ? plan.endedAt : null),
      skillId: skill.id,
      skillName: skill.name,
    },
  ];
}
