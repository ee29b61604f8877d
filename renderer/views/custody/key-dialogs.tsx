import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { t } from '../../text/text.ts';
import { usePlace } from './use-place.ts';
import styles from './custody-view.module.css';

const shortestPassphrase = 12;

/** The private key in a file of its own, encrypted with a passphrase that is typed twice. */
export function BackUpKey({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const place = usePlace();
  const [file, setFile] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const target = (file ?? place('custody-key-backup.pem')).trim();
  const ready = target !== '' && passphrase.length >= shortestPassphrase && passphrase === again;
  const doing = useKeyCall(
    () => client.call('custody.backUpKey', { file: target, passphrase }),
    t('custody.key.backup.done'),
    onClose,
  );
  return (
    <Form
      title={t('custody.key.backup')}
      act={t('custody.key.backup.do')}
      ready={ready}
      doing={doing}
      onClose={onClose}
    >
      <p>{t('custody.key.backup.what')}</p>
      <TextField label={t('custody.file')} value={target} onChange={setFile} isRequired mono />
      <Passphrase label={t('custody.key.passphrase')} value={passphrase} onChange={setPassphrase} isNew />
      <Passphrase label={t('custody.key.again')} value={again} onChange={setAgain} isNew />
      {again !== '' && passphrase !== again && <p role="status">{t('custody.key.differ')}</p>}
    </Form>
  );
}

/** Puts the archive's own key back. */
export function RestoreKey({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [file, setFile] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const doing = useKeyCall(
    () => client.call('custody.restoreKey', { file: file.trim(), passphrase }),
    t('custody.key.restore.done'),
    onClose,
  );
  const ready = file.trim() !== '' && passphrase !== '';
  return (
    <Form
      title={t('custody.key.restore')}
      act={t('custody.key.restore.do')}
      ready={ready}
      doing={doing}
      onClose={onClose}
    >
      <p>{t('custody.key.restore.what')}</p>
      <TextField label={t('custody.file')} value={file} onChange={setFile} isRequired mono autoFocus />
      <Passphrase label={t('custody.key.passphrase')} value={passphrase} onChange={setPassphrase} />
    </Form>
  );
}

/** A new key from now on. */
export function RotateKey({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const doing = useKeyCall(
    () => client.call('custody.rotateKey', { reason: reason.trim() }),
    t('custody.key.rotate.done'),
    onClose,
  );
  return (
    <Form
      title={t('custody.key.rotate')}
      act={t('custody.key.rotate.do')}
      ready={reason.trim() !== ''}
      doing={doing}
      onClose={onClose}
    >
      <p>{t('custody.key.rotate.what')}</p>
      <TextField label={t('custody.key.reason')} value={reason} onChange={setReason} isRequired autoFocus />
    </Form>
  );
}

interface Doing {
  run: () => void;
  isPending: boolean;
  error: unknown;
}

/** One call about the key; afterwards the page reads the custody state anew. */
function useKeyCall(call: () => Promise<unknown>, done: string, onClose: () => void): Doing {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: call,
    onSuccess() {
      toast(done);
      onClose();
    },
    onSettled: () =>
      queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('custody.') }),
  });
  return { run: () => mutate(), isPending, error };
}

interface FormProps {
  title: string;
  act: string;
  ready: boolean;
  doing: Doing;
  onClose: () => void;
  children: ReactNode;
}

function Form({ title, act, ready, doing, onClose, children }: FormProps) {
  return (
    <Dialog title={title} isOpen onClose={onClose} size="small" dismissable={false}>
      <div className={styles.section}>
        {children}
        {doing.error !== null && <ErrorNotice error={asErrorValue(doing.error)} />}
        <div className={styles.actions}>
          <Button kind="primary" isDisabled={!ready || doing.isPending} onPress={doing.run}>
            {act}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

interface PassphraseProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
}

function Passphrase({ label, value, onChange, isNew = false }: PassphraseProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      type="password"
      autoComplete={isNew ? 'new-password' : 'current-password'}
      isRequired
    />
  );
}
