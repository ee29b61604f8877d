import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CoverageStatement, Status } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { isoDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './statement.module.css';

const dayMs = 86_400_000;
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** What the archive can claim about a range of days, in the engine's own words: to be quoted, so it is not rephrased here. */
export function Statement({ status }: { status: Status }) {
  const client = useClient();
  const accounts = status.accounts.filter((account) => account.sources.some((source) => source.conversations > 0));
  const [range, setRange] = useState(lastQuarter);
  const [chosen, setChosen] = useState('all');
  const from = startOf(range.from);
  const to = startOf(range.to);
  const valid = Number.isFinite(from) && Number.isFinite(to) && from <= to;
  const account = accounts.length > 1 && chosen !== 'all' ? { accountId: chosen } : {};
  const statement = useQuery({
    queryKey: ['coverage.statement', from, to, chosen],
    queryFn: ({ signal }) => client.call('coverage.statement', { ...account, from, to }, signal),
    enabled: valid,
    // A moment in the text: what is quoted must say when it was true.
    staleTime: 0,
    placeholderData: (before) => before,
  });
  if (accounts.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="statement">
      <h2 id="statement">{t('statement.title')}</h2>
      <p className={styles.aside}>{t('statement.what')}</p>
      <div className={styles.range}>
        <TextField
          label={t('statement.from')}
          type="date"
          value={range.from}
          onChange={(day) => setRange({ ...range, from: day })}
        />
        <TextField
          label={t('statement.to')}
          type="date"
          value={range.to}
          onChange={(day) => setRange({ ...range, to: day })}
        />
        {accounts.length > 1 && (
          <Select
            label={t('statement.account')}
            choices={[
              { id: 'all', label: t('statement.all') },
              ...accounts.map(({ accountId, label }) => ({ id: accountId, label: label ?? accountId })),
            ]}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </div>
      {!valid && <p className={styles.aside}>{t('statement.invalid')}</p>}
      {statement.error !== null && <ErrorNotice error={asErrorValue(statement.error)} />}
      {valid && statement.data !== undefined && <Quotation statement={statement.data} />}
    </section>
  );
}

function Quotation({ statement }: { statement: CoverageStatement }) {
  return (
    <figure className={styles.figure}>
      <blockquote className={styles.quotation} aria-label={t('statement.text')}>
        {statement.sources.map((source) => (
          <p key={`${source.accountId} ${source.source}`}>{source.text}</p>
        ))}
      </blockquote>
      <figcaption className={styles.line}>
        <span className={styles.verdict} data-verdict={statement.verdict}>
          {t(`statement.verdict.${statement.verdict}`)}
        </span>
        <Button
          size="small"
          onPress={() => void navigator.clipboard.writeText(statement.text).then(() => toast(t('statement.copied')))}
        >
          {t('statement.copy')}
        </Button>
      </figcaption>
    </figure>
  );
}

/** Ends the day before yesterday, whose conversations have had time to end and to be read. */
function lastQuarter(): { from: string; to: string } {
  const end = Date.now() - 2 * dayMs;
  return { from: isoDay(end - 89 * dayMs, 'UTC'), to: isoDay(end, 'UTC') };
}
