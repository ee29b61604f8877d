import type {
  Agent,
  Attribute,
  Customer,
  Detail,
  Flag,
  Message,
  Skill,
  Source,
  SurveyAnswer,
  Transfer,
} from '../../../preload/model.ts';
import type { PreparedRecord } from '../prepare/prepared.ts';

/** The filters of the query language that compare with values of a record (cli.md). */
export const filterFields = [
  'agent',
  'skill',
  'group',
  'customer',
  'visitor',
  'email',
  'phone',
  'id',
  'campaign',
  'country',
  'device',
  'language',
  'channel',
  'reason',
] as const;
export type FilterField = (typeof filterFields)[number];

/** One value that a filter finds: by its name as shown in facets, or by any other name it goes by. */
export interface FilterValue {
  value: string;
  aliases: readonly string[];
}

/** What `has:` asks for. */
export const features = ['note', 'file', 'link', 'form', 'rich', 'survey', 'cobrowse', 'transfer'] as const;
export type Feature = (typeof features)[number];

/**
 * One record of either API, read leniently into the app's own words. Derived from the original and derivable
 * again at any time: nothing here is ever the only copy of anything.
 */
export interface DecodedConversation {
  source: Source;
  remoteId: string;
  startedAt: number;
  endedAt: number | null;
  durationMs: number | null;
  /** From asking until a person answered (waiting.ts). */
  waitingMs: number | null;
  status: 'open' | 'closed';
  agents: Agent[];
  skills: Skill[];
  customer: Customer;
  csat: number | null;
  nps: number | null;
  mcs: number | null;
  messages: Message[];
  surveys: SurveyAnswer[];
  attributes: Attribute[];
  transfers: Transfer[];
  summary: string | null;
  details: Detail[];
  /** `shrunk` is not here: it is a fact about two versions, known to the store alone. */
  flags: Exclude<Flag, 'shrunk'>[];
  filters: Record<FilterField, FilterValue[]>;
  features: Feature[];
  /** An agent of the conversation was a bot. */
  bot: boolean;
  /** Messaging: end of the last dialog, surveys included; null while one is open. Absent for chat. */
  settledAt?: number | null;
}

/** One record as it came over the wire: the exact bytes of its JSON text, and what they say. */
export interface ReceivedRecord {
  original: Uint8Array;
  conversation: DecodedConversation;
  /** What another thread computed of it; without, the store computes it itself. */
  prepared?: PreparedRecord;
}
