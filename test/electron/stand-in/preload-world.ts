/**
 * What the preload finds in the page: `require('electron')` with contextBridge and ipcRenderer, as a script. It takes
 * the bindings out of the page's reach before the page's own scripts run.
 */
export function preloadScript(preloadSource: string): string {
  return `(() => {
  if (window !== window.top || location.protocol !== 'https:') return;
  const invoke = window.__standInInvoke, send = window.__standInSend;
  delete window.__standInInvoke; delete window.__standInSend;
  const listeners = new Map();
  Object.defineProperty(window, Symbol.for('stand-in-deliver'), {
    value: (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args); },
  });
  const copy = (value) => {
    if (typeof value === 'function') {
      return (...args) => {
        const result = value(...args.map(copy));
        return result instanceof Promise ? result.then(copy) : copy(result);
      };
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(copy);
    if (Object.getPrototypeOf(value) === Object.prototype) {
      return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)])));
    }
    return structuredClone(value);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld(key, api) {
        Object.defineProperty(window, key, { value: copy(api), enumerable: true });
      },
    },
    ipcRenderer: {
      invoke: (channel, ...args) => invoke({ channel, args }),
      send: (channel, ...args) => { void send({ channel, args }); },
      on(channel, listener) { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
      off(channel, listener) { listeners.set(channel, (listeners.get(channel) ?? []).filter((known) => known !== listener)); },
    },
  };
  const module = { exports: {} };
  const require = (name) => {
    if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name);
    return electron;
  };
  ((module, exports, require) => {
${preloadSource}
  })(module, module.exports, require);
})();`;
}
