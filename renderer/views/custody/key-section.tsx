import { useState } from 'react';
import type { CustodyKey, CustodyState } from '../../../preload/model.ts';
import { Button } from '../../parts/button.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { BackUpKey, RestoreKey, RotateKey } from './key-dialogs.tsx';
import styles from './custody-view.module.css';

type Open = 'backup' | 'restore' | 'rotate';

/** The key that signs checkpoints: by what to know it, what became of those before, and its care. */
export function KeySection({ state, zone }: { state: CustodyState; zone: string }) {
  const [open, setOpen] = useState<Open | null>(null);
  const { key, keys } = state;
  if (key === null) return null;
  const close = () => setOpen(null);
  return (
    <section className={styles.section} aria-labelledby="signing-key">
      <h2 id="signing-key">{t('custody.key')}</h2>
      <p className={styles.text}>{t('custody.key.what')}</p>
      <dl className={styles.facts}>
        <dt>{t('custody.key.fingerprint')}</dt>
        <dd>
          <code>{key.fingerprint}</code>
        </dd>
        <dt>{t('custody.key.verifier')}</dt>
        <dd>
          <code>{key.verifierKey}</code>
        </dd>
        <dt>{t('custody.key.created')}</dt>
        <dd>{formatMoment(key.createdAt, zone)}</dd>
      </dl>
      {keys.length > 1 && <FormerKeys keys={keys} zone={zone} />}
      <div className={styles.actions}>
        <Button
          size="small"
          onPress={() => void navigator.clipboard.writeText(key.pem).then(() => toast(t('custody.key.copied')))}
        >
          {t('custody.key.copy')}
        </Button>
        <Button size="small" onPress={() => setOpen('backup')}>
          {t('custody.key.backup')}
        </Button>
        <Button size="small" onPress={() => setOpen('restore')}>
          {t('custody.key.restore')}
        </Button>
        <Button size="small" onPress={() => setOpen('rotate')}>
          {t('custody.key.rotate')}
        </Button>
      </div>
      {open === 'backup' && <BackUpKey onClose={close} />}
      {open === 'restore' && <RestoreKey onClose={close} />}
      {open === 'rotate' && <RotateKey onClose={close} />}
    </section>
  );
}

function FormerKeys({ keys, zone }: { keys: readonly CustodyKey[]; zone: string }) {
  return (
    <>
      <h3>{t('custody.key.all')}</h3>
      <ol className={styles.claims}>
        {keys.map((key) => (
          <li key={key.entry}>
            <code>{key.fingerprint}</code>{' '}
            <span className={styles.aside}>
              {formatMoment(key.createdAt, zone)} · {t(`custody.key.arrival.${key.arrival}`)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
