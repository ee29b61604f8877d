import { t } from '../../text/text.ts';
import styles from './nothing-chosen.module.css';

const examples: readonly [string, string][] = [
  ['"money back"', t('search.example.phrase')],
  ['refund NEAR/5 guarantee', t('search.example.near')],
  ['said:agent(refund OR "money back")', t('search.example.said')],
  ['csat:<=2 from:-30d', t('search.example.filter')],
  ['has:note -skill:Cards', t('search.example.not')],
];

/** Beside a list of results before one is chosen: what can be asked for. */
export function NothingChosen() {
  return (
    <div className={styles.help}>
      <h2>{t('search.choose')}</h2>
      <p className={styles.keys}>
        <kbd>j</kbd> <kbd>k</kbd> {t('search.choose.move')} <kbd>Enter</kbd> {t('search.choose.open')} <kbd>?</kbd>{' '}
        {t('search.choose.keys')}
      </p>
      <h3>{t('search.examples')}</h3>
      <dl className={styles.list}>
        {examples.map(([query, meaning]) => (
          <div key={query} className={styles.row}>
            <dt>
              <code>{query}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
