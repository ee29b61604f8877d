import { X } from 'lucide-react';
import { useState } from 'react';
import { useAppInfo } from '../../bridge/queries.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import styles from './notices.module.css';

/** What happened at start and the user should know, such as settings that were set aside. */
export function Notices() {
  const notices = useAppInfo().data?.notices ?? [];
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = notices.filter((notice) => !dismissed.includes(notice));
  if (shown.length === 0) return null;
  return (
    <ul className={styles.notices} aria-label={t('frame.notices')}>
      {shown.map((notice) => (
        <li key={notice} className={styles.notice}>
          <span>{notice}</span>
          <IconButton label={t('action.dismiss')} size="small" onPress={() => setDismissed([...dismissed, notice])}>
            <X size={14} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
