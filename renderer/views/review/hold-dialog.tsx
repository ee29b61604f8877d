import { clsx } from 'clsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Input } from '../../../preload/contract.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useRefreshReview } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/check.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';
import type { ReviewTarget } from './target.ts';
import styles from './form.module.css';

interface HoldDialogProps {
  target: ReviewTarget;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks for the name and the reason of a legal hold. */
export function HoldDialog({ target, isOpen, onClose }: HoldDialogProps) {
  return (
    <Dialog title={t('hold.title')} isOpen={isOpen} onClose={onClose} size="small" dismissable={false}>
      <HoldForm target={target} onClose={onClose} />
    </Dialog>
  );
}

function HoldForm({ target, onClose }: Omit<HoldDialogProps, 'isOpen'>) {
  const client = useClient();
  const refresh = useRefreshReview();
  const { scope, count } = target;
  const [name, setName] = useState(scope.kind === 'case' ? scope.case : '');
  const [reason, setReason] = useState('');
  const [standing, setStanding] = useState(false);
  const create = useMutation({
    mutationFn: (input: Input<'holds.create'>) => client.call('holds.create', input),
    onSuccess: (hold) => {
      void refresh();
      toast(t('hold.done', { count: hold.total, name: hold.name }));
      onClose();
    },
  });
  return (
    <Form
      className={clsx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, reason, scope: scope.kind === 'query' ? { ...scope, standing } : scope });
      }}
    >
      <p className={styles.about}>
        {scope.kind === 'case' ? t('hold.about-case', { name: scope.case }) : t('hold.about', { count })}
      </p>
      <TextField label={t('hold.name')} value={name} onChange={setName} isRequired autoFocus maxLength={200} />
      <TextField
        label={t('hold.reason')}
        description={t('hold.reason.what')}
        value={reason}
        onChange={setReason}
        isRequired
        rows={3}
        maxLength={4000}
      />
      {scope.kind === 'query' && (
        <Check label={t('hold.standing')} note={t('hold.standing.what')} value={standing} onChange={setStanding} />
      )}
      {create.error !== null && <ErrorNotice error={asErrorValue(create.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={create.isPending}>
          {t('hold.do')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
