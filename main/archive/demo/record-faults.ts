import type { Source } from '../../../preload/model.ts';
import type { RecordFaults } from './faults.ts';
import { rawNumber, writeJson } from './json.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { hash } from './random.ts';
import { joinMembers, membersOf } from './record-text.ts';
import type { RemoteRecord, RecordVersion } from './world.ts';

/** What LivePerson puts in place of personal data after an erasure request. */
export const erasedMarker = '** LP deleted data **';

type ShareName = Exclude<keyof RecordFaults, 'lateByMs'>;

/** The same records suffer the same fault, whatever the order of requests. */
function suffers(record: RemoteRecord, name: ShareName, faults: RecordFaults, seed: string | number): boolean {
  return faults[name] > 0 && hash(seed, name, record.remoteId) / 4_294_967_296 < faults[name];
}

const calm = new WeakMap<RecordFaults, boolean>();

/** No record suffers anything: the usual case, asked for every record of every search. */
export function isCalm(faults: RecordFaults): boolean {
  let answer = calm.get(faults);
  if (answer === undefined) {
    answer = Object.entries(faults).every(([name, share]) => name === 'lateByMs' || share === 0);
    calm.set(faults, answer);
  }
  return answer;
}

/** The record as the faulty service sees it at `now`; the very same version when it suffers nothing. */
export function faultyVersion(
  record: RemoteRecord,
  now: number,
  faults: RecordFaults,
  seed: string | number,
): RecordVersion | null {
  const has = (name: ShareName) => suffers(record, name, faults, seed);
  if (has('late') && now < record.visibleAt + faults.lateByMs) return null;
  const version = record.versionAt(now);
  if (version === null) return null;
  const changes: ((text: string) => string)[] = [];
  if (has('erased')) changes.push((text) => erase(text));
  if (has('notEnriched') && record.source === 'chat')
    changes.push((text) => changeInfo(text, { chatDataEnriched: false }));
  if (has('lateSurvey')) changes.push((text) => addSurvey(text, record.source));
  if (has('nulls')) changes.push((text) => nullify(text));
  if (has('unknownTypes')) changes.push((text) => addUnknown(text, record.source));
  if (has('longAttribute')) changes.push((text) => addLongAttribute(text, record.remoteId));
  if (has('idsAsNumbers')) changes.push((text) => numberIds(text));
  const partial = has('partial');
  if (changes.length === 0 && !partial) return version;
  const alter = (text: string) => changes.reduce((current, change) => change(current), text);
  return {
    status: version.status,
    updatedAt: version.updatedAt,
    final: version.final && !partial,
    get searchText() {
      const text = alter(version.searchText);
      return partial ? halve(text, record.source) : text;
    },
    get completeText() {
      return alter(version.completeText);
    },
  };
}

function changeMember(text: string, name: string, change: (value: string | undefined) => string): string {
  const members = membersOf(text);
  members.set(name, change(members.get(name)));
  return joinMembers(members);
}

function changeInfo(text: string, changes: JsonObject): string {
  return changeMember(text, 'info', (info) => {
    const fields = membersOf(info ?? '{}');
    for (const [name, value] of Object.entries(changes)) if (value !== undefined) fields.set(name, writeJson(value));
    return joinMembers(fields);
  });
}

function changeList(
  text: string,
  path: readonly [string, string?],
  change: (items: JsonValue[]) => JsonValue[],
): string {
  const [outer, inner] = path;
  return changeMember(text, outer, (value) => {
    if (inner === undefined) return writeJson(change(value === undefined ? [] : (JSON.parse(value) as JsonValue[])));
    return changeMember(value ?? '{}', inner, (list) =>
      writeJson(change(list === undefined ? [] : (JSON.parse(list) as JsonValue[]))),
    );
  });
}

function transcriptPath(source: Source): readonly [string, string?] {
  return source === 'chat' ? ['transcript', 'lines'] : ['messageRecords'];
}

function halve(text: string, source: Source): string {
  const half = changeList(text, transcriptPath(source), (items) => items.slice(0, Math.ceil(items.length / 2)));
  return changeInfo(half, { isPartial: true });
}

function erase(text: string): string {
  return text.replaceAll(/"(text|caption|displayText)":"(?:[^"\\]|\\.)*"/gu, `"$1":"${erasedMarker}"`);
}

/** Optional scalars of `info` that any client must be able to miss. */
const nullable = [
  'visitorName',
  'agentNickName',
  'agentFullName',
  'agentLoginName',
  'chatMCS',
  'mcs',
  'skillName',
  'csatRate',
];

function nullify(text: string): string {
  const info = membersOf(membersOf(text).get('info') ?? '{}');
  const changes = Object.fromEntries(nullable.filter((name) => info.has(name)).map((name) => [name, null]));
  const withNulls = membersOf(changeInfo(text, changes));
  for (const name of ['campaign', 'visitorInfo', 'monitoring', 'summary']) {
    if (withNulls.has(name)) withNulls.set(name, 'null');
  }
  return joinMembers(withNulls);
}

function addUnknown(text: string, source: Source): string {
  const withEvent = changeList(text, ['sdes', 'events'], (events) => [
    ...events,
    { loyaltyOrbit: { serverTimeStamp: '1', ring: 7, colours: ['teal'] }, sdeType: 'LOYALTY_ORBIT' },
  ]);
  const line: JsonObject =
    source === 'chat'
      ? {
          timeL: 1,
          textType: 'hologram',
          text: 'unknown line type, lone \ud800 surrogate, NUL \u0000 inside',
          by: 'info',
          source: 'kiosk',
          subType: 'REGULAR',
        }
      : {
          type: 'HOLOGRAM',
          messageData: { hologram: { shape: 'unknown message type, lone \ud800 surrogate, NUL \u0000 inside' } },
          sentBy: 'Kiosk',
          audience: 'ALL',
        };
  return changeList(withEvent, transcriptPath(source), (items) => [...items, line]);
}

function addLongAttribute(text: string, remoteId: string): string {
  const value = `${remoteId} `.repeat(Math.ceil(50_000 / (remoteId.length + 1))).slice(0, 50_000);
  return changeList(text, ['sdes', 'events'], (events) => [
    ...events,
    { visitorError: { visitorError: { contextId: 'log', message: value, code: 'E_LONG' } }, sdeType: 'VISITOR_ERROR' },
  ]);
}

function addSurvey(text: string, source: Source): string {
  if (source === 'chat') {
    return changeList(text, ['surveys', 'postChat'], (answers) => [
      ...answers,
      { name: 'Late survey', displayName: 'Anything to add?', value: 'late answer', surveyID: 5900, questionID: 9 },
    ]);
  }
  return changeList(text, ['conversationSurveys'], (surveys) => [
    ...surveys,
    {
      surveyType: 'PostSurvey',
      surveyStatus: 'FILLED',
      surveyData: [{ question: 'Anything to add?', answer: 'late answer' }],
    },
  ]);
}

/** `"agentId":"900100"` → `"agentId":900100`, and the same for every id made of digits. */
function numberIds(text: string): string {
  return text.replaceAll(
    /"(engagementId|agentId|latestAgentId|accountId|brandId|campaignId)":"([1-9]\d{0,25})"/gu,
    (_whole, name: string, digits: string) => `"${name}":${writeJson(rawNumber(digits))}`,
  );
}
