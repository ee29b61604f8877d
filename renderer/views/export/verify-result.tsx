import { clsx } from 'clsx';
import { CircleAlert, ShieldCheck } from 'lucide-react';
import type { VerifyReport } from '../../../preload/model.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './verify-result.module.css';

/** The outcome of a verification: what was checked, what failed, what it cannot prove. Green only here. */
export function VerifyResult({ report }: { report: VerifyReport }) {
  const Icon = report.ok ? ShieldCheck : CircleAlert;
  return (
    <section className={clsx(styles.result, report.ok ? styles.good : styles.bad)} role="status">
      <p className={styles.title}>
        <Icon size={18} aria-hidden />
        {report.ok ? t('verify.good') : t('verify.bad', { count: report.failures.length })}
      </p>
      <table className={styles.checks}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('verify.check')}</th>
            <th scope="col">{t('verify.checked')}</th>
            <th scope="col">{t('verify.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {report.checks.map((check) => (
            <tr key={check.name}>
              <th scope="row">{check.name}</th>
              <td>{formatNumber(check.checked)}</td>
              <td>{check.failed === 0 ? t('verify.none-failed') : t('verify.some-failed', { count: check.failed })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.failures.length > 0 && (
        <ul className={styles.failures}>
          {report.failures.slice(0, 50).map((failure, index) => (
            <li key={index}>
              <code>{failure.subject}</code> {failure.problem}
            </li>
          ))}
        </ul>
      )}
      {report.destroyed !== undefined && (
        <details className={styles.limits}>
          <summary>{t('verify.destroyed', { count: report.destroyed.length })}</summary>
          <ul>
            {report.destroyed.slice(0, 50).map(({ subject, version }) => (
              <li key={`${subject} ${version}`}>
                <code>{subject}</code> {t('verify.destroyed.version', { version })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {report.limits.length > 0 && (
        <details className={styles.limits}>
          <summary>{t('verify.limits')}</summary>
          <ul>
            {report.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
