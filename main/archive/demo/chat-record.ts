import { attributesOf } from './attributes.ts';
import { timePair } from './clock-text.ts';
import { campaigns, international, pages, skills } from './company.ts';
import type { DemoAgent } from './company.ts';
import { english } from './data/english.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { erasedMarker } from './record-faults.ts';
import { escapeHtml, richCard } from './rich-content.ts';
import { writeScript } from './script.ts';
import type { Script, Turn } from './script.ts';

/** The Engagement History record of a plan as it is at `at`; `whole` is what a request by id gets. */
export function chatRecord(plan: Plan, accountId: string, at: number, whole: boolean): JsonObject {
  const random = createRandom(plan.key, 'chat');
  const script = writeScript(plan);
  const agent = script.agents.at(-1);
  if (agent === undefined) throw new Error('A chat needs an adviser.');
  const erased = plan.erasedAt !== null && at >= plan.erasedAt;
  const enriched = at >= plan.enrichedAt;
  const silent = plan.endedAt - plan.startedAt < 60_000;
  const turns = silent ? script.turns.filter((turn) => turn.who === 'system') : script.turns;
  const cut = plan.long && !whole ? turns.slice(0, 200) : turns;
  const lines = linesOf(cut, plan, agent, erased);
  const pre = random.chance(0.5);
  const filled = plan.surveyAt !== null && at >= plan.surveyAt;
  const score = random.between(18, 92);
  const [url, title] = random.pick(pages);
  const cobrowse = random.chance(0.04);
  const record: JsonObject = {
    info: {
      ...timePair('startTime', plan.startedAt),
      ...timePair('endTime', plan.endedAt),
      duration: Math.floor((plan.endedAt - plan.startedAt) / 1000),
      ...timePair('chatRequestedTime', plan.startedAt - random.between(2_000, 90_000)),
      visitorId: plan.customer.visitorId,
      visitorName: erased
        ? erasedMarker
        : pre
          ? plan.customer.firstName
          : random.pick(['You', 'Visitor', plan.customer.firstName]),
      engagementId: plan.remoteId,
      accountId,
      isInteractive: !silent,
      interactive: !silent,
      ended: true,
      isPartial: plan.long && !whole,
      chatDataEnriched: enriched,
      agentId: agent.id,
      agentNickName: agent.nick,
      agentLoginName: agent.login,
      agentFullName: agent.fullName,
      agentDeleted: agent.deleted,
      agentGroupId: agent.groupId,
      agentGroupName: agent.groupName,
      ...skillOf(plan, random.chance(0.05)),
      channel: 1,
      ...reasonsOf(plan, random.pick([...endReasons])),
      engagementSet: 0,
      engagementSequence: plan.part === 2 ? 1 : 0,
      isPreChatSurvey: pre,
      isPostChatSurvey: plan.surveyAt !== null,
      isAgentSurvey: random.chance(0.1),
      mcs: null,
      alertedMCS: score < 35 ? -1 : score > 65 ? 1 : 0,
      chatMCS: score,
      ...(random.chance(0.9) ? { chatStartUrl: url, chatStartPage: title } : {}),
    },
    transcript: { lines },
    ...(random.chance(0.5) ? { lineScores: lineScoresOf(lines, score) } : {}),
    campaign: campaignOf(plan),
    ...(random.chance(0.93) ? { visitorInfo: visitorInfoOf(plan, erased) } : {}),
    ...(cobrowse ? { coBrowseSessions: { coBrowseSessionsList: [cobrowseOf(plan)] } } : {}),
    ...surveysOf(plan, script, { pre, filled, erased }),
    ...(enriched && !erased ? { sdes: { events: attributesOf(plan, script.facts).known } } : {}),
  };
  return record;
}

const endReasons = [
  ['210', 'Visitor closed chat'],
  ['208', 'Visitor is no longer in the chat'],
  ['201', 'Rep stopped chat'],
  ['205', 'Visitor disconnected'],
] as const;

function reasonsOf(plan: Plan, end: readonly [string, string]): JsonObject {
  return {
    ...(plan.part === 2
      ? { startReason: '6', startReasonDesc: 'Reassigned to skill' }
      : { startReason: '0', startReasonDesc: 'Visitor request' }),
    ...(plan.part === 1
      ? { endReason: '106', endReasonDesc: 'Transfer, reassigned to skill' }
      : { endReason: end[0], endReasonDesc: end[1] }),
  };
}

function skillOf(plan: Plan, none: boolean): JsonObject {
  if (none) return { skillId: -1, skillName: 'Unassigned' };
  const skill =
    plan.customer.language !== english ? international : plan.part === 2 ? skills.complaint : skills[plan.topic];
  return { skillId: skill.id, skillName: skill.name };
}

function linesOf(turns: readonly Turn[], plan: Plan, agent: DemoAgent, erased: boolean): JsonObject[] {
  const random = createRandom(plan.key, 'lines');
  let sequence = 1;
  const line = (at: number, rest: JsonObject): JsonObject => {
    sequence += random.between(1, 3);
    return { ...timePair('time', at), lineSeq: String(sequence), ...rest };
  };
  const system = (at: number, controlType: number, text: string) =>
    line(at, {
      controlType,
      text,
      by: 'info',
      source: 'system',
      subType: 'REGULAR',
      textType: 'plain',
      cannedAnswerType: 0,
      agentId: 0,
    });
  const lines = [
    system(plan.startedAt - 1500, 4, 'Thank you for contacting Acme. An adviser will be with you shortly.'),
  ];
  for (const turn of turns) {
    if (turn.who === 'system') {
      lines.push(system(turn.at, 3, turn.text));
      continue;
    }
    const customer = turn.who === 'customer';
    const by = customer ? plan.customer.firstName : agent.nick;
    lines.push(
      line(turn.at, {
        controlType: 0,
        ...contentOf(turn, erased),
        by: customer && erased ? erasedMarker : by,
        source: customer ? 'visitor' : 'agent',
        subType: turn.who === 'note' ? 'ONLY_TO_REP' : 'REGULAR',
        cannedAnswerType: customer
          ? 0
          : random.weighted([
              [0, 7],
              [812, 2],
              [-812, 1],
            ] as const),
        agentId: customer ? 0 : Number(agent.id),
      }),
    );
  }
  lines.push(system(plan.endedAt, 5, 'The chat has ended.'));
  return lines;
}

