import { clsx } from 'clsx';
import { Settings } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useAccounts } from '../../bridge/queries.ts';
import { rememberedSearch } from '../../state/remembered.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import { t } from '../../text/text.ts';
import { CommandPalette } from './command-palette.tsx';
import { JobTray } from './job-tray.tsx';
import { Notices } from './notices.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { Truth } from './truth.tsx';
import { WarningList } from './warning-list.tsx';
import styles from './frame.module.css';

const screens = [
  { path: '/search', label: t('nav.search') },
  { path: '/dashboard', label: t('nav.dashboard') },
  { path: '/cases', label: t('nav.cases') },
  { path: '/coverage', label: t('nav.coverage') },
  { path: '/custody', label: t('nav.custody') },
] as const;

const isApple = /Mac|iPhone|iPad/u.test(navigator.userAgent);

export function Frame({ children }: { children: ReactNode }) {
  const [path, navigate] = useLocation();
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const accounts = useAccounts().data ?? [];
  const demo = accounts.some((account) => account.demo);
  useShortcuts({
    'mod+k': (event) => {
      event.preventDefault();
      setPalette(true);
    },
    '?': () => setSheet(true),
  });
  return (
    <div className={styles.frame}>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('#main')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <header className={styles.bar}>
        <span className={styles.brand} aria-hidden>
          <svg viewBox="0 0 32 32" width="18" height="18">
            <path d="M5 8h22M5 14.5h15M5 21h19M5 27h9" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
          </svg>
        </span>
        <nav aria-label={t('nav.screens')} className={styles.nav}>
          {accounts.length > 0 &&
            screens.map((screen) => (
              <Link
                key={screen.path}
                // Back to the search that was left, not to all conversations.
                href={screen.path === '/search' && path !== '/search' ? rememberedSearch() : screen.path}
                className={clsx(styles.link)}
                aria-current={path === screen.path ? 'page' : undefined}
              >
                {screen.label}
              </Link>
            ))}
          {accounts.length === 0 && <span className={styles.name}>{t('app.name')}</span>}
        </nav>
        {demo && (
          <span className={styles.demo} title={t('frame.demo.means')}>
            {t('frame.demo')}
          </span>
        )}
        <div className={styles.end}>
          {accounts.length > 0 && <Truth />}
          {accounts.length > 0 && <WarningList />}
          <JobTray />
          <button type="button" className={styles.palette} onClick={() => setPalette(true)}>
            <span className="visually-hidden">{t('palette.open')} </span>
            <kbd>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
          </button>
          <Link
            href="/settings"
            className={clsx(styles.link, styles.gear)}
            aria-label={t('nav.settings')}
            title={t('nav.settings')}
            aria-current={path === '/settings' ? 'page' : undefined}
          >
            <Settings size={16} aria-hidden />
          </Link>
        </div>
      </header>
      <Notices />
      <div id="main" className={styles.main} tabIndex={-1}>
        {children}
      </div>
      <CommandPalette
        isOpen={palette}
        onClose={() => setPalette(false)}
        onGo={navigate}
        onShortcuts={() => setSheet(true)}
      />
      <ShortcutSheet isOpen={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}
