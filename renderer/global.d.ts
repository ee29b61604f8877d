import type { Bridge } from '../preload/bridge.ts';

declare global {
  interface Window {
    /** Put there by the Electron preload; absent in a browser. */
    readonly archive?: Bridge;
  }
}
