import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../preload/bridge.ts';
import { createWebBridge } from '../preload/web.ts';
import { chooseLanguage } from './text/language.ts';
import { installTrustedTypesPolicy } from './trusted-types.ts';

installTrustedTypesPolicy();

// The desktop window's preload has put the bridge there; in a browser the page makes its own. It must be made
// before anything reads the location: the web bridge takes its one-time launch token out of the fragment.
void start(window.archive ?? createWebBridge());

async function start(bridge: Bridge): Promise<void> {
  const container = document.getElementById('root');
  if (container === null) throw new Error('index.html has no #root');
  await chooseLanguage(bridge);
  // Only now: modules of the page take their words and formats when they are loaded.
  const { App } = await import('./app.tsx');
  createRoot(container).render(
    <StrictMode>
      <App bridge={bridge} />
    </StrictMode>,
  );
}
