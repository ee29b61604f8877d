import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Menu } from '../../parts/menu.tsx';
import { t } from '../../text/text.ts';
import { QueueDialog } from '../queue/queue-dialog.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import type { Column } from './columns.ts';
import { within } from './query-text.ts';
import { SaveSearchDialog } from './save-search-dialog.tsx';
import type { SearchState } from './search-state.ts';
import { TermListDialog } from './term-list-dialog.tsx';

interface SearchMoreProps {
  state: SearchState;
  zone: string;
  /** Undefined while nobody knows. */
  total: number | undefined;
  columns: readonly Column[];
  onColumns: (shown: readonly Column[]) => void;
  /** Puts the caret behind the query. */
  onGoOn: () => void;
}

/** What else can be done with a search. */
export function SearchMore({ state, zone, total, columns, onColumns, onGoOn }: SearchMoreProps) {
  const [open, setOpen] = useState<'save' | 'queue' | 'terms' | 'columns' | null>(null);
  const close = () => setOpen(null);
  const { query, sort } = state;
  const empty = query.trim() === '';
  return (
    <>
      <Menu
        label={t('search.more')}
        actions={[
          { id: 'within', label: t('search.within'), isDisabled: empty, run: onGoOn },
          { id: 'save', label: `${t('saved.save')}…`, isDisabled: empty, run: () => setOpen('save') },
          {
            id: 'queue',
            label: `${t('sample.title')}…`,
            isDisabled: (total ?? 0) === 0,
            run: () => setOpen('queue'),
          },
          { id: 'terms', label: `${t('terms.title')}…`, run: () => setOpen('terms') },
          { id: 'columns', label: `${t('columns.title')}…`, run: () => setOpen('columns') },
        ]}
      >
        <Ellipsis size={16} aria-hidden />
      </Menu>
      <SaveSearchDialog query={query} sort={sort} zone={zone} isOpen={open === 'save'} onClose={close} />
      <QueueDialog query={query} zone={zone} total={total ?? 0} isOpen={open === 'queue'} onClose={close} />
      <TermListDialog
        query={query}
        zone={zone}
        isOpen={open === 'terms'}
        onClose={close}
        onSearch={(found) => state.go({ query: found, id: null, message: null })}
      />
      <ColumnsDialog shown={columns} onShow={onColumns} isOpen={open === 'columns'} onClose={close} />
    </>
  );
}

/** The query, ready to be narrowed: what is typed behind it is searched in what it finds. */
export function opened(query: string): string {
  return `${within(query, '')} `;
}
