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

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toast(t('statement.copied'));
}

const statementIn = {
  copy: ({ text }: CoverageStatement) => text,
  'copy.json': (statement: CoverageStatement) => JSON.stringify(statement, null, 2),
  'copy.csv': statementCsv,
};

/** A line an account's source; names that programs read, hence not translated. */
function statementCsv({ from, to, sources }: CoverageStatement): string {
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  const head = 'account_id,source,from,to,verdict,days,complete_days,reported,archived,not_complete,statement';
  const lines = sources.map((source) =>
    [
      source.accountId,
      source.source,
      from,
      to,
      source.verdict,
      source.days,
      source.completeDays,
      source.reported ?? '',
      source.archived,
      source.missing.map(({ day, verdict }) => `${day} ${verdict}`).join('; '),
      source.text,
    ]
      .map(cell)
      .join(','),
  );
  return [head, ...lines, ''].join('\r\n');
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
        {(['copy', 'copy.json', 'copy.csv'] as const).map((form) => (
          <Button key={form} size="small" onPress={() => void copy(statementIn[form](statement))}>
            {t(`statement.${form}`)}
          </Button>
        ))}
      </figcaption>
    </figure>
  );
}

/** Ends the day before yesterday, whose conversations have had time to end and to be read. */
function lastQuarter(): { from: string; to: string } {
  const end = Date.now() - 2 * dayMs;
  return { from: isoDay(end - 89 * dayMs, 'UTC'), to: isoDay(end, 'UTC') };
}
