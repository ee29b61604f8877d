import { useQuery } from '@tanstack/react-query';
import type { CustodyState } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { CheckpointSection } from './checkpoint-section.tsx';
import { ErasuresSection } from './erasures-section.tsx';
import { CustodyLog } from './custody-log.tsx';
import { KeySection } from './key-section.tsx';
import { TimeStampsSection } from './time-stamps-section.tsx';
import { VerifySection } from './verify-section.tsx';
import styles from './custody-view.module.css';

/** What can be proven about this archive, what cannot, since when, and how somebody else checks it. */
export function CustodyView() {
  const client = useClient();
  const zone = useZone();
  const state = useQuery({
    queryKey: ['custody.checkpoint'],
    queryFn: ({ signal }) => client.call('custody.checkpoint', {}, signal),
    // Searches and exports add entries without telling anybody: ask again whenever the page is opened.
    refetchOnMount: 'always',
  });
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header>
          <h1>{t('nav.custody')}</h1>
          <p className={styles.lead}>{t('custody.lead')}</p>
        </header>
        {state.error !== null && <ErrorNotice error={asErrorValue(state.error)} onRetry={() => void state.refetch()} />}
        {state.isPending && <Skeleton rows={8} label={t('state.loading')} />}
        {state.data !== undefined && <Claims state={state.data} zone={zone} />}
        {state.data !== undefined && <CheckpointSection state={state.data} zone={zone} />}
        {state.data !== undefined && <KeySection state={state.data} zone={zone} />}
        {state.data?.checkpoint && <TimeStampsSection size={state.data.checkpoint.size} zone={zone} />}
        <ErasuresSection zone={zone} />
        <VerifySection zone={zone} />
        <section className={styles.section} aria-labelledby="others">
          <h2 id="others">{t('custody.others')}</h2>
          <ul className={styles.claims}>
            <li>{t('custody.others.package')}</li>
            <li>{t('custody.others.tree')}</li>
            <li>{t('custody.others.key')}</li>
          </ul>
        </section>
        <CustodyLog zone={zone} />
      </div>
    </main>
  );
}

function Claims({ state, zone }: { state: CustodyState; zone: string }) {
  return (
    <div className={styles.pair}>
      <section className={styles.section} aria-labelledby="proven">
        <h2 id="proven">{t('custody.proven')}</h2>
        <ul className={styles.claims}>
          <li>{t('custody.proven.originals', { count: state.size })}</li>
          <li>
            {state.signedSince === null
              ? t('custody.proven.not-yet')
              : t('custody.proven.since', { when: formatMoment(state.signedSince, zone) })}
          </li>
          <li>{t('custody.proven.kept')}</li>
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="unproven">
        <h2 id="unproven">{t('custody.unproven')}</h2>
        <ul className={styles.claims}>
          <li>{t('custody.unproven.service')}</li>
          <li>{t('custody.unproven.before')}</li>
          <li>{t('custody.unproven.keeper')}</li>
        </ul>
      </section>
    </div>
  );
}
