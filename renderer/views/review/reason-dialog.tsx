import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { asErrorValue } from '../../bridge/client.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import styles from './form.module.css';

interface ReasonDialogProps {
  title: string;
  /** What it will mean. */
  about: string;
  /** The verb on the button. */
  verb: string;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => Promise<unknown>;
}

/** Before a step that is written into the custody log with its reason. */
export function ReasonDialog({ isOpen, title, onClose, ...form }: ReasonDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} size="small" dismissable={false}>
      <ReasonForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function ReasonForm({ about, verb, onClose, onConfirm }: Omit<ReasonDialogProps, 'isOpen' | 'title'>) {
  const refresh = useRefreshReview();
  const [reason, setReason] = useState('');
  const confirm = useMutation({
    mutationFn: onConfirm,
    onSuccess: () => {
      void refresh();
      onClose();
    },
  });
  return (
    <Form
      className={clsx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate(reason);
      }}
    >
      <p className={styles.about}>{about}</p>
      <TextField
        label={t('hold.reason')}
        description={t('reason.what')}
        value={reason}
        onChange={setReason}
        isRequired
        autoFocus
        rows={3}
        maxLength={4000}
      />
      {confirm.error !== null && <ErrorNotice error={asErrorValue(confirm.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={confirm.isPending}>
          {verb}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
