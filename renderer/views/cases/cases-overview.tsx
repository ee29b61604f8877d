import { useState } from 'react';
import { useLocation } from 'wouter';
import { asErrorValue } from '../../bridge/client.ts';
import { useCases } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import { CaseDialog } from './case-dialog.tsx';
import { CaseTable } from './case-table.tsx';
import { HoldTable } from './hold-table.tsx';
import { caseHref } from './hrefs.ts';
import { QueueTable } from './queue-table.tsx';
import styles from './cases-view.module.css';

export function CasesOverview() {
  const cases = useCases();
  const [, navigate] = useLocation();
  const [creating, setCreating] = useState(false);
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1>{t('nav.cases')}</h1>
          <Button kind="primary" onPress={() => setCreating(true)}>
            {t('cases.new')}
          </Button>
        </header>
        <section className={styles.section} aria-label={t('nav.cases')}>
          {cases.error !== null && (
            <ErrorNotice error={asErrorValue(cases.error)} onRetry={() => void cases.refetch()} />
          )}
          {cases.isPending && <Skeleton rows={4} label={t('state.loading')} />}
          {cases.data?.length === 0 && <p className={styles.aside}>{t('cases.empty')}</p>}
          {cases.data !== undefined && cases.data.length > 0 && <CaseTable cases={cases.data} />}
        </section>
        <QueueTable />
        <HoldTable />
      </div>
      <CaseDialog
        isOpen={creating}
        onClose={() => setCreating(false)}
        onSaved={(saved) => navigate(caseHref(saved.name))}
      />
    </main>
  );
}
