import type { DemoAgent } from './company.ts';
import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { erasedMarker } from './record-faults.ts';
import type { Script } from './script.ts';

/** Stars that the customer gives, 1 to 5: decided by the conversation's key. */
export function ratingOf(plan: Plan): number {
  return createRandom(plan.key, 'stars').weighted([
    [1, 9],
    [2, 7],
    [3, 13],
    [4, 29],
    [5, 42],
  ] as const);
}

/** CSAT, NPS and free text, once the customer has answered; an unanswered survey stays open. */
export function conversationSurveysOf(plan: Plan, script: Script, at: number, erased: boolean): JsonObject {
  const random = createRandom(plan.key, 'messaging-survey');
  if (at < plan.endedAt || plan.surveyAt === null) return {};
  const survey = (type: string, status: string, data: JsonObject[]): JsonObject => ({
    surveyType: type,
    surveyStatus: status,
    surveyId: type === 'Satisfaction' ? '6001' : '6002',
    dialogId: `survey-${plan.remoteId}`,
    surveyData: data,
  });
  if (at < plan.surveyAt) return { conversationSurveys: [survey('Satisfaction', 'OPEN', [])] };
  const stars = ratingOf(plan);
  const said = script.turns.filter((turn) => turn.who === 'customer').map((turn) => turn.text);
  const answers: JsonObject[] = [
    {
      question: 'How satisfied are you with our service?',
      answer: String(stars),
      questionId: 'q1',
      answerId: String(stars),
      questionType: 'csat',
      questionFormat: 'single',
      answerSeq: 1,
      isValidAnswer: true,
    },
    {
      question: 'How likely are you to recommend Acme?',
      answer: String(Math.max(0, stars * 2 - random.between(0, 2))),
      questionId: 'q2',
      questionType: 'nps',
      questionFormat: 'single',
      answerSeq: 2,
      isValidAnswer: true,
    },
  ];
  if (random.chance(0.35)) {
    const text = erased
      ? erasedMarker
      : random.pick([
          ...said,
          'Quick and friendly 👍',
          'Took far too long',
          'The bot was useless, the adviser was great',
        ]);
    answers.push({
      question: 'Anything you want to tell us?',
      answer: text,
      questionId: 'q3',
      questionType: 'custom',
      questionFormat: 'free text',
      answerSeq: 3,
      isValidAnswer: true,
    });
  }
  return { conversationSurveys: [survey('Satisfaction', 'FILLED', answers)] };
}

/** What the adviser notes after closing. */
export function agentSurveyOf(plan: Plan, at: number, agent: DemoAgent | undefined): JsonObject {
  const random = createRandom(plan.key, 'agent-survey');
  if (at < plan.endedAt || agent === undefined || !random.chance(0.18)) return {};
  return {
    latestAgentSurvey: {
      surveyStatus: 'SUBMITTED',
      statusReason: 'AGENT',
      surveyId: '6101',
      acSurveyName: 'Wrap-up',
      assignedAgentId: agent.id,
      assignedAgentNickName: agent.nick,
      performedByAgentId: agent.id,
      lastUpdateTime: plan.endedAt + 30_000,
      dialogId: plan.remoteId,
      submittedAnswers: [
        {
          questionText: 'Reason for contact',
          questionId: 'w1',
          questionCategory: 'reason',
          answers: [{ answer: plan.topic, answerId: 'a1' }],
        },
        {
          questionText: 'First contact resolution',
          questionId: 'w2',
          questionCategory: 'fcr',
          answers: [{ answer: random.pick(['yes', 'no']), answerId: 'a2' }],
        },
      ],
    },
  };
}
