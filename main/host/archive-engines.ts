import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveEvent, Lane } from '../../preload/contract.ts';
import type { HostQuestion, StartEngine } from '../../preload/engine-protocol.ts';
import type { ArchiveError } from '../../preload/errors.ts';
import type { Log } from '../archive/log.ts';
import { EngineClient, type EngineClientOptions } from './engine-client.ts';
import type { ForkEngine } from './engine-process.ts';
import { OrderedLane, PureLane, type EngineLane } from './lanes.ts';

/** Only to see whether there is an archive yet; what is in it is the engines' business. */
const archiveFileName = 'archive.sqlite';

/** `tool` is for work that needs no archive. */
export type EngineLaneName = Exclude<Lane, 'host'> | 'tool';

export interface ArchiveEnginesOptions {
  archiveFolder: string;
  appVersion: string;
  hostName: string;
  forkEngine: ForkEngine;
  log: Log;
  onEvent(event: ArchiveEvent, engine: EngineLaneName): void;
  onCrash(engine: EngineLaneName): void;
  /** What the owner of the archive should know, in words; may be told by each engine again. */
  onWarning(warning: string): void;
  answer(question: HostQuestion): Promise<unknown>;
}

/** The engine processes of one archive: a writer, and a reader per reading lane. Each starts when first needed. */
export class ArchiveEngines {
  readonly lanes: Readonly<Record<EngineLaneName, EngineLane>>;
  readonly #clients: Readonly<Record<EngineLaneName, EngineClient>>;

  constructor(options: ArchiveEnginesOptions) {
    const write = this.#client(options, 'write');
    // A reader can neither create an archive nor bring an older one to the current format; the writer does, on opening.
    const file = join(options.archiveFolder, archiveFileName);
    const prepare = async () => {
      if (!existsSync(file)) await write.connect();
    };
    const remedy = async (reason: ArchiveError) => {
      if (reason.code !== 'not-found' && reason.code !== 'conflict') return false;
      await write.connect();
      return true;
    };
    const read = this.#client(options, 'read', { prepare, remedy });
    const count = this.#client(options, 'count', { prepare, remedy });
    const work = this.#client(options, 'work', { prepare, remedy });
    const tool = this.#client(options, 'tool');
    this.#clients = { write, read, count, work, tool };
    this.lanes = {
      write: new OrderedLane(write),
      read: new PureLane(read),
      count: new PureLane(count),
      work: new OrderedLane(work),
      tool: new OrderedLane(tool),
    };
  }

  cancelJob(engine: EngineLaneName, jobId: string): void {
    this.#clients[engine].current?.cancelJob(jobId);
  }

  kill(engine: EngineLaneName): void {
    this.#clients[engine].kill();
  }

  /** Starts the readers that a first screen needs. What keeps one from starting is told to its first call. */
  warmUp(): void {
    for (const lane of ['read', 'count'] as const) void this.#clients[lane].connect().catch(() => undefined);
  }

  /** Process ids of the engines that run now, for `doctor` and tests. */
  pids(): Partial<Record<EngineLaneName, number>> {
    const entries = Object.entries(this.#clients).flatMap(([lane, client]) =>
      client.current?.pid === undefined ? [] : [[lane, client.current.pid] as const],
    );
    return Object.fromEntries(entries);
  }

  /** Lets go of the archive for a moment: all engines end in order, and start again when next needed. */
  async release(): Promise<void> {
    const { write, read, count, work } = this.#clients;
    await Promise.all([read.release({ force: true }), count.release({ force: true }), work.release()]);
    await write.release();
  }

  /** Readers first; the writer last, so that a job's custody entry still finds it. */
  async stop(): Promise<void> {
    const { write, read, count, work, tool } = this.#clients;
    await Promise.all([read.stop({ force: true }), count.stop({ force: true }), work.stop(), tool.stop()]);
    await write.stop();
  }

  #client(
    options: ArchiveEnginesOptions,
    lane: EngineLaneName,
    before: Pick<EngineClientOptions, 'prepare' | 'remedy'> = {},
  ): EngineClient {
    const startMessage = startMessageOf(lane, options);
    return new EngineClient({
      name: lane,
      fork: () => options.forkEngine(startMessage.role),
      startMessage,
      log: options.log,
      ...before,
      onEvent: (event) => options.onEvent(event, lane),
      onCrash: () => options.onCrash(lane),
      onReady({ warnings = [] }) {
        for (const warning of warnings) options.onWarning(warning);
      },
      answer: (question) => options.answer(question),
    });
  }
}

function startMessageOf(lane: EngineLaneName, options: ArchiveEnginesOptions): StartEngine {
  if (lane === 'tool') return { kind: 'start', role: 'tool' };
  const { archiveFolder, appVersion, hostName } = options;
  return { kind: 'start', role: lane === 'write' ? 'writer' : 'reader', archiveFolder, appVersion, hostName };
}