function contentOf(turn: Turn, erased: boolean): JsonObject {
  if (erased) return { textType: 'plain', text: erasedMarker };
  if (turn.kind === 'html')
    return { textType: 'html', text: `<div dir="auto"><b>${escapeHtml(turn.text)}</b><br>&nbsp;</div>` };
  if (turn.kind === 'link') return { textType: 'url', text: turn.text };
  if (turn.kind === 'rich')
    return { textType: 'rich-content', json: richCard(turn.text, 'https://www.acme-retail.example/help') };
  return { textType: 'plain', text: turn.text };
}

function lineScoresOf(lines: readonly JsonObject[], score: number): JsonValue {
  return lines
    .filter((line) => line['source'] === 'visitor')
    .map((line, index) => ({
      lineSeq: line['lineSeq'],
      lineRawScore: ((index * 7) % 9) - 4,
      mcs: Math.max(0, score - index),
    }));
}

export function campaignOf(plan: Plan): JsonObject {
  const campaign = createRandom(plan.key, 'campaign').pick(campaigns);
  return {
    campaignId: campaign.id,
    campaignName: campaign.name,
    campaignEngagementId: campaign.engagementId,
    campaignEngagementName: campaign.engagementName,
    goalId: campaign.goalId,
    goalName: campaign.goalName,
    visitorBehaviorId: '32',
    visitorBehaviorName: 'Any behaviour',
    visitorProfileId: '33',
    visitorProfileName: 'All visitors',
    lobId: plan.source === 'chat' ? '-1' : -1,
    lobName: 'NA',
  };
}

export function visitorInfoOf(plan: Plan, erased: boolean): JsonObject {
  const { customer } = plan;
  return {
    country: customer.country,
    countryCode: customer.countryCode,
    state: '',
    city: customer.city,
    isp: '',
    org: '',
    device: customer.device,
    ipAddress: erased ? erasedMarker : customer.ipAddress,
    browser: customer.browser,
    operatingSystem: customer.operatingSystem,
  };
}

export function cobrowseOf(plan: Plan): JsonObject {
  const start = Math.floor(plan.startedAt + (plan.endedAt - plan.startedAt) / 3);
  const duration = Math.max(1000, Math.floor((plan.endedAt - plan.startedAt) / 4));
  return {
    sessionId: `cb-${plan.remoteId.slice(-8)}`,
    ...timePair('startTime', start),
    ...timePair('endTime', start + duration),
    interactive: duration % 2 === 0,
    endReason: 'UNKOWN',
    duration,
  };
}

function surveysOf(plan: Plan, script: Script, state: { pre: boolean; filled: boolean; erased: boolean }): JsonObject {
  const random = createRandom(plan.key, 'survey');
  const answer = (
    source: string,
    name: string,
    ids: [number, number],
    question: string,
    value: string,
    time: number,
  ): JsonObject => ({
    scope: 'Session',
    source,
    name,
    displayName: question,
    value: state.erased ? erasedMarker : value,
    values: [state.erased ? erasedMarker : value],
    answersId: [/^\d+$/u.test(value) ? Number(value) : -1],
    questionID: ids[1],
    surveyID: ids[0],
    ...timePair('time', time),
  });
  const surveys: JsonObject = {};
  if (state.pre) {
    const early = plan.startedAt - 2_000;
    surveys['preChat'] = [
      answer(
        'Pre-Chat',
        'Before we start',
        [5001, 1],
        'Your name',
        `${plan.customer.firstName} ${plan.customer.lastName}`,
        early,
      ),
      answer('Pre-Chat', 'Before we start', [5001, 2], 'E-mail address', plan.customer.email, early),
      ...(random.chance(0.5)
        ? [answer('Pre-Chat', 'Before we start', [5001, 3], 'Order number', script.facts.order, early)]
        : []),
    ];
  }
  const stars = random.weighted([
    [1, 8],
    [2, 6],
    [3, 12],
    [4, 30],
    [5, 44],
  ] as const);
  if (state.filled) {
    const late = plan.surveyAt ?? plan.endedAt;
    surveys['postChat'] = [
      answer('Exit', 'How did we do', [5002, 1], 'How satisfied are you? (1–5)', String(stars), late),
      answer('Exit', 'How did we do', [5002, 2], 'Was your question solved?', stars > 2 ? 'Yes' : 'No', late),
      ...(random.chance(0.6)
        ? [
            answer(
              'Exit',
              'How did we do',
              [5002, 3],
              'Would you recommend Acme? (0–10)',
              String(stars * 2 - random.between(0, 1)),
              late,
            ),
          ]
        : []),
      ...(random.chance(0.3)
        ? [
            answer(
              'Exit',
              'How did we do',
              [5002, 4],
              'Anything else?',
              random.pick(script.turns.filter((turn) => turn.who === 'customer')).text,
              late,
            ),
          ]
        : []),
    ];
  }
  if (random.chance(0.12)) {
    surveys['operator'] = [
      answer('operator', 'Wrap-up', [5003, 1], 'Topic of the chat', plan.topic, plan.endedAt + 15_000),
    ];
  }
  return Object.keys(surveys).length === 0 ? {} : { surveys };
}
