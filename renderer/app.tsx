import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { Redirect, Route, Router, Switch } from 'wouter';
import type { Bridge } from '../preload/bridge.ts';
import { asErrorValue, ClientContext, createClient } from './bridge/client.ts';
import { createQueryClient, useAccounts, useArchiveEvents } from './bridge/queries.ts';
import { Skeleton } from './parts/empty.tsx';
import { ErrorNotice } from './parts/notice.tsx';
import { Toasts } from './parts/toast.tsx';
import { useHashPath, useHashSearch } from './state/hash-location.ts';
import { rememberedSearch } from './state/remembered.ts';
import { layoutLocale } from './text/locale.ts';
import { t } from './text/text.ts';
import { CasesView } from './views/cases/cases-view.tsx';
import { CoverageView } from './views/coverage/coverage-view.tsx';
import { CustodyView } from './views/custody/custody-view.tsx';
import { DashboardView } from './views/dashboard/dashboard-view.tsx';
import { Frame } from './views/frame/frame.tsx';
import { useAppearance } from './views/frame/use-appearance.ts';
import { QueueView } from './views/queue/queue-view.tsx';
import { SearchView } from './views/search/search-view.tsx';
import { SettingsView } from './views/settings/settings-view.tsx';
import { WelcomeView } from './views/welcome/welcome-view.tsx';
import styles from './app.module.css';

export function App({ bridge }: { bridge: Bridge }) {
  const [client] = useState(() => createClient(bridge));
  const [queries] = useState(createQueryClient);
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        <I18nProvider locale={layoutLocale}>
          <Router hook={useHashPath} searchHook={useHashSearch} hrefs={(path) => `#${path}`}>
            <Screens />
            <Toasts />
          </Router>
        </I18nProvider>
      </QueryClientProvider>
    </ClientContext>
  );
}

/** An archive without accounts has one screen: welcome. */
function Screens() {
  useArchiveEvents();
  useAppearance();
  const accounts = useAccounts();
  useEffect(() => {
    document.title = t('app.name');
  }, []);
  if (accounts.error !== null) {
    return (
      <main className={styles.trouble}>
        <h1>{t('app.name')}</h1>
        <ErrorNotice error={asErrorValue(accounts.error)} onRetry={() => void accounts.refetch()} />
      </main>
    );
  }
  if (accounts.data === undefined) {
    return (
      <main className={styles.trouble}>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        <Skeleton rows={4} label={t('state.opening')} />
      </main>
    );
  }
  const empty = accounts.data.length === 0;
  return (
    <Frame>
      <Switch>
        <Route path="/welcome">
          <WelcomeView />
        </Route>
        <Route path="/search">{empty ? <Redirect to="/welcome" replace /> : <SearchView />}</Route>
        <Route path="/dashboard">{empty ? <Redirect to="/welcome" replace /> : <DashboardView />}</Route>
        <Route path="/cases">
          <CasesView />
        </Route>
        <Route path="/queue">
          <QueueView />
        </Route>
        <Route path="/coverage">
          <CoverageView />
        </Route>
        <Route path="/custody">
          <CustodyView />
        </Route>
        <Route path="/settings">
          <SettingsView />
        </Route>
        <Route>
          <Redirect to={empty ? '/welcome' : rememberedSearch()} replace />
        </Route>
      </Switch>
    </Frame>
  );
}
