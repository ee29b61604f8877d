import { describe, expect, it } from 'vitest';
import { messaging, start } from './decoding.ts';

const message = (text: string, fields: object = {}) => ({
  type: 'TEXT_PLAIN',
  messageData: { msg: { text } },
  ...fields,
});

describe('a messaging conversation', () => {
  it('runs dialog after dialog, by seq within each', () => {
    const { messages } = messaging(
      {},
      {
        dialogs: [
          { dialogId: 'survey', startTimeL: 500 },
          { dialogId: 'c1', startTimeL: 100 },
        ],
        messageRecords: [
          message('s0', { dialogId: 'survey', seq: 0, timeL: 90 }),
          message('m2', { dialogId: 'undefined', seq: '2', timeL: 120 }),
          message('m1', { dialogId: 'c1', seq: 1, timeL: 120 }),
          message('m0', { dialogId: 'c1', seq: 0, timeL: 130 }),
        ],
      },
    );
    expect(messages.map(({ text }) => text)).toEqual(['m0', 'm1', 'm2', 's0']);
  });

  it('tells people, bots and anybody else apart by their participation', () => {
    const conversation = messaging(
      {},
      {
        agentParticipants: [
          { agentId: 'b', agentFullName: 'Bot One', userTypeName: 'Bot' },
          { agentId: 'h', agentNickname: 'Hanna', userType: '1' },
        ],
        consumerParticipants: [{ participantId: 'p', firstName: 'Ada', lastName: 'undefined' }],
        messageRecords: [
          message('1', { sentBy: 'agent', participantId: 'b' }),
          message('2', { sentBy: 'AGENT', participantId: 'h', audience: 'AGENTS_AND_MANAGERS' }),
          message('3', { sentBy: 'Consumer', participantId: 'p' }),
          message('4', { sentBy: 'Overlord', participantId: 'z' }),
          message('5', { participantId: null }),
        ],
      },
    );
    expect(conversation.messages.map(({ role, speaker, private: note }) => [role, speaker, note])).toEqual([
      ['bot', 'Bot One', false],
      ['agent', 'Hanna', true],
      ['customer', 'Ada', false],
      ['other', 'z', false],
      ['other', 'Unknown', false],
    ]);
    expect(conversation).toMatchObject({ bot: true, features: ['note'] });
  });

  it('is open until it says otherwise, and settled only with its surveys', () => {
    expect(messaging({ status: 'OPEN', endTime: 'undefined', endTimeL: -1, duration: 5 })).toMatchObject({
      status: 'open',
      endedAt: null,
      flags: ['open'],
      settledAt: null,
    });
    const ends = { conversationEndTimeL: start + 1, endTimeL: start + 5, fullDialogEndTimeL: start + 9 };
    expect(messaging({ status: 'CLOSE', ...ends })).toMatchObject({
      endedAt: start + 1,
      settledAt: start + 9,
      flags: [],
    });
    expect(messaging({ status: 'CLOSE', fullDialogStatus: 'OPEN', ...ends }).settledAt).toBeNull();
  });

  it('has scores, surveys of consumers and agents, each once', () => {
    const agentSurvey = {
      lastUpdateTime: 77,
      submittedAnswers: [{ questionText: 'Solved?', answers: [{ answer: 'Yes' }, { answer: 'Partly' }] }],
    };
    const conversation = messaging(
      {},
      {
        conversationSurveys: [
          {
            surveyType: 'PostSurvey',
            surveyData: [
              { question: 'Would you?', answer: '9', questionType: 'nps' },
              { question: 'Happy?', answer: '5', questionType: 'CSAT' },
            ],
          },
        ],
        latestAgentSurvey: agentSurvey,
        previouslySubmittedAgentSurveys: [agentSurvey],
      },
    );
    expect(conversation).toMatchObject({ csat: 5, nps: 9 });
    expect(conversation.surveys.map(({ survey, answer }) => `${survey}: ${answer}`)).toEqual([
      'PostSurvey: 9',
      'PostSurvey: 5',
      'agent: Yes, Partly',
    ]);
    expect(messaging({ csatRate: 3.5 }).csat).toBe(3.5);
  });

  it('names all agents, skills and groups it went through', () => {
    const conversation = messaging(
      { latestSkillId: 3, latestSkillName: 'Three', latestAgentId: 'x', latestAgentFullName: 'X' },
      {
        agentParticipants: [{ agentId: 'a', agentFullName: 'A', agentGroupId: 7, agentGroupName: 'Seven' }],
        transfers: [
          {
            sourceSkillId: -1,
            targetSkillId: 2,
            targetSkillName: 'Two',
            sourceAgentId: 's',
            sourceAgentFullName: 'S',
            assignedAgentId: 'null',
            reason: 'back2Q',
          },
        ],
        interactions: [{ assignedAgentId: 'i', assignedAgentFullName: 'I' }],
        skillChanges: [{ newSkillId: 9, newSkillName: 'Nine' }],
      },
    );
    expect(conversation.agents.map(({ name }) => name)).toEqual(['A', 'I', 'X', 'S']);
    expect(conversation.skills.map(({ name }) => name)).toEqual(['Two', 'Nine', 'Three']);
    expect(conversation.filters.group).toEqual([{ value: 'Seven', aliases: ['7'] }]);
    expect(conversation.transfers).toEqual([{ time: null, reason: 'back2Q', from: 'S', to: 'Two' }]);
  });

  it('tells who took part in which role, and what it was about', () => {
    const { details } = messaging(
      { latestHandlerSkillId: 5 },
      {
        agentParticipants: [
          { agentId: 'a', agentFullName: 'A', permission: 'READER', userTypeName: 'Human', timeL: start },
        ],
        intents: [{ selectedClassification: { intentName: 'i1', intentLabel: 'Lost card' } }],
        uniqueIntents: [{ intentLabel: 'Lost card' }, { intentName: 'i2' }],
      },
    );
    expect(details).toEqual([
      { name: 'Participant', value: 'A, READER, Human, from 2026-03-04T09:15:40.120Z' },
      { name: 'Intent', value: 'Lost card' },
      { name: 'Intent', value: 'i2' },
      { name: 'latestHandlerSkillId', value: '5' },
    ]);
  });

  it('treats negative scores as none', () => {
    expect(messaging({ csat: -1, mcs: '-1', csatRate: null })).toMatchObject({ csat: null, mcs: null });
  });

  it('takes place and device from monitoring, then from itself', () => {
    const conversation = messaging(
      { device: 'undefined', browser: 'Safari', language: 'de-DE', source: 'SHARK' },
      { monitoring: { country: 'France', countryCode: 'FR', device: 'TABLET' } },
    );
    expect(conversation.filters).toMatchObject({
      country: [{ value: 'France', aliases: ['FR'] }],
      device: [{ value: 'TABLET' }],
      language: [{ value: 'de-DE' }],
      channel: [{ value: 'Web', aliases: ['SHARK'] }],
    });
  });
});
