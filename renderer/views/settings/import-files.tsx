import { useState } from 'react';
import type { ImportResult } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import styles from './job-panel.module.css';
import { JobPanel } from './job-panel.tsx';
import { useStartedJob } from './use-started-job.ts';

/** Rejected records that are named; the rest is a number. */
const namedRejections = 50;

/** Takes in saved API responses by path: neither host has a picker of files. */
export function ImportFiles() {
  const client = useClient();
  const [paths, setPaths] = useState('');
  const files = paths
    .split(/\r?\n/u)
    // Copied from a file manager, a path often comes in quotes.
    .map((line) => line.trim().replace(/^"(.*)"$/u, '$1'))
    .filter((line) => line !== '');
  const started = useStartedJob(() => client.call('archive.import', { files }));
  const { job } = started;
  return (
    <div className={styles.form}>
      <TextField
        label={t('import.files')}
        description={t('import.files.what')}
        value={paths}
        onChange={setPaths}
        rows={3}
        mono
      />
      <div className={styles.actions}>
        <Button onPress={started.start} isDisabled={files.length === 0 || started.running}>
          {files.length === 0 ? t('import.none') : t('import.do', { count: files.length })}
        </Button>
      </div>
      <JobPanel started={started} label={t('job.import.running')} cancelled={t('import.cancelled')} />
      {job?.kind === 'import' && job.result !== undefined && <Imported result={job.result} />}
    </div>
  );
}

function Imported({ result }: { result: ImportResult }) {
  const { records, added, changed, unchanged, rejected } = result;
  const named = rejected.slice(0, namedRejections);
  return (
    <div className={styles.result} role="status">
      <p className={styles.title}>{t('import.done', { count: records, added, changed, unchanged })}</p>
      {rejected.length > 0 && (
        <Notice tone="warning" title={t('import.rejected', { count: rejected.length })}>
          <p>{t('import.rejected.rest')}</p>
          <ul className={styles.rejected}>
            {named.map(({ file, position, problem }, index) => (
              <li key={index}>
                <code>{file}</code>, {t('import.position', { position })}: {problem}
              </li>
            ))}
            {rejected.length > named.length && <li>{t('import.more', { count: rejected.length - named.length })}</li>}
          </ul>
        </Notice>
      )}
    </div>
  );
}
