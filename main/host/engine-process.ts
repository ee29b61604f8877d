import type { EngineRole, FromEngine, ToEngine } from '../../preload/engine-protocol.ts';

/**
 * One engine process as its host sees it, however it was forked: `child_process.fork` here, `utilityProcess.fork`
 * in Electron. Messages arrive in order; after `onExit` nothing arrives any more.
 */
export interface EngineProcess {
  readonly pid: number | undefined;
  /** Must not throw when the process is gone: its exit is told by `onExit`. */
  send(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once. `code` is null when a signal ended the process. */
  onExit(listener: (code: number | null) => void): void;
  /** Each line that the engine wrote to its standard error: JSON of `formatLogLine`, or a crash's last words. */
  onLogLine(listener: (line: string) => void): void;
  /** Ends the process at once (SIGKILL): a running SQLite statement cannot be stopped otherwise. */
  kill(): void;
}

/** Starts a process that runs the engine's entry. Its first message will be `start`. */
export type ForkEngine = (role: EngineRole) => EngineProcess;
