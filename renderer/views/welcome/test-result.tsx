import { Check } from 'lucide-react';
import type { AccountTest } from '../../../preload/model.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import styles from './test-result.module.css';

/** What the source answered: the proof that the keys work, before anything is fetched. */
export function TestResult({ result, onSync }: { result: AccountTest; onSync?: () => void }) {
  return (
    <div className={styles.result} role="status">
      <h2>{t('test.works', { account: result.accountId })}</h2>
      <ul className={styles.sources}>
        {result.sources.map((source) => (
          <li key={source.source}>
            <Check size={16} aria-hidden />
            <span>
              <b>{t(`source.${source.source}`)}</b> · {t('test.recent', { count: source.recentConversations })}
              <br />
              <code>{source.domain}</code>
            </span>
          </li>
        ))}
      </ul>
      {result.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
      {onSync !== undefined && (
        <>
          <p>{t('test.next')}</p>
          <Button kind="primary" onPress={onSync} autoFocus>
            {t('test.sync')}
          </Button>
        </>
      )}
    </div>
  );
}
