import { clsx } from 'clsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Input } from '../../../preload/contract.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Segments } from '../../parts/segments.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';
import styles from './form.module.css';

interface NoteDialogProps {
  id: string;
  /** The message that is pointed at. */
  message: number | null;
  isOpen: boolean;
  onClose: () => void;
}

/** A reviewer's note, on the conversation or on the message that is pointed at. */
export function NoteDialog({ id, message, isOpen, onClose }: NoteDialogProps) {
  return (
    <Dialog title={t('note.title')} isOpen={isOpen} onClose={onClose} size="small" dismissable={false}>
      <NoteForm id={id} message={message} onClose={onClose} />
    </Dialog>
  );
}

function NoteForm({ id, message, onClose }: Omit<NoteDialogProps, 'isOpen'>) {
  const client = useClient();
  const refresh = useRefreshReview();
  const [about, setAbout] = useState<'conversation' | 'message'>(message === null ? 'conversation' : 'message');
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: (input: Input<'notes.add'>) => client.call('notes.add', input),
    onSuccess: () => {
      void refresh();
      toast(t('note.done'));
      onClose();
    },
  });
  const submit = () => {
    if (text.trim() === '' || add.isPending) return;
    add.mutate({ id, text, ...(about === 'message' && message !== null ? { message } : {}) });
  };
  return (
    <Form
      className={clsx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {message !== null && (
        <Segments
          label={t('note.about')}
          choices={[
            { id: 'message', label: t('note.about.message', { number: String(message + 1) }) },
            { id: 'conversation', label: t('note.about.conversation') },
          ]}
          value={about}
          onChange={setAbout}
        />
      )}
      <TextField
        label={t('note.text')}
        description={t('note.what')}
        value={text}
        onChange={setText}
        rows={5}
        maxLength={20_000}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          else event.continuePropagation();
        }}
      />
      {add.error !== null && <ErrorNotice error={asErrorValue(add.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={add.isPending || text.trim() === ''}>
          {t('note.do')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
