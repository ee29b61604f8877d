import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Table } from '../../parts/table.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { csvLine } from './terms.ts';
import styles from './term-list-dialog.module.css';

interface AskedTerm {
  term: string;
  query: string;
}

interface TermCountsProps {
  asked: readonly AskedTerm[];
  zone: string;
  onBack: () => void;
  onSearch: (query: string) => void;
}

type Answer = { total: number } | { problem: string };

/** Hits of each term, asked one after the other so that the search itself stays quick; each opens its search. */
export function TermCounts({ asked, zone, onBack, onSearch }: TermCountsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  const [key] = useState(() => crypto.randomUUID());
  const run = useQuery({
    queryKey: ['terms', key],
    queryFn: async ({ signal }) => {
      const found = new Map<string, Answer>();
      for (const { query } of asked) {
        signal.throwIfAborted();
        try {
          const { total } = await client.call('search.count', { query, timeZone: zone }, signal);
          found.set(query, { total });
        } catch (thrown) {
          found.set(query, { problem: asErrorValue(thrown).message });
        }
        setAnswers(new Map(found));
      }
      return found.size;
    },
    gcTime: 0,
  });
  const copy = () => {
    const lines = asked.map(({ term, query }) => {
      const answer = answers.get(query);
      if (answer === undefined) return csvLine([term, query, '', '']);
      return 'total' in answer
        ? csvLine([term, query, String(answer.total), ''])
        : csvLine([term, query, '', answer.problem]);
    });
    const head = csvLine([t('terms.term'), t('terms.query'), t('cases.conversations'), t('terms.problem')]);
    void navigator.clipboard.writeText([head, ...lines].join('\r\n')).then(() => toast(t('terms.copied')));
  };
  return (
    <div className={styles.panel}>
      <p role="status" className={styles.aside}>
        {t('terms.progress', { done: answers.size, total: asked.length })}
      </p>
      <div className={styles.results}>
        <Table figures="rest" columns={[t('terms.term'), t('cases.conversations')]}>
          {asked.map(({ term, query }) => {
            const answer = answers.get(query);
            return (
              <tr key={term}>
                <td>
                  <button type="button" className={styles.term} title={query} onClick={() => onSearch(query)}>
                    <bdi>{term}</bdi>
                  </button>
                  {answer !== undefined && 'problem' in answer && <p className={styles.problem}>{answer.problem}</p>}
                </td>
                <td>{answer === undefined ? '…' : 'total' in answer ? formatNumber(answer.total) : '–'}</td>
              </tr>
            );
          })}
        </Table>
      </div>
      <div className={styles.actions}>
        <Button isDisabled={run.isPending} onPress={copy}>
          {t('terms.copy')}
        </Button>
        <Button
          kind="quiet"
          onPress={() => {
            void queries.cancelQueries({ queryKey: ['terms', key] });
            onBack();
          }}
        >
          {t('terms.back')}
        </Button>
      </div>
    </div>
  );
}
