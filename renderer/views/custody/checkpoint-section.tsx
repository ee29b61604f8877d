import type { CustodyState } from '../../../preload/model.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './custody-view.module.css';

/** The text that somebody else should keep, and the key that it is signed with. */
export function CheckpointSection({ state, zone }: { state: CustodyState; zone: string }) {
  const { checkpoint, key } = state;
  return (
    <section className={styles.section} aria-labelledby="checkpoint">
      <h2 id="checkpoint">{t('custody.checkpoint')}</h2>
      {checkpoint === null ? (
        <Empty title={t('custody.checkpoint.none')}>{t('custody.checkpoint.none.what')}</Empty>
      ) : (
        <>
          <p className={styles.text}>
            {t('custody.checkpoint.state', { count: checkpoint.size, when: formatMoment(checkpoint.time, zone) })}
            {state.size > checkpoint.size &&
              ` ${t('custody.checkpoint.added', { count: state.size - checkpoint.size })}`}
          </p>
          <p className={styles.text}>{t('custody.checkpoint.keep')}</p>
          <pre className={styles.note} role="region" tabIndex={0} aria-label={t('custody.checkpoint.text')}>
            {checkpoint.note}
          </pre>
          <div className={styles.actions}>
            <Button onPress={() => copy(checkpoint.note, t('custody.checkpoint.copied'))}>
              {t('custody.checkpoint.copy')}
            </Button>
          </div>
        </>
      )}
      {key !== null && <Key signingKey={key} zone={zone} />}
    </section>
  );
}

function Key({ signingKey, zone }: { signingKey: NonNullable<CustodyState['key']>; zone: string }) {
  return (
    <>
      <h3>{t('custody.key')}</h3>
      <dl className={styles.facts}>
        <dt>{t('custody.key.fingerprint')}</dt>
        <dd>
          <code>{signingKey.fingerprint}</code>
        </dd>
        <dt>{t('custody.key.verifier')}</dt>
        <dd>
          <code>{signingKey.verifierKey}</code>
        </dd>
        <dt>{t('custody.key.created')}</dt>
        <dd>{formatMoment(signingKey.createdAt, zone)}</dd>
      </dl>
      <div className={styles.actions}>
        <Button size="small" onPress={() => copy(signingKey.pem, t('custody.key.copied'))}>
          {t('custody.key.copy')}
        </Button>
      </div>
    </>
  );
}

function copy(text: string, done: string): void {
  void navigator.clipboard.writeText(text).then(() => toast(done));
}
