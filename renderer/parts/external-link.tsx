import { ExternalLink as Icon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useClient } from '../bridge/client.ts';
import styles from './external-link.module.css';

/** A link out of the app: the desktop window hands it to the system's browser, a browser opens a tab that knows nothing of us. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const client = useClient();
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={styles.link}
      onClick={(event) => {
        if (client.host !== 'electron') return;
        event.preventDefault();
        void client.call('app.openLink', { url: href });
      }}
    >
      {children}
      <Icon size={12} aria-hidden />
    </a>
  );
}
