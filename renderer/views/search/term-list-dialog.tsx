import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/check.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { t } from '../../text/text.ts';
import { within } from './query-text.ts';
import { TermCounts } from './term-counts.tsx';
import { asPhrase, readTerms } from './terms.ts';
import styles from './term-list-dialog.module.css';

interface TermListDialogProps {
  query: string;
  zone: string;
  isOpen: boolean;
  onClose: () => void;
  onSearch: (query: string) => void;
}

const mostTerms = 1000;

/** A list of terms, as counsel sends it: how many conversations each finds, and the search behind each. */
export function TermListDialog({ isOpen, onClose, ...panel }: TermListDialogProps) {
  return (
    <Dialog title={t('terms.title')} isOpen={isOpen} onClose={onClose} dismissable={false}>
      <TermListPanel {...panel} onClose={onClose} />
    </Dialog>
  );
}

function TermListPanel({ query, zone, onClose, onSearch }: Omit<TermListDialogProps, 'isOpen'>) {
  const [text, setText] = useState('');
  const [phrases, setPhrases] = useState(false);
  const [narrowed, setNarrowed] = useState(false);
  const [asked, setAsked] = useState<{ term: string; query: string }[] | null>(null);
  const terms = readTerms(text);
  const ask = () => {
    const asQuery = (term: string) => {
      const own = phrases ? asPhrase(term) : term;
      return narrowed ? within(query, own) : own;
    };
    setAsked(terms.slice(0, mostTerms).map((term) => ({ term, query: asQuery(term) })));
  };
  if (asked !== null) {
    return (
      <TermCounts
        asked={asked}
        zone={zone}
        onBack={() => setAsked(null)}
        onSearch={(found) => {
          onClose();
          onSearch(found);
        }}
      />
    );
  }
  return (
    <div className={styles.panel}>
      <TextField
        label={t('terms.list')}
        description={t('terms.what')}
        value={text}
        onChange={setText}
        rows={10}
        autoFocus
        mono
      />
      <label className={styles.file}>
        <span>{t('terms.file')}</span>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void file.text().then(setText);
          }}
        />
      </label>
      <div>
        <Check label={t('terms.phrases')} note={t('terms.phrases.what')} value={phrases} onChange={setPhrases} />
        <Check
          label={t('terms.within')}
          note={query.trim() === '' ? t('terms.within.nothing') : query}
          value={narrowed}
          onChange={setNarrowed}
          isDisabled={query.trim() === ''}
        />
      </div>
      {terms.length > mostTerms && <p className={styles.aside}>{t('terms.too-many', { count: mostTerms })}</p>}
      <div className={styles.actions}>
        <Button kind="primary" isDisabled={terms.length === 0} onPress={ask}>
          {t('terms.count', { count: Math.min(terms.length, mostTerms) })}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </div>
  );
}
