import type { Bridge } from './bridge.ts';
import type { ArchiveEvent, CallName, Input, Output } from './contract.ts';
import type { Reply } from './envelope.ts';
import type { ErrorCode } from './errors.ts';

const bearerKey = 'transcript-archive-bearer';
/** Pauses before the event stream is opened again: quick at first, for a server that was just restarted. */
const reconnectMs = [250, 1000, 2000, 5000];
/** The server sends something at least every 15 seconds. */
const silenceMs = 40_000;

/**
 * The bridge of a page in a browser: calls by fetch, events as a stream of JSON lines. Takes the one-time token out of
 * the address at once, so that it is in neither history nor a bookmark. The bearer that it buys stays with the tab.
 */
export function createWebBridge(): Bridge {
  const session = openSession(takeLaunchToken());
  const listeners = new Set<(event: ArchiveEvent) => void>();
  let streaming = false;

  const tell = (event: ArchiveEvent) => {
    for (const listener of listeners) listener(event);
  };

  return {
    host: 'web',
    async call<N extends CallName>(name: N, input: Input<N>, callId: string): Promise<Reply<Output<N>>> {
      return (await post('/api/call', { name, input, callId }, await session)) as Reply<Output<N>>;
    },
    cancel(callId) {
      void session.then((bearer) => post('/api/cancel', { callId }, bearer));
    },
    subscribe(listener) {
      const own = (event: ArchiveEvent) => listener(event);
      listeners.add(own);
      if (!streaming) {
        streaming = true;
        void followEvents(session, tell);
      }
      return () => void listeners.delete(own);
    },
  };
}

function takeLaunchToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** The tab's bearer: bought with a token if there is one, else the one from before a reload. Empty if there is none. */
async function openSession(token: string | null): Promise<string> {
  if (token !== null) {
    const answer = await post('/api/session', { token }, '');
    if (isObject(answer) && typeof answer['bearer'] === 'string') {
      sessionStorage.setItem(bearerKey, answer['bearer']);
      return answer['bearer'];
    }
    // A spent token: a link that was opened by reload or by going back. The tab may hold its bearer already.
  }
  return sessionStorage.getItem(bearerKey) ?? '';
}

/** Never rejects: what the network did becomes a reply like any other. */
async function post(path: string, body: unknown, bearer: string): Promise<unknown> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
    });
    if (response.status === 204) return null;
    return (await response.json()) as unknown;
  } catch {
    return failure(
      'engine-restarted',
      'The app on this computer does not answer.',
      'Start it again, then open its new link.',
    );
  }
}

function failure(code: ErrorCode, message: string, hint: string): Reply<never> {
  return { ok: false, error: { code, message, hint, retryable: true } };
}

/** Keeps the stream of events open while the page lives. */
async function followEvents(session: Promise<string>, tell: (event: ArchiveEvent) => void): Promise<void> {
  const bearer = await session;
  let failures = 0;
  for (let lost = false; ; lost = true) {
    const end = await readEvents(
      bearer,
      (event) => tell(event),
      () => {
        failures = 0;
        // What happened meanwhile is unknown: everything that is shown must be asked for again.
        if (lost) {
          tell({ type: 'engine-restarted', role: 'web' });
          tell({ type: 'accounts-changed' });
          tell({ type: 'archive-changed' });
        }
      },
    );
    // Without a session there will never be a stream; calls tell the user what to do.
    if (end === 'refused') return;
    await pause(reconnectMs[Math.min(failures++, reconnectMs.length - 1)] ?? 5000);
  }
}

async function readEvents(
  bearer: string,
  tell: (event: ArchiveEvent) => void,
  onOpen: () => void,
): Promise<'refused' | 'lost'> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const response = await fetch('/api/events', {
      headers: { Authorization: `Bearer ${bearer}` },
      cache: 'no-store',
      credentials: 'omit',
      signal: silence.signal,
    });
    if (response.status === 401 || response.status === 403) return 'refused';
    if (!response.ok || response.body === null) return 'lost';
    onOpen();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'lost';
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silenceMs);
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') tell(JSON.parse(line) as ArchiveEvent);
    }
  } catch {
    return 'lost';
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
