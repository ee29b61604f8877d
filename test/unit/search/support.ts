import Database from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import { addAccount, type StoredAccount } from '../../../main/archive/store/accounts.ts';
import { ingest } from '../../../main/archive/store/ingest.ts';
import { migrate } from '../../../main/archive/store/migrate.ts';

/** What a test says about a conversation; the rest is filled in. */
export interface Said {
  id: string;
  start?: number;
  durationMs?: number;
  /** `customer: text`, `agent: text`, `bot: text`, `note: text`. */
  lines?: readonly string[];
  agent?: { id: string; name: string; login?: string; group?: string };
  skill?: { id: number; name: string };
  customer?: { name?: string; email?: string; phone?: string };
  csat?: number;
  mcs?: number;
  open?: boolean;
  survey?: string;
  device?: string;
  order?: string;
}

export const day = 86_400_000;
export const firstStart = Date.UTC(2026, 0, 15, 9, 30, 0);

/** A Messaging Interactions record in the API's own form. */
export function messagingRecord(said: Said): Record<string, unknown> {
  const start = said.start ?? firstStart;
  const agent = said.agent ?? { id: '900100', name: 'Tomas Brandt' };
  const end = start + (said.durationMs ?? 600_000);
  return {
    info: {
      conversationId: said.id,
      brandId: '12345678',
      status: said.open === true ? 'OPEN' : 'CLOSE',
      startTimeL: start,
      ...(said.open === true ? {} : { endTimeL: end, conversationEndTimeL: end }),
      duration: said.durationMs ?? 600_000,
      latestAgentId: agent.id,
      latestAgentFullName: agent.name,
      ...(agent.group === undefined ? {} : { latestAgentGroupId: 7, latestAgentGroupName: agent.group }),
      ...(said.skill === undefined ? {} : { latestSkillId: said.skill.id, latestSkillName: said.skill.name }),
      ...(said.csat === undefined ? {} : { csatRate: said.csat }),
      ...(said.mcs === undefined ? {} : { mcs: said.mcs }),
      ...(said.device === undefined ? {} : { device: said.device }),
      source: 'SHARK',
      isPartial: false,
    },
    messageRecords: (said.lines ?? []).map((line, seq) => messageRecord(said.id, agent.id, line, seq, start)),
    agentParticipants: [
      {
        agentId: agent.id,
        agentFullName: agent.name,
        agentLoginName: agent.login ?? null,
        agentGroupName: agent.group ?? null,
        userType: '1',
        userTypeName: 'Human',
        permission: 'ASSIGNED_AGENT',
        timeL: start,
        dialogId: said.id,
      },
      ...((said.lines ?? []).some((line) => line.startsWith('bot: '))
        ? [
            {
              agentId: '900007',
              agentFullName: 'Greeter',
              userType: '2',
              userTypeName: 'Bot',
              timeL: start,
              dialogId: said.id,
            },
          ]
        : []),
    ],
    consumerParticipants: [
      {
        participantId: `consumer-${said.id}`,
        firstName: said.customer?.name ?? 'undefined',
        lastName: 'undefined',
        email: said.customer?.email ?? 'undefined',
        phone: said.customer?.phone ?? 'undefined',
        timeL: start,
      },
    ],
    ...(said.survey === undefined
      ? {}
      : {
          conversationSurveys: [
            {
              surveyType: 'Satisfaction',
              surveyStatus: 'FILLED',
              surveyData: [{ question: 'Why?', answer: said.survey }],
            },
          ],
        }),
    ...(said.order === undefined
      ? {}
      : {
          sdes: {
            events: [{ sdeType: 'PURCHASE', purchase: { orderId: said.order, total: 12.5 }, serverTimeStamp: start }],
          },
        }),
  };
}

function messageRecord(id: string, agentId: string, line: string, seq: number, start: number): Record<string, unknown> {
  const colon = line.indexOf(': ');
  const who = line.slice(0, colon);
  return {
    type: 'TEXT_PLAIN',
    messageData: { msg: { text: line.slice(colon + 2) } },
    messageId: `ms::dialog:${id}::msg:${seq}`,
    seq,
    dialogId: id,
    participantId: who === 'customer' ? `consumer-${id}` : who === 'bot' ? '900007' : agentId,
    audience: who === 'note' ? 'AGENTS_AND_MANAGERS' : 'ALL',
    sentBy: who === 'customer' ? 'Consumer' : 'Agent',
    timeL: start + seq * 1000,
  };
}

export interface TestArchive {
  db: Database.Database;
  account: StoredAccount;
  add(said: readonly Said[]): void;
  addRecords(source: Source, records: readonly unknown[]): void;
}

/** An archive in memory, filled through the same door as any other. */
export function testArchive(said: readonly Said[] = []): TestArchive {
  const db = new Database(':memory:');
  migrate(db);
  const settings = {
    accountId: '12345678',
    sources: ['chat', 'messaging'] as Source[],
    requestIntervalMs: 0,
    retryBaseMs: 0,
  };
  const account = addAccount(db, settings, 'none', { demo: false, now: firstStart });
  const addRecords = (source: Source, records: readonly unknown[]) => {
    const received = records.map((record) => {
      const original = Buffer.from(JSON.stringify(record));
      return { original, conversation: decodeRecord(source, original) };
    });
    db.transaction(() => {
      ingest(db, received, { account, source, receivedAt: firstStart, via: 'import' });
    })();
  };
  const add = (more: readonly Said[]) => {
    addRecords('messaging', more.map(messagingRecord));
  };
  add(said);
  return { db, account, add, addRecords };
}
