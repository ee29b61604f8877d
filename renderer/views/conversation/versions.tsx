import { clsx } from 'clsx';
import { useState } from 'react';
import type { Transcript } from '../../../preload/model.ts';
import { Button } from '../../parts/button.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { VersionDiff } from './version-diff.tsx';
import styles from './versions.module.css';

interface VersionsProps {
  transcript: Transcript;
  zone: string;
  onShow: (version: number) => void;
}

/** Every state in which the source ever sent this conversation. None is ever overwritten. */
export function Versions({ transcript, zone, onShow }: VersionsProps) {
  const [compared, setCompared] = useState<number | null>(null);
  return (
    <div className={styles.versions}>
      <p className={styles.what}>{t('versions.what')}</p>
      <ol>
        {transcript.versions
          .toSorted((a, b) => b.version - a.version)
          .map((version) => (
            <li
              key={version.version}
              className={clsx(styles.version, version.version === transcript.version && styles.shown)}
            >
              <b className={styles.number}>{version.version}</b>
              <div className={styles.words}>
                <p>{t(`reason.${version.reason}`)}</p>
                <p className={styles.aside}>
                  {t('versions.received', { when: formatMoment(version.receivedAt, zone) })}
                  <br />
                  {version.destroyed === undefined ? (
                    <>
                      SHA-256 <code>{version.sha256}</code>
                    </>
                  ) : (
                    t('versions.destroyed', { when: formatMoment(version.destroyed.at, zone) })
                  )}
                </p>
                {comparable(transcript, version.version) && (
                  <div>
                    <Button
                      kind="quiet"
                      size="small"
                      aria-expanded={compared === version.version}
                      onPress={() => setCompared(compared === version.version ? null : version.version)}
                    >
                      {t('diff.show', { version: version.version - 1 })}
                    </Button>
                  </div>
                )}
                {compared === version.version && (
                  <VersionDiff id={transcript.id} from={version.version - 1} to={version.version} zone={zone} />
                )}
              </div>
              {version.version === transcript.version ? (
                <span className={styles.aside}>{t('versions.shown')}</span>
              ) : (
                version.destroyed === undefined && (
                  <Button size="small" onPress={() => onShow(version.version)}>
                    {t('versions.show')}
                  </Button>
                )
              )}
            </li>
          ))}
      </ol>
    </div>
  );
}

/** Two versions can be compared while both have their content. */
function comparable({ versions }: Transcript, number: number): boolean {
  const pair = versions.filter(({ version }) => version === number || version === number - 1);
  return pair.length === 2 && pair.every(({ destroyed }) => destroyed === undefined);
}
