import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import type { EngineRole, FromEngine, ToEngine } from '../../preload/engine-protocol.ts';
import { engineEnvironment } from '../host/engine-environment.ts';
import type { EngineProcess } from '../host/engine-process.ts';

/** Forks the engine's bundle as a utility process. Only after the app is ready. */
export function forkUtilityEngine(engineFile: string, role: EngineRole): EngineProcess {
  const child = utilityProcess.fork(engineFile, [role], {
    serviceName: `Transcript Archive ${role}`,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: engineEnvironment(),
  });
  const lines = child.stderr === null ? undefined : createInterface({ input: child.stderr });
  let gone = false;
  child.once('exit', () => {
    gone = true;
  });
  return {
    get pid() {
      return child.pid;
    },
    send(message: ToEngine) {
      if (!gone) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    onLogLine: (listener) => void lines?.on('line', listener),
    kill() {
      // UtilityProcess.kill() asks politely (SIGTERM), which a running SQLite statement does not hear.
      if (child.pid === undefined) {
        child.once('spawn', () => killNow(child.pid));
      } else {
        killNow(child.pid);
      }
    },
  };
}

function killNow(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile; its exit is told on its own.
  }
}
