/** Runs inside the page, before its scripts: notes how long after a key the results are painted, and long tasks. */
export interface PaintProbe {
  /** Milliseconds from each key to the paint of the results of the text it made. */
  keys: number[];
  longTasks: number[];
  /** Milliseconds that the longest blank row in view stayed blank. */
  longestBlankMs: number;
  watchBlanks(on: boolean): void;
}

declare global {
  interface Window {
    paintProbe: PaintProbe;
  }
}

export function installProbe(): void {
  let blankSince: number | null = null;
  let watching = false;
  const probe: PaintProbe = {
    keys: [],
    longTasks: [],
    longestBlankMs: 0,
    watchBlanks(on) {
      watching = on;
      if (on) requestAnimationFrame(lookForBlanks);
    },
  };
  window.paintProbe = probe;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.longTasks.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });

  const pagesAsked: number[] = [];
  let pagesUnderWay = 0;
  const ownFetch = window.fetch;
  window.fetch = async (resource, options) => {
    const isPage = typeof options?.body === 'string' && options.body.includes('"search.page"');
    if (!isPage) return ownFetch(resource, options);
    pagesAsked.push(performance.now());
    pagesUnderWay += 1;
    try {
      return await ownFetch(resource, options);
    } finally {
      pagesUnderWay -= 1;
    }
  };

  let latestKey = 0;
  document.addEventListener(
    'keydown',
    ({ timeStamp, key, target }) => {
      if (key.length !== 1 || !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
      latestKey += 1;
      const own = latestKey;
      let frames = 0;
      const look = (): void => {
        // Overtaken by the next key: its results were never meant to be seen.
        if (own !== latestKey) return;
        frames += 1;
        const asked = (pagesAsked.at(-1) ?? 0) > timeStamp;
        const busy = document.querySelector('[role=listbox][aria-busy]')?.getAttribute('aria-busy') !== 'false';
        // What the page remembers is asked for by nobody: after some frames without a request it is that.
        if (busy || pagesUnderWay > 0 || (!asked && frames < 8)) requestAnimationFrame(look);
        // A task after a frame's callbacks runs when that frame has been painted.
        else setTimeout(() => probe.keys.push(performance.now() - timeStamp), 0);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );

  function lookForBlanks(now: number): void {
    const list = document.querySelector('[role=listbox][aria-busy]');
    const box = list?.getBoundingClientRect();
    const blank = [...document.querySelectorAll('[role=option]')].some((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return box !== undefined && bottom > box.top && top < box.bottom && row.querySelector('time') === null;
    });
    if (!blank) blankSince = null;
    else {
      blankSince ??= now;
      probe.longestBlankMs = Math.max(probe.longestBlankMs, now - blankSince);
    }
    if (watching) requestAnimationFrame(lookForBlanks);
  }
}
