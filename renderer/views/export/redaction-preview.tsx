import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import type { Redaction } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './redaction-preview.module.css';

/** How many conversations are looked at: enough to see what rules do, soon enough to wait for. */
const limit = 500;
const mostExamples = 12;

interface RedactionPreviewProps {
  query: string;
  ids?: readonly string[] | undefined;
  zone: string;
  redaction: Redaction | 'invalid';
}

/** What the rules would hide, before anything is exported. Asked for by a button: each preview is noted in the log. */
export function RedactionPreview({ query, ids, zone, redaction }: RedactionPreviewProps) {
  const client = useClient();
  const current = JSON.stringify(redaction);
  const [asked, setAsked] = useState<string | null>(null);
  const isAsked = asked === current && redaction !== 'invalid';
  const preview = useQuery({
    queryKey: ['export.previewRedaction', query, ids, zone, current],
    queryFn: ({ signal }) => {
      if (redaction === 'invalid') throw new Error('Nothing valid to preview.');
      const scope = { query, ...(ids === undefined ? {} : { ids: [...ids] }), timeZone: zone };
      return client.call('export.previewRedaction', { ...scope, redaction, limit }, signal);
    },
    enabled: isAsked,
    staleTime: Infinity,
  });
  return (
    <div className={styles.preview}>
      {isAsked && preview.data !== undefined && <Found preview={preview.data} />}
      {isAsked && preview.error !== null && <ErrorNotice error={asErrorValue(preview.error)} />}
      {(!isAsked || preview.data === undefined) && (
        <Button
          size="small"
          isDisabled={redaction === 'invalid' || (isAsked && preview.isFetching)}
          onPress={() => (isAsked ? void preview.refetch() : setAsked(current))}
        >
          {isAsked && preview.isFetching ? t('redact.preview.busy') : t('redact.preview')}
        </Button>
      )}
    </div>
  );
}

function Found({ preview }: { preview: Output<'export.previewRedaction'> }) {
  const { total, scanned, affected, failed, counts, examples } = preview;
  return (
    <section role="status" className={styles.found}>
      <p>
        {scanned < total
          ? t('redact.preview.scanned', { affected, scanned, total })
          : t('redact.preview.all', { affected, scanned })}
      </p>
      {failed > 0 && <Notice tone="warning">{t('redact.preview.failed', { count: failed })}</Notice>}
      {counts.length > 0 && (
        <table className={styles.counts}>
          <thead>
            <tr>
              <th scope="col">{t('redact.preview.rule')}</th>
              <th scope="col">{t('redact.preview.places')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <tr key={`${count.rule} ${count.reason}`}>
                <th scope="row">{ruleWords(count.rule, count.reason)}</th>
                <td>{formatNumber(count.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {examples.length > 0 && (
        <details className={styles.examples}>
          <summary>{t('redact.preview.examples')}</summary>
          <ul>
            {varied(examples).map((example, index) => (
              <li key={index}>
                <bdi className={styles.text}>{example.text}</bdi> <code>[REDACTED:{example.reason}]</code>{' '}
                <span className={styles.aside}>
                  <bdi>{example.id}</bdi>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className={styles.aside}>{t('redact.preview.limits')}</p>
    </section>
  );
}

/** Some of each rule rather than many of the first. */
function varied(examples: Output<'export.previewRedaction'>['examples']) {
  const seen = new Map<string, number>();
  const each = Math.max(2, Math.ceil(mostExamples / new Set(examples.map(({ reason }) => reason)).size));
  return examples
    .filter(({ reason }) => {
      const count = (seen.get(reason) ?? 0) + 1;
      seen.set(reason, count);
      return count <= each;
    })
    .slice(0, mostExamples);
}

function ruleWords(rule: string, reason: string): string {
  switch (rule) {
    case 'email':
    case 'phone':
    case 'card':
    case 'iban':
    case 'national':
    case 'manual':
      return t(`redact.rule.${rule}`);
    case 'customer':
      return `${t('redact.rule.customer')} · ${reason}`;
    default:
      return `${t('redact.rule.custom')} · ${reason}`;
  }
}
