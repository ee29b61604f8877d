import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineRole, FromEngine, ToEngine } from '../../preload/engine-protocol.ts';
import { engineEnvironment } from './engine-environment.ts';
import type { EngineProcess } from './engine-process.ts';

/**
 * What the writer makes of an answer is garbage a moment later. Given as much room as V8 takes by itself, it holds a
 * hundred megabytes more to be a few percent faster (decision 25).
 */
export const writerFlags: readonly string[] = ['--max-semi-space-size=8'];

/**
 * Forks the engine's entry with Node's `child_process`, for every host but Electron.
 * @param entryFile absolute path of `main/engine/entry.ts`, or of its bundle
 */
export function forkEngineProcess(entryFile: string, role: EngineRole): EngineProcess {
  const child = fork(entryFile, [role], {
    // 'advanced' carries structured clones: Uint8Array, Map and undefined survive.
    serialization: 'advanced',
    execArgv: role === 'writer' ? [...writerFlags] : [],
    env: engineEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lines = child.stderr === null ? undefined : createInterface({ input: child.stderr });
  return {
    pid: child.pid,
    send(message: ToEngine) {
      // The callback takes the error of a channel that just closed; the exit is announced on its own.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromEngine)),
    onExit(listener) {
      let told = false;
      const tell = (code: number | null) => {
        if (told) return;
        told = true;
        listener(code);
      };
      child.on('exit', tell);
      // A process that could not even be started has an 'error' and no 'exit'.
      child.on('error', () => {
        if (child.pid === undefined) tell(null);
      });
    },
    onLogLine: (listener) => void lines?.on('line', listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
