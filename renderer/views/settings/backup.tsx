import { useState } from 'react';
import type { BackupResult } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Check } from '../../parts/check.tsx';
import { TextField } from '../../parts/field.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatBytes, isoDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './job-panel.module.css';
import { JobPanel } from './job-panel.tsx';
import { useStartedJob } from './use-started-job.ts';

/** One file with the whole archive, and the number by which anyone can tell that it is still that file. */
export function Backup({ folder, separator }: { folder: string; separator: string }) {
  const client = useClient();
  const [file, setFile] = useState(
    () => `${folder.replace(/[\\/]+$/u, '')}${separator}archive-${isoDay(Date.now(), 'UTC')}.sqlite`,
  );
  const [overwrite, setOverwrite] = useState(false);
  const started = useStartedJob(() => client.call('archive.backup', { file: file.trim(), overwrite }));
  const { job } = started;
  return (
    <div className={styles.form}>
      <TextField
        label={t('backup.file')}
        description={t('backup.file.what')}
        value={file}
        onChange={setFile}
        isRequired
        mono
      />
      <Check label={t('backup.overwrite')} value={overwrite} onChange={setOverwrite} />
      <div className={styles.actions}>
        <Button onPress={started.start} isDisabled={file.trim() === '' || started.running}>
          {t('backup.do')}
        </Button>
      </div>
      <JobPanel started={started} label={t('job.backup.running')} cancelled={t('backup.cancelled')} />
      {job?.kind === 'backup' && job.result !== undefined && <Made result={job.result} />}
    </div>
  );
}

function Made({ result }: { result: BackupResult }) {
  const client = useClient();
  return (
    <div className={styles.result}>
      <p className={styles.title} role="status">
        {t('backup.done')}
      </p>
      <dl className={styles.facts}>
        <dt>{t('backup.path')}</dt>
        <dd>
          <code>{result.path}</code>
        </dd>
        <dt>{t('backup.size')}</dt>
        <dd>{formatBytes(result.bytes)}</dd>
        <dt>{t('backup.sha256')}</dt>
        <dd>
          <code>{result.sha256}</code>
        </dd>
      </dl>
      <div className={styles.actions}>
        <Button
          size="small"
          onPress={() => void navigator.clipboard.writeText(result.sha256).then(() => toast(t('backup.copied')))}
        >
          {t('backup.copy')}
        </Button>
        {client.host === 'electron' && (
          <Button size="small" onPress={() => void client.call('app.showInFolder', { path: result.path })}>
            {t('seal.show')}
          </Button>
        )}
      </div>
    </div>
  );
}
