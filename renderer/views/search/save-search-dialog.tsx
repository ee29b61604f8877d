import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Sort } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useSavedSearches } from '../../bridge/queries.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';
import styles from '../review/form.module.css';

interface SaveSearchDialogProps {
  query: string;
  sort: Sort;
  zone: string;
  isOpen: boolean;
  onClose: () => void;
}

export function SaveSearchDialog({ isOpen, onClose, ...form }: SaveSearchDialogProps) {
  return (
    <Dialog title={t('saved.save')} isOpen={isOpen} onClose={onClose} size="small" dismissable={false}>
      <SaveSearchForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function SaveSearchForm({ query, sort, zone, onClose }: Omit<SaveSearchDialogProps, 'isOpen'>) {
  const client = useClient();
  const refresh = useRefreshReview();
  const saved = useSavedSearches().data ?? [];
  const [name, setName] = useState('');
  const taken = saved.some((item) => item.name === name.trim());
  const save = useMutation({
    mutationFn: () => client.call('savedSearches.save', { name, query, sort, timeZone: zone, replace: taken }),
    onSuccess: () => {
      void refresh();
      toast(t('saved.done'));
      onClose();
    },
  });
  return (
    <Form
      className={clsx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className={styles.about}>
        <code>{query}</code>
      </p>
      <TextField
        label={t('cases.name')}
        description={taken ? t('saved.replaces') : t('saved.what')}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        maxLength={200}
      />
      {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={save.isPending || name.trim() === ''}>
          {taken ? t('saved.replace') : t('notes.save')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
