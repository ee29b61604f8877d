import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useLocation } from 'wouter';
import type { Input } from '../../../preload/contract.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Segments } from '../../parts/segments.tsx';
import { t } from '../../text/text.ts';
import { queueHref } from '../cases/hrefs.ts';
import styles from '../review/form.module.css';

interface QueueDialogProps {
  query: string;
  zone: string;
  total: number;
  isOpen: boolean;
  onClose: () => void;
}

/** Makes a review list of a search: all of its results, or a sample that anybody can draw again. */
export function QueueDialog({ isOpen, onClose, ...form }: QueueDialogProps) {
  return (
    <Dialog title={t('sample.title')} isOpen={isOpen} onClose={onClose} size="small" dismissable={false}>
      <QueueForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function QueueForm({ query, zone, total, onClose }: Omit<QueueDialogProps, 'isOpen'>) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [which, setWhich] = useState<'all' | 'random'>('all');
  const [size, setSize] = useState(String(Math.min(total, 100)));
  const [seed, setSeed] = useState('');
  const create = useMutation({
    mutationFn: (input: Input<'queues.create'>) => client.call('queues.create', input),
    onSuccess: (queue) => navigate(queueHref(queue.name)),
  });
  const sizeIsRight = /^\d+$/u.test(size) && Number(size) >= 1 && Number(size) <= total;
  const seedIsRight = /^[A-Za-z0-9._-]{0,100}$/u.test(seed);
  const submit = () => {
    if (which === 'all') {
      create.mutate({ name, scope: { kind: 'query', query, timeZone: zone } });
      return;
    }
    if (!sizeIsRight || !seedIsRight) return;
    const sample = { kind: 'sample' as const, query, timeZone: zone, size: Number(size) };
    create.mutate({ name, scope: { ...sample, ...(seed === '' ? {} : { seed }) }, order: 'drawn' });
  };
  return (
    <Form
      className={clsx(styles.form)}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={styles.about}>{t('sample.what')}</p>
      <TextField label={t('sample.name')} value={name} onChange={setName} isRequired autoFocus maxLength={200} />
      <Segments
        label={t('sample.which')}
        choices={[
          { id: 'all', label: t('sample.which.all', { count: total }) },
          { id: 'random', label: t('sample.which.random') },
        ]}
        value={which}
        onChange={setWhich}
      />
      {which === 'random' && (
        <>
          <TextField
            label={t('sample.size')}
            value={size}
            onChange={setSize}
            inputMode="numeric"
            error={sizeIsRight ? undefined : t('sample.size.wrong', { largest: total })}
          />
          <TextField
            label={t('sample.seed')}
            description={t('sample.seed.what')}
            value={seed}
            onChange={setSeed}
            error={seedIsRight ? undefined : t('sample.seed.wrong')}
          />
        </>
      )}
      {create.error !== null && <ErrorNotice error={asErrorValue(create.error)} />}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isDisabled={create.isPending || name.trim() === ''}>
          {t('sample.do')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
