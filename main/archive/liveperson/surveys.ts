import type { SurveyAnswer } from '../../../preload/model.ts';
import {
  asArray,
  asObject,
  type JsonObject,
  numberOf,
  objectsOf,
  textOf,
  timeOf,
  writtenText,
  epochOf,
} from './values.ts';

/** Survey answers, with the scores that can be read out of them. */
export interface Surveys {
  answers: SurveyAnswer[];
  csat: number | null;
  nps: number | null;
}

/** A question about satisfaction or recommendation, by its type, or else by the words that such surveys use. */
function scoreKind(...hints: readonly (string | null)[]): 'csat' | 'nps' | null {
  const text = hints.join(' ').toLowerCase();
  if (/\bnps\b|net.?promoter|recommend/u.test(text)) return 'nps';
  return /\bcsat\b|satisf/u.test(text) ? 'csat' : null;
}

function noteScore(surveys: Surveys, kind: 'csat' | 'nps' | null, answer: string): void {
  const score = numberOf(answer);
  if (score === null || kind === null) return;
  if (kind === 'csat' && score >= 1 && score <= 5) surveys.csat = score;
  if (kind === 'nps' && score >= 0 && score <= 10) surveys.nps = score;
}

/** The answer as text: all chosen values, or the one value. */
function answerOf(entry: JsonObject): string {
  const values = asArray(entry['values'])
    .map(writtenText)
    .filter((value) => value !== null);
  return values.length > 0 ? values.join(', ') : (writtenText(entry['value']) ?? '');
}

/** Array name of the chat record, and what the app calls it. Answers' own `source` differs between samples. */
const chatSurveys = [
  ['preChat', 'pre-chat'],
  ['postChat', 'post-chat'],
  ['operator', 'agent'],
] as const;

/** Surveys of a chat. An unknown kind of survey is kept under its own name. */
export function readChatSurveys(value: unknown): Surveys {
  const surveys: Surveys = { answers: [], csat: null, nps: null };
  const container = asObject(value);
  const known = new Map<string, string>(chatSurveys);
  const names = [...known.keys(), ...Object.keys(container).filter((key) => !known.has(key))];
  for (const name of names) {
    for (const entry of objectsOf(container[name])) {
      const question = textOf(entry['displayName']) ?? textOf(entry['name']) ?? '';
      const answer = answerOf(entry);
      surveys.answers.push({ survey: known.get(name) ?? name, question, answer, time: timeOf(entry, 'time') });
      if (name === 'postChat') noteScore(surveys, scoreKind(question, textOf(entry['name'])), answer);
    }
  }
  return surveys;
}

function readAgentSurvey(survey: JsonObject, surveys: Surveys): void {
  const time = epochOf(survey['lastUpdateTime']);
  for (const entry of objectsOf(survey['submittedAnswers'])) {
    const answer = asArray(entry['answers'])
      .map((item) => writtenText(asObject(item)['answer']) ?? writtenText(item))
      .filter((item) => item !== null)
      .join(', ');
    const question = textOf(entry['questionText']) ?? textOf(entry['questionDefinition']) ?? '';
    const known = surveys.answers.some(
      (other) =>
        other.survey === 'agent' && other.question === question && other.answer === answer && other.time === time,
    );
    if (!known) surveys.answers.push({ survey: 'agent', question, answer, time });
  }
}

/** Surveys of a messaging conversation: the consumer's, then the agents'. */
export function readMessagingSurveys(record: JsonObject): Surveys {
  const surveys: Surveys = { answers: [], csat: null, nps: null };
  for (const survey of objectsOf(record['conversationSurveys'])) {
    const type = textOf(survey['surveyType']) ?? 'survey';
    for (const entry of objectsOf(survey['surveyData'])) {
      const question = textOf(entry['question']) ?? '';
      const answer = writtenText(entry['answer']) ?? '';
      surveys.answers.push({ survey: type, question, answer, time: timeOf(entry, 'time') ?? timeOf(survey, 'time') });
      const questionType = textOf(entry['questionType']);
      noteScore(surveys, scoreKind(questionType) ?? scoreKind(type, question), answer);
    }
  }
  for (const survey of objectsOf(record['previouslySubmittedAgentSurveys'])) readAgentSurvey(survey, surveys);
  for (const survey of objectsOf(record['latestAgentSurvey'])) readAgentSurvey(survey, surveys);
  return surveys;
}
