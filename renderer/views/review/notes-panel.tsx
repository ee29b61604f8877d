import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Note } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useNotes, useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { tellError } from './use-review-actions.tsx';
import styles from './notes-panel.module.css';

interface NotesPanelProps {
  id: string;
  zone: string;
  /** Shows the message that a note is about. */
  onMessage: (index: number) => void;
}

/** What reviewers wrote about a conversation and its messages; the agents' own notes are part of the transcript. */
export function NotesPanel({ id, zone, onMessage }: NotesPanelProps) {
  const notes = useNotes(id);
  if (notes.error !== null)
    return <ErrorNotice error={asErrorValue(notes.error)} onRetry={() => void notes.refetch()} />;
  if (notes.data === undefined) return <Skeleton rows={4} label={t('state.loading')} />;
  if (notes.data.notes.length === 0) {
    return (
      <p className={styles.none}>
        {t('notes.none')} <kbd>a</kbd> {t('notes.none.key')}
      </p>
    );
  }
  return (
    <ol className={styles.notes}>
      {notes.data.notes.map((note) => (
        <NoteLine key={note.note} note={note} zone={zone} onMessage={onMessage} />
      ))}
    </ol>
  );
}

function NoteLine({ note, zone, onMessage }: { note: Note; zone: string; onMessage: (index: number) => void }) {
  const client = useClient();
  const refresh = useRefreshReview();
  const [draft, setDraft] = useState<string | null>(null);
  const done = () => {
    setDraft(null);
    void refresh();
  };
  const edit = useMutation({
    mutationFn: (text: string) => client.call('notes.edit', { note: note.note, text }),
    onSuccess: done,
    onError: tellError,
  });
  const remove = useMutation({
    mutationFn: () => client.call('notes.remove', { note: note.note }),
    onSuccess: done,
    onError: tellError,
  });
  const { message, edited } = note;
  return (
    <li className={styles.note}>
      <p className={styles.about}>
        <b>{note.author}</b>
        <time dateTime={new Date(note.createdAt).toISOString()}>{formatMoment(note.createdAt, zone)}</time>
        {edited !== null && <span>{t('notes.edited', { by: edited.by, when: formatMoment(edited.at, zone) })}</span>}
        {message !== null && (
          <button type="button" className={styles.link} onClick={() => onMessage(message.index)}>
            {t('note.about.message', { number: String(message.index + 1) })}
          </button>
        )}
      </p>
      {draft === null ? (
        <>
          <p className={styles.text} dir="auto">
            {note.text}
          </p>
          <div className={styles.actions}>
            <Button kind="quiet" size="small" onPress={() => setDraft(note.text)}>
              {t('notes.edit')}
            </Button>
            <Button kind="quiet" size="small" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
              {t('notes.remove')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <TextField label={t('note.text')} value={draft} onChange={setDraft} rows={4} maxLength={20_000} autoFocus />
          <div className={styles.actions}>
            <Button size="small" isDisabled={draft.trim() === '' || edit.isPending} onPress={() => edit.mutate(draft)}>
              {t('notes.save')}
            </Button>
            <Button kind="quiet" size="small" onPress={() => setDraft(null)}>
              {t('action.cancel')}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
