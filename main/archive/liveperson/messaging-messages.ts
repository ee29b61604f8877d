import type { Message, Role } from '../../../preload/model.ts';
import type { Feature } from './decoded.ts';
import { readMessageContent } from './message-content.ts';
import { type AgentList, agentName } from './people.ts';
import { asArray, asObject, idOf, type JsonObject, numberOf, objectsOf, textOf, timeOf } from './values.ts';

/** A message of the record with what it takes to put it into reading order. */
interface Placed {
  message: Message;
  features: Feature[];
  dialogId: string;
  sequence: number | null;
  order: number;
}

interface Dialog {
  id: string;
  start: number;
  messages: Placed[];
}

/** Names to call people by, from the participants of the record. */
export interface Speakers {
  agents: AgentList;
  consumers: ReadonlyMap<string, string>;
}

function roleOf(message: JsonObject, agents: AgentList): Role {
  const participant = idOf(message['participantId']);
  switch (textOf(message['sentBy'])?.toLowerCase() ?? '') {
    case 'consumer':
      return 'customer';
    case 'agent':
      if (agents.isKind(participant, 'bot')) return 'bot';
      return agents.isKind(participant, 'system') ? 'system' : 'agent';
    case 'bot':
      return 'bot';
    case 'system':
    case 'controller':
      return 'system';
    default:
      return 'other';
  }
}

function speakerOf(message: JsonObject, role: Role, { agents, consumers }: Speakers): string {
  const participant = idOf(message['participantId']);
  const sentBy = textOf(message['sentBy']);
  if (role === 'customer') return consumers.get(participant ?? '') ?? sentBy ?? 'Consumer';
  const agent = agents.find(participant);
  if (agent !== undefined) return agentName(agent);
  return participant ?? sentBy ?? 'Unknown';
}

function placeMessage(
  value: unknown,
  position: number,
  before: number,
  speakers: Speakers,
  mainDialog: string,
): Placed {
  const message = asObject(value);
  const role = roleOf(message, speakers.agents);
  const content = readMessageContent(message);
  const time = timeOf(message, 'time');
  const audience = textOf(message['audience'])?.toUpperCase();
  const isPrivate = audience === 'AGENTS_AND_MANAGERS';
  return {
    message: {
      index: position,
      id: textOf(message['messageId']) ?? String(position),
      time,
      role,
      speaker: speakerOf(message, role, speakers),
      text: content.text,
      kind: content.kind,
      private: isPrivate,
    },
    features: isPrivate ? [...content.features, 'note'] : content.features,
    dialogId: idOf(message['dialogId']) ?? mainDialog,
    sequence: numberOf(message['seq']),
    order: time ?? before,
  };
}

/** By `seq` where the whole dialog has it, ties by time; else by time. Two messages can share a millisecond. */
function orderDialog({ messages }: Dialog): Placed[] {
  const numbered = messages.every(({ sequence }) => sequence !== null);
  return messages.toSorted((a, b) => {
    const bySequence = numbered ? (a.sequence ?? 0) - (b.sequence ?? 0) : 0;
    return bySequence !== 0 ? bySequence : a.order - b.order;
  });
}

/** All messages in reading order: dialog after dialog by their start. */
export function readMessages(
  record: JsonObject,
  conversationId: string,
  startedAt: number,
  speakers: Speakers,
): { messages: Message[]; features: Feature[] } {
  const dialogs = new Map<string, Dialog>();
  let before = startedAt;
  for (const [position, value] of asArray(record['messageRecords']).entries()) {
    const placed = placeMessage(value, position, before, speakers, conversationId);
    before = placed.order;
    const dialog = dialogs.get(placed.dialogId) ?? { id: placed.dialogId, start: placed.order, messages: [] };
    dialog.start = Math.min(dialog.start, placed.order);
    dialog.messages.push(placed);
    dialogs.set(dialog.id, dialog);
  }
  for (const dialog of objectsOf(record['dialogs'])) {
    const known = dialogs.get(idOf(dialog['dialogId']) ?? '');
    if (known !== undefined) known.start = timeOf(dialog, 'startTime') ?? known.start;
  }
  const placed = [...dialogs.values()].toSorted((a, b) => a.start - b.start).flatMap(orderDialog);
  return {
    messages: placed.map(({ message }, index) => ({ ...message, index })),
    features: [...new Set(placed.flatMap(({ features }) => features))],
  };
}
