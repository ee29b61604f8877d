import { useMutation, useQuery } from '@tanstack/react-query';
import type { Input } from '../../../preload/contract.ts';
import type { Outcome, ReviewReport } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';
import { saveText } from '../../state/save-text.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { outcomeKeys } from './outcomes.ts';
import { ProgressLine } from './progress-line.tsx';
import { tellError } from './use-review-actions.tsx';
import styles from './report.module.css';

type ReportInput = Input<'review.report'>;

interface ReportProps {
  scope: ReportInput['scope'];
  zone: string;
}

const formats = ['csv', 'html', 'json'] as const;

/** How far a review has come, by whom and on which days; and the same as a file with every decision. */
export function Report({ scope, zone }: ReportProps) {
  const client = useClient();
  const report = useQuery({
    queryKey: ['review.report', scope, zone],
    queryFn: ({ signal }) => client.call('review.report', { scope, timeZone: zone }, signal),
  });
  const file = useMutation({
    mutationFn: (format: (typeof formats)[number]) =>
      client.call('review.reportFile', { scope, timeZone: zone, format }),
    onSuccess: ({ name, mediaType, text }) => saveText(name, mediaType, text),
    onError: tellError,
  });
  return (
    <section className={styles.report} aria-labelledby="report">
      <h2 id="report">{t('report.title')}</h2>
      {report.error !== null && (
        <ErrorNotice error={asErrorValue(report.error)} onRetry={() => void report.refetch()} />
      )}
      {report.isPending && <Skeleton rows={4} label={t('state.loading')} />}
      {report.data !== undefined && (
        <>
          <ProgressLine progress={report.data.progress} label={t('report.title')} />
          {report.data.sample !== null && (
            <p className={styles.aside}>
              {t('report.sample', {
                size: report.data.sample.size,
                of: report.data.sample.of,
                seed: report.data.sample.seed,
              })}
            </p>
          )}
          <Shares title={t('report.reviewer')} lines={report.data.reviewers.map((line) => ({ ...line }))} />
          <Shares
            title={t('report.day')}
            lines={report.data.days.map(({ day, outcomes }) => ({ name: day, outcomes }))}
          />
          <div className={styles.actions}>
            {formats.map((format) => (
              <Button key={format} size="small" isDisabled={file.isPending} onPress={() => file.mutate(format)}>
                {t('report.save', { format: format.toUpperCase() })}
              </Button>
            ))}
          </div>
        </>
      )}
    </section>
  );
}

interface SharesProps {
  title: string;
  lines: readonly { name: string; outcomes: ReviewReport['progress']['outcomes'] }[];
}

function Shares({ title, lines }: SharesProps) {
  if (lines.length === 0) return null;
  const outcomes: readonly Outcome[] = outcomeKeys.map(({ outcome }) => outcome);
  return (
    <Table figures="rest" columns={[title, ...outcomes.map((outcome) => t(`outcome.${outcome}`))]}>
      {lines.map((line) => (
        <tr key={line.name}>
          <td>{line.name}</td>
          {outcomes.map((outcome) => (
            <td key={outcome}>{formatNumber(line.outcomes[outcome])}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
