import { useQuery } from '@tanstack/react-query';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatBytes } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './original.module.css';

/** The record exactly as the API sent it: not parsed, not indented, every digit as it came. */
export function Original({ id, version }: { id: string; version: number }) {
  const client = useClient();
  const original = useQuery({
    queryKey: ['conversations.original', id, version],
    queryFn: ({ signal }) => client.call('conversations.original', { id, version }, signal),
  });
  if (original.error !== null)
    return <ErrorNotice error={asErrorValue(original.error)} onRetry={() => void original.refetch()} />;
  if (original.data === undefined) return <Skeleton rows={8} label={t('state.loading')} />;
  const bytes = Uint8Array.from(atob(original.data.base64), (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(bytes);
  return (
    <div className={styles.original}>
      <div className={styles.head}>
        <p>
          {t('original.what', { size: formatBytes(bytes.length) })}
          <br />
          SHA-256 <code className={styles.hash}>{original.data.sha256}</code>
        </p>
        <Button
          size="small"
          onPress={() => {
            void navigator.clipboard.writeText(text).then(() => toast(t('original.copied')));
          }}
        >
          {t('action.copy')}
        </Button>
      </div>
      <pre className={styles.text} tabIndex={0} dir="ltr">
        {text}
      </pre>
    </div>
  );
}
