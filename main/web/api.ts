import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Host } from '../host/host.ts';
import { streamEvents } from './event-stream.ts';
import { readJson, type BodyProblem } from './request-body.ts';
import { refuse, sendJson, apiHeaders } from './respond.ts';
import type { Sessions } from './sessions.ts';

/** Bodies being read and calls being answered at one time; the page itself never has more than a few. */
const maximumCalls = 200;
/** Launch tokens being redeemed at one time. Anyone on this machine can ask for that, so it has a limit of its own. */
const maximumLaunches = 16;
const launchBodyBytes = 1024;
/** Event streams at one time: tabs. */
const maximumStreams = 64;

type Session = NonNullable<ReturnType<Sessions['find']>>;

/** The API of the page: a session, calls, cancellations and a stream of events. */
export class Api {
  readonly #host: Host;
  readonly #sessions: Sessions;
  #calls = 0;
  #launches = 0;
  #streams = 0;

  constructor(host: Host, sessions: Sessions) {
    this.#host = host;
    this.#sessions = sessions;
  }

  get openStreams(): number {
    return this.#streams;
  }

  async answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = path === '/api/events' ? 'GET' : 'POST';
    if (request.method !== method) {
      response.setHeader('Allow', method);
      return refuse(response, 405, 'invalid-input', `This address takes ${method} only.`);
    }
    if (path === '/api/session') return this.#openSession(request, response);

    const session = this.#sessions.find(request.headers.authorization);
    if (session === undefined) {
      return refuse(
        response,
        401,
        'unauthorised-caller',
        'This page has no valid session.',
        'Open a new one-time link.',
      );
    }
    switch (path) {
      case '/api/call':
        return this.#call(session, request, response);
      case '/api/cancel':
        return this.#cancel(session, request, response);
      case '/api/events':
        return this.#events(response);
      default:
        return refuse(response, 404, 'not-found', 'There is nothing here.');
    }
  }

  async #openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#launches >= maximumLaunches)
      return refuse(response, 503, 'conflict', 'Too many links at once.', 'Try again.');
    this.#launches++;
    const body = await readJson(request, launchBodyBytes).finally(() => this.#launches--);
    if (!body.ok) return refuseBody(response, body.problem);
    const token = textField(body.value, 'token');
    const bearer = token === undefined ? undefined : this.#sessions.redeem(token);
    if (bearer !== undefined) return sendJson(response, 200, { bearer });
    refuse(
      response,
      401,
      'unauthorised-caller',
      'This link was used already or is not valid.',
      'Open a new one-time link.',
    );
  }

  async #call(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#calls >= maximumCalls) return refuse(response, 503, 'conflict', 'Too many calls at once.', 'Try again.');
    this.#calls++;
    try {
      const body = await readJson(request);
      if (!body.ok) return refuseBody(response, body.problem);
      const callId = ownCallId(session, textField(body.value, 'callId'));
      // The page closed or reloaded: nobody waits for the answer any more.
      response.once('close', () => {
        if (callId !== undefined && !response.writableFinished) this.#host.cancel(callId);
      });
      const reply = await this.#host.call(field(body.value, 'name'), field(body.value, 'input'), { callId });
      if (!response.destroyed) sendJson(response, 200, reply);
    } finally {
      this.#calls--;
    }
  }

  async #cancel(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request);
    if (!body.ok) return refuseBody(response, body.problem);
    const callId = ownCallId(session, textField(body.value, 'callId'));
    if (callId !== undefined) this.#host.cancel(callId);
    response.writeHead(204, apiHeaders).end();
  }

  #events(response: ServerResponse): void {
    if (this.#streams >= maximumStreams) return refuse(response, 503, 'conflict', 'Too many tabs are open.');
    this.#streams++;
    response.once('close', () => this.#streams--);
    streamEvents(this.#host, response);
  }
}

/** One tab cannot cancel another's calls, whatever id it names. */
function ownCallId(session: Session, callId: string | undefined): string | undefined {
  return callId === undefined ? undefined : `${session.id}:${callId}`;
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
}

function textField(body: unknown, name: string): string | undefined {
  const value = field(body, name);
  return typeof value === 'string' && value.length <= 200 ? value : undefined;
}

function refuseBody(response: ServerResponse, problem: BodyProblem): void {
  if (problem === 'gone') response.destroy();
  else if (problem === 'too-large') refuse(response, 413, 'invalid-input', 'The request is too large.');
  else if (problem === 'wrong-type') refuse(response, 415, 'invalid-input', 'The request must be JSON.');
  else refuse(response, 400, 'invalid-input', 'The request is not valid JSON.');
}
