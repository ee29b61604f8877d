import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createWebBridge } from '../preload/web.ts';
import { App } from './app.tsx';
import { installTrustedTypesPolicy } from './trusted-types.ts';

installTrustedTypesPolicy();

// The desktop window's preload has put the bridge there; in a browser the page makes its own. It must be made
// before anything reads the location: the web bridge takes its one-time launch token out of the fragment.
const bridge = window.archive ?? createWebBridge();

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');
createRoot(container).render(
  <StrictMode>
    <App bridge={bridge} />
  </StrictMode>,
);
