import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Erasure } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import view from './custody-view.module.css';
import styles from './erasures-section.module.css';

type Decision = 'keep' | 'purge';

/** What LivePerson erased and somebody has to decide about here; nothing at all while there is nothing of the kind. */
export function ErasuresSection({ zone }: { zone: string }) {
  const client = useClient();
  const [deciding, setDeciding] = useState<{ erasure: Erasure; decision: Decision } | null>(null);
  const list = useQuery({
    queryKey: ['erasure.list'],
    queryFn: ({ signal }) => client.call('erasure.list', {}, signal),
    refetchOnMount: 'always',
  });
  if (list.error !== null) return <ErrorNotice error={asErrorValue(list.error)} onRetry={() => void list.refetch()} />;
  if (list.data === undefined || (list.data.total === 0 && list.data.remainsSince === null)) return null;
  const { erasures, total, remainsSince } = list.data;
  return (
    <section className={view.section} aria-labelledby="erasures">
      <h2 id="erasures">{t('erasure.list')}</h2>
      <p className={view.text}>{t('erasure.list.what')}</p>
      {remainsSince !== null && (
        <p className={view.text}>{t('erasure.remains', { when: formatMoment(remainsSince, zone) })}</p>
      )}
      <ul className={styles.list}>
        {erasures.map((erasure) => (
          <li key={erasure.id} className={styles.item}>
            <div className={styles.words}>
              <code>{erasure.id}</code>
              <p className={view.aside}>
                {t('erasure.noticed', { when: formatMoment(erasure.noticedAt, zone) })}{' '}
                {t('erasure.versions', { count: erasure.versions.length })}{' '}
                {erasure.holds.length > 0 && t('erasure.held', { holds: erasure.holds.join(', ') })}
              </p>
            </div>
            <div className={view.actions}>
              <Button size="small" onPress={() => setDeciding({ erasure, decision: 'keep' })}>
                {t('erasure.keep')}
              </Button>
              <Button
                size="small"
                kind="danger"
                isDisabled={erasure.holds.length > 0}
                onPress={() => setDeciding({ erasure, decision: 'purge' })}
              >
                {t('erasure.purge')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {total > erasures.length && <p className={view.aside}>{t('erasure.more', { count: total - erasures.length })}</p>}
      {deciding !== null && <Decide {...deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}

function Decide({ erasure, decision, onClose }: { erasure: Erasure; decision: Decision; onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: () => client.call('erasure.decide', { id: erasure.id, decision, reason: reason.trim() }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['erasure.list'] }),
  });
  return (
    <Dialog title={t(`erasure.${decision}.title`)} isOpen onClose={onClose} size="small">
      <div className={styles.decide}>
        <p>{t(`erasure.${decision}.what`, { id: erasure.id })}</p>
        <TextField label={t('erasure.reason')} value={reason} onChange={setReason} isRequired autoFocus />
        {decide.error !== null && <ErrorNotice error={asErrorValue(decide.error)} />}
        {decide.isPending && <p role="status">{t('erasure.deciding')}</p>}
        <div className={view.actions}>
          <Button
            kind={decision === 'purge' ? 'danger' : 'primary'}
            isDisabled={reason.trim() === '' || decide.isPending}
            onPress={() => decide.mutate()}
          >
            {t(`erasure.${decision}`)}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
