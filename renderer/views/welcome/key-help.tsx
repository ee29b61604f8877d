import type { Credentials } from '../../../preload/model.ts';
import { ExternalLink } from '../../parts/external-link.tsx';
import { t } from '../../text/text.ts';
import styles from './key-help.module.css';

/** Where the keys are in LivePerson, with the names that its screens use. */
export function KeyHelp({ type }: { type: Credentials['type'] }) {
  return (
    <aside className={styles.help} aria-label={t('keys.title')}>
      <h2>{t('keys.title')}</h2>
      {type === 'oauth2' ? (
        <ol className={styles.steps}>
          <li>{t('keys.oauth2.1')}</li>
          <li>{t('keys.oauth2.2')}</li>
          <li>{t('keys.oauth2.3')}</li>
          <li>
            {t('keys.oauth2.4')}
            <dl className={styles.scopes}>
              <dt>{t('source.chat')}</dt>
              <dd>
                <code>data.services.enghist</code>
              </dd>
              <dt>{t('source.messaging')}</dt>
              <dd>
                {t('keys.mi-scope')}{' '}
                <ExternalLink href="https://developers.liveperson.com/messaging-interactions-api-overview.html">
                  {t('keys.mi-page')}
                </ExternalLink>
              </dd>
            </dl>
          </li>
          <li>{t('keys.oauth2.5')}</li>
        </ol>
      ) : (
        <ol className={styles.steps}>
          <li>{t('keys.oauth1.1')}</li>
          <li>{t('keys.oauth1.2')}</li>
        </ol>
      )}
      <p>
        {t('keys.terms')}{' '}
        <ExternalLink href="https://www.liveperson.com/policies/apitou/">{t('keys.terms.link')}</ExternalLink>
      </p>
    </aside>
  );
}
