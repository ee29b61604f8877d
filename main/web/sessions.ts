import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** A launch link that nobody opened in this time is void. */
const launchTokenLifeMs = 24 * 3_600_000;
const maximumOpenLinks = 32;
const maximumSessions = 64;

interface Secret {
  digest: Buffer;
  expiresAt: number;
}
interface Session {
  id: string;
  digest: Buffer;
}

/**
 * Who may call. A link carries a token that works once and turns into a bearer, which the page keeps for its tab.
 * Only digests are kept here, and all are compared each time, so that neither a leak of memory nor the time of an answer
 * helps in guessing.
 */
export class Sessions {
  readonly #now: () => number;
  #launchTokens: Secret[] = [];
  #sessions: Session[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A new token for one opening of the page. */
  createLaunchToken(): string {
    const token = randomBytes(32).toString('base64url');
    this.#launchTokens.push({ digest: digest(token), expiresAt: this.#now() + launchTokenLifeMs });
    this.#launchTokens = this.#launchTokens.slice(-maximumOpenLinks);
    return token;
  }

  /** The bearer for a launch token, which is spent by this; undefined if it was never given out, is spent or too old. */
  redeem(token: string): string | undefined {
    const found = findByDigest(this.#launchTokens, token);
    if (found === undefined) return undefined;
    this.#launchTokens = this.#launchTokens.filter((known) => known !== found);
    if (found.expiresAt < this.#now()) return undefined;
    const bearer = randomBytes(32).toString('base64url');
    this.#sessions.push({ id: randomUUID(), digest: digest(bearer) });
    this.#sessions = this.#sessions.slice(-maximumSessions);
    return bearer;
  }

  /** The session that an Authorization header names. */
  find(authorization: string | undefined): Session | undefined {
    const bearer = /^Bearer ([\w-]{1,128})$/u.exec(authorization ?? '')?.[1];
    return bearer === undefined ? undefined : findByDigest(this.#sessions, bearer);
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function findByDigest<T extends { digest: Buffer }>(known: readonly T[], secret: string): T | undefined {
  const wanted = digest(secret);
  let found: T | undefined;
  for (const candidate of known) if (timingSafeEqual(candidate.digest, wanted)) found = candidate;
  return found;
}
