import { useMutation } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Case } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useCases } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { HoldDialog } from '../review/hold-dialog.tsx';
import { ReasonDialog } from '../review/reason-dialog.tsx';
import { Report } from '../review/report.tsx';
import { tellError } from '../review/use-review-actions.tsx';
import { filterText } from '../search/query-text.ts';
import { searchHref } from '../search/search-state.ts';
import { CaseDialog } from './case-dialog.tsx';
import { CaseMembers } from './case-members.tsx';
import { caseHref, queueHref } from './hrefs.ts';
import styles from './cases-view.module.css';

/** One case: what it is about, what is in it, how far its review has come, and what can be done with it. */
export function CaseView({ name }: { name: string }) {
  const cases = useCases();
  const found = cases.data?.find((item) => item.name === name);
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <Link href="/cases" className={styles.back ?? ''}>
          <ArrowLeft size={14} aria-hidden /> {t('cases.all')}
        </Link>
        {cases.error !== null && <ErrorNotice error={asErrorValue(cases.error)} onRetry={() => void cases.refetch()} />}
        {cases.isPending && <Skeleton rows={8} label={t('state.loading')} />}
        {cases.data !== undefined && found === undefined && (
          <Empty title={t('cases.not-there', { name })}>{t('cases.not-there.what')}</Empty>
        )}
        {found !== undefined && <CaseDetail item={found} />}
      </div>
    </main>
  );
}

type CaseStep = 'edit' | 'hold' | 'export' | 'close';

function CaseDetail({ item }: { item: Case }) {
  const client = useClient();
  const zone = useZone();
  const [, navigate] = useLocation();
  const [step, setStep] = useState<CaseStep | null>(null);
  const done = () => setStep(null);
  const review = useMutation({
    mutationFn: async () => {
      const queues = await client.call('queues.list', {});
      const existing = queues.find((queue) => queue.case === item.name && queue.progress.total === item.total);
      // What was added since a list was fixed is not on it: then the review goes on with a new list.
      const made =
        existing ??
        (await client.call(
          'queues.create',
          newQueue(
            item,
            queues.map((queue) => queue.name),
          ),
        ));
      return made.name;
    },
    onSuccess: (queue) => navigate(queueHref(queue)),
    onError: tellError,
  });
  const query = filterText('case', item.name);
  const { closed } = item;
  return (
    <>
      <header className={styles.header}>
        <h1>
          <bdi>{item.name}</bdi>
        </h1>
        <div className={styles.actions}>
          <Button kind="primary" isDisabled={item.total === 0 || review.isPending} onPress={() => review.mutate()}>
            {t('cases.review')}
          </Button>
          <Button isDisabled={item.total === 0} onPress={() => setStep('export')}>
            {t('search.export')}
          </Button>
          <Button isDisabled={closed !== null} onPress={() => setStep('hold')}>
            {t('cases.hold')}
          </Button>
          <Button onPress={() => setStep('edit')}>{t('cases.edit')}…</Button>
          <Button onPress={() => setStep('close')}>{closed === null ? t('cases.close') : t('cases.reopen')}…</Button>
        </div>
      </header>
      {closed !== null && (
        <Notice tone="info" title={t('cases.is-closed', { when: formatMoment(closed.at, zone), by: closed.by })}>
          <p>{closed.reason}</p>
        </Notice>
      )}
      <Facts item={item} zone={zone} />
      <Report scope={{ kind: 'case', case: item.name }} zone={zone} />
      <CaseMembers name={item.name} zone={zone} searchHref={searchHref({ query })} />
      <CaseDialog
        existing={item}
        isOpen={step === 'edit'}
        onClose={done}
        onSaved={(saved) => navigate(caseHref(saved.name), { replace: true })}
      />
      <HoldDialog
        target={{ scope: { kind: 'case', case: item.name }, count: item.total, ids: [] }}
        isOpen={step === 'hold'}
        onClose={done}
      />
      <ExportDialog isOpen={step === 'export'} onClose={done} query={query} zone={zone} />
      <ReasonDialog
        title={closed === null ? t('cases.close') : t('cases.reopen')}
        about={closed === null ? t('cases.close.about') : t('cases.reopen.about')}
        verb={closed === null ? t('cases.close') : t('cases.reopen')}
        isOpen={step === 'close'}
        onClose={done}
        onConfirm={(reason) =>
          client.call(closed === null ? 'cases.close' : 'cases.reopen', { name: item.name, reason })
        }
      />
    </>
  );
}

function Facts({ item, zone }: { item: Case; zone: string }) {
  return (
    <>
      {item.description !== '' && <p className={styles.description}>{item.description}</p>}
      <dl className={styles.facts}>
        <dt>{t('cases.state')}</dt>
        <dd>{item.closed === null ? t('cases.open') : t('cases.closed')}</dd>
        <dt>{t('cases.matter')}</dt>
        <dd>{item.matter === '' ? '–' : item.matter}</dd>
        <dt>{t('cases.custodian')}</dt>
        <dd>{item.custodian === '' ? '–' : item.custodian}</dd>
        <dt>{t('cases.opened')}</dt>
        <dd>{t('holds.since.by', { day: formatMoment(item.createdAt, zone), by: item.createdBy })}</dd>
        <dt>{t('holds.title')}</dt>
        <dd>{item.holds.length === 0 ? t('cases.no-hold') : item.holds.join(', ')}</dd>
      </dl>
    </>
  );
}

function newQueue(item: Case, taken: readonly string[]) {
  const base = t('queues.name-of-case', { name: item.name });
  let name = base;
  for (let number = 2; taken.includes(name); number += 1) name = `${base} (${number})`;
  return { name, scope: { kind: 'case' as const, case: item.name } };
}
