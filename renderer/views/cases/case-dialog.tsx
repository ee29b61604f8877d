import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Case } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import styles from '../review/form.module.css';

interface CaseDialogProps {
  /** Absent: a new one. */
  existing?: Case;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (saved: Case) => void;
}

/** The facts of a case, for a new one or to be changed. */
export function CaseDialog({ isOpen, ...form }: CaseDialogProps) {
  return (
    <Dialog
      title={form.existing === undefined ? t('cases.new') : t('cases.edit')}
      isOpen={isOpen}
      onClose={form.onClose}
      size="small"
      dismissable={false}
    >
      <CaseForm {...form} />
    </Dialog>
  );
}

function CaseForm({ existing, onClose, onSaved }: Omit<CaseDialogProps, 'isOpen'>) {
  const client = useClient();
  const refresh = useRefreshReview();
  const [name, setName] = useState(existing?.name ?? '');
  const [custodian, setCustodian] = useState(existing?.custodian ?? '');
  const [matter, setMatter] = useState(existing?.matter ?? '');
  const [description, setDescription] = useState(existing?.description ?? '');
  const facts = { custodian, matter, description };
  const save = useMutation({
    mutationFn: () =>
      existing === undefined
        ? client.call('cases.create', { name, ...facts })
        : client.call('cases.update', {
            name: existing.name,
            ...(name.trim() === existing.name ? {} : { newName: name }),
            ...facts,
          }),
    onSuccess: async (saved) => {
      await refresh();
      onClose();
      onSaved(saved);
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
      <TextField label={t('cases.name')} value={name} onChange={setName} isRequired autoFocus maxLength={200} />
      <TextField
        label={t('cases.matter')}
        description={t('cases.matter.what')}
        value={matter}
        onChange={setMatter}
        maxLength={100}
      />
      <TextField
        label={t('cases.custodian')}
        description={t('cases.custodian.what')}
        value={custodian}
        onChange={setCustodian}
        maxLength={200}
      />
      <TextField
        label={t('cases.description')}
        value={description}
        onChange={setDescription}
        rows={3}
        maxLength={10_000}
      />
      {save.error !== null && <ErrorNotice error={asErrorValue(save.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={save.isPending}>
          {existing === undefined ? t('cases.do-open') : t('notes.save')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
