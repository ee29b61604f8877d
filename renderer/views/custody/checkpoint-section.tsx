import type { CustodyState } from '../../../preload/model.ts';
import { Button } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './custody-view.module.css';

/** The text that somebody else should keep. */
export function CheckpointSection({ state, zone }: { state: CustodyState; zone: string }) {
  const { checkpoint } = state;
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
    </section>
  );
}

function copy(text: string, done: string): void {
  void navigator.clipboard.writeText(text).then(() => toast(done));
}
