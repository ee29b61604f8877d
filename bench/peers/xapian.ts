import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Peer, PeerAnswer, PeerBuilt } from './peer.ts';

/** Null without Python's binding (Debian: python3-xapian). */
export function xapianPeer(): Peer | null {
  // Distributions install the binding for their own Python, which need not be the first on the PATH.
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import xapian']).status === 0,
  );
  if (python === undefined) return null;
  let child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  let answers: AsyncIterator<string> | undefined;
  let memory: number | null = null;
  const call = async (message: object): Promise<unknown> => {
    child?.stdin.write(`${JSON.stringify(message)}\n`);
    const line = await answers?.next();
    if (line === undefined || line.done === true) throw new Error('Xapian ended without an answer');
    return JSON.parse(line.value);
  };
  return {
    name: 'xapian',
    async build(texts, folder) {
      child = spawn(python, [`${import.meta.dirname}/xapian_peer.py`], { stdio: ['pipe', 'pipe', 'inherit'] });
      answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return (await call({ build: { texts, folder } })) as PeerBuilt;
    },
    async ask(question, runs) {
      const { answer, memoryMb } = (await call({ ask: { question, runs } })) as {
        answer: PeerAnswer;
        memoryMb: number;
      };
      memory = memoryMb;
      return answer;
    },
    memoryMb: () => memory,
    async close() {
      if (child === undefined) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
