import type { IncomingMessage } from 'node:http';

/** The contract's largest input is a query of a million characters, of up to three bytes each. */
const maximumBodyBytes = 4 * 1024 * 1024;

export type BodyProblem = 'too-large' | 'not-json' | 'wrong-type' | 'gone';
export type Body = { ok: true; value: unknown } | { ok: false; problem: BodyProblem };

/** Reads a JSON body. One that says or turns out to be too large is not read any further. */
export async function readJson(request: IncomingMessage, maximumBytes = maximumBodyBytes): Promise<Body> {
  // Any other type could be sent by a foreign page without asking first.
  if (!/^application\/json(?:;|$)/iu.test(request.headers['content-type'] ?? ''))
    return { ok: false, problem: 'wrong-type' };
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) return { ok: false, problem: 'too-large' };
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maximumBytes) return { ok: false, problem: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, problem: 'gone' };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { ok: true, value: JSON.parse(text, refusePrototypes) };
  } catch {
    return { ok: false, problem: 'not-json' };
  }
}

/** No input of ours has such a key; whoever sends one means harm. */
function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('A key named __proto__ is not accepted.');
  return value;
}
