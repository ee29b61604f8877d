import type { Hit } from '../../../preload/model.ts';
import { isStringList, useStored } from '../../state/use-stored.ts';
import { formatDuration, formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';

/** The facts that a row can show in its last line, in this order. */
export const columns = ['source', 'account', 'skills', 'duration', 'messages', 'ended', 'id'] as const;
export type Column = (typeof columns)[number];

/** Those that give way when a row has no room. */
export const longColumns: ReadonlySet<Column> = new Set<Column>(['account', 'skills', 'ended', 'id']);

const atFirst: readonly Column[] = ['source', 'skills', 'duration', 'messages'];
const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);

/** Which facts the rows show; remembered by this browser. */
export function useColumns(): [readonly Column[], (shown: readonly Column[]) => void] {
  const [stored, store] = useStored<string[]>('search.columns', [...atFirst], isStringList);
  return [stored.filter(isColumn), (shown) => store([...shown])];
}

/** What a row says in a column; null where the conversation has nothing there. */
export function columnWords(column: Column, hit: Hit, zone: string): string | null {
  switch (column) {
    case 'source':
      return t(`source.${hit.source}`);
    case 'account':
      return hit.accountId;
    case 'skills':
      return hit.skills.length === 0 ? null : hit.skills.join(', ');
    case 'duration':
      return hit.durationMs === null ? null : formatDuration(hit.durationMs);
    case 'messages':
      return t('search.messages', { count: hit.messageCount });
    case 'ended':
      return hit.endedAt === null ? null : t('columns.ended-at', { when: formatMoment(hit.endedAt, zone) });
    case 'id':
      return hit.id;
  }
}
