/** One HTTP exchange without sockets: the service answers these, a server or an axios adapter carries them. */
export interface DemoRequest {
  method: string;
  /** Absolute, as the client addressed it. */
  url: URL;
  /** The query exactly as sent, without `?`: OAuth 1 signs it. */
  rawQuery: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** How the body travels: whole, cut off, with the connection reset, or only after a delay. */
type Delivery = 'whole' | 'cut-off' | 'reset';

export interface DemoResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  delivery: Delivery;
  /** Milliseconds before the second half of the body is sent. */
  delayMs: number;
}

/** The answer of a refused request. Bodies of errors are not documented; `debugMessage` is what clients read. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    more: { body?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.body = more.body ?? { debugMessage: message };
    this.headers = more.headers ?? {};
  }
}

export function jsonResponse(status: number, body: string, headers: Record<string, string> = {}): DemoResponse {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body,
    delivery: 'whole',
    delayMs: 0,
  };
}

/** A path segment decoded; as it is when its percent signs make no sense. */
export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
