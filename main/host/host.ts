import type { ArchiveEvent, CallName, ParsedInput } from '../../preload/contract.ts';
import { succeed, type Reply } from '../../preload/envelope.ts';
import { contract } from '../../preload/contract.ts';
import { currentActor } from '../archive/actor.ts';
import { AccountSecrets } from './account-secrets.ts';
import { ArchiveEngines } from './archive-engines.ts';
import { DemoEngine } from './demo-engine.ts';
import { answerQuestion } from './engine-questions.ts';
import { EventHub, type EventListener } from './events.ts';
import { hostCalls, type HostCallContext } from './host-calls.ts';
import { JobBoard } from './job-board.ts';
import { refuseUnmanaged } from './managed-settings.ts';
import type { HostOptions, PowerPort } from './ports.ts';
import { Recorder } from './recorder.ts';
import { Router, type CallOptions } from './router.ts';
import { Scheduler } from './scheduler.ts';
import { SettingsFile } from './settings-file.ts';

/** The app without a face: what a window, a browser page and a command line drive. */
export interface Host {
  readonly kind: HostOptions['kind'];
  /** Things that happened at start and that the user should know, in words. */
  readonly notices: readonly string[];
  /** Checks and answers one call of the contract. Never rejects. */
  call(name: unknown, input: unknown, options?: Pick<CallOptions, 'callId'>): Promise<Reply<unknown>>;
  cancel(callId: string): void;
  /** Returns the function that unsubscribes. */
  subscribe(listener: EventListener): () => void;
  /** Process ids of the engines that run now, by lane. */
  enginePids(): Partial<Record<string, number>>;
  /** Starts the readers beforehand, for hosts that are about to show a page. */
  warmUp(): void;
  /** Where the simulated account listens; starts it if need be. */
  startDemo(): ReturnType<DemoEngine['address']>;
  /**
   * Lets this archive's schedule start syncs from now on. For hosts that stay: a command that was asked for one thing
   * must not begin another.
   */
  startSchedule(power?: PowerPort): void;
  /** Cancels what runs, lets the writer commit, ends all engines. Safe to call twice. */
  close(): Promise<void>;
}

/** Starts a host on one archive. Engines start when first needed. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { log } = options;
  const { settings, notices } = await SettingsFile.open(options.settingsFolder);
  for (const notice of notices) log('warn', 'notice', { notice });

  const events = new EventHub(log);
  const jobs = new JobBoard();
  const secrets = new AccountSecrets(options.secrets, options.archiveFolder);
  const demo = new DemoEngine(options.forkEngine, options.demoPort ?? 0, log);
  const internalCall = (name: unknown, input: unknown) => router.call(name, input, { internal: true });
  const recorder = new Recorder({
    archiveFolder: options.archiveFolder,
    actor: currentActor(`Transcript Archive ${options.appVersion} (${options.kind})`),
    stays: options.kind !== 'cli',
    log,
    collect: () => internalCall('custody.collect', {}),
    writerRuns: () => engines.pids().write !== undefined,
  });

  const engines = new ArchiveEngines({
    archiveFolder: options.archiveFolder,
    appVersion: options.appVersion,
    hostName: options.kind,
    forkEngine: options.forkEngine,
    log,
    answer: (question) => answerQuestion(question, { secrets, demo, call: internalCall }),
    onEvent(event: ArchiveEvent, engine) {
      if (event.type === 'job') jobs.note(event.job, engine);
      events.emit(event);
    },
    onWarning(warning) {
      if (notices.includes(warning)) return;
      notices.push(warning);
      events.emit({ type: 'notices-changed' });
    },
    onCrash(engine) {
      for (const job of jobs.endAllOn(engine, 'failed')) events.emit({ type: 'job', job });
      events.emit({ type: 'engine-restarted', role: engine });
    },
  });

  const context: HostCallContext = { options, settings, notices, jobs, engines, events, demo, call: internalCall };
  const router: Router = new Router({
    kind: options.kind,
    checkOutputs: options.checkOutputs ?? process.env['NODE_ENV'] !== 'production',
    log,
    permit(name, input) {
      if (options.managed !== undefined) refuseUnmanaged(options.managed, name, input);
    },
    answered: (name, input, value) => recorder.answered(name, input, value),
    async perform(name, input, signal) {
      await recorder.before(name, input);
      const { lane } = contract[name];
      if (needsNoArchive(name, input)) return engines.lanes.tool.call(name, input, signal);
      if (lane !== 'host') return engines.lanes[lane].call(name, input, signal);
      return succeed(await answerHere(name, input, context));
    },
  });

  const scheduler = new Scheduler({ call: internalCall, log });
  let closing: Promise<void> | undefined;
  return {
    kind: options.kind,
    notices,
    call: (name, input, callOptions) => router.call(name, input, { callId: callOptions?.callId }),
    cancel: (callId) => router.cancel(callId),
    subscribe: (listener) => events.subscribe(listener),
    enginePids: () => engines.pids(),
    warmUp() {
      recorder.opened();
      engines.warmUp();
    },
    startDemo: () => demo.address(),
    startSchedule(power) {
      const schedule = options.managed?.schedule;
      if (schedule === undefined) scheduler.start(power);
      else void internalCall('sync.setSchedule', schedule).then(() => scheduler.start(power));
    },
    close: () =>
      (closing ??= (async () => {
        scheduler.stop();
        await recorder.close();
        router.cancelAll();
        await engines.stop();
        await demo.stop();
      })()),
  };
}

/** An auditor checks a package on a computer that has no archive, and must not be given an empty one by it. */
function needsNoArchive(name: CallName, input: unknown): boolean {
  return name === 'verify.start' && (input as ParsedInput<'verify.start'>).path !== undefined;
}

/** The router has parsed `input` by the entry of `name`, which is what makes this cast true. */
function answerHere(name: CallName, input: unknown, context: HostCallContext): unknown {
  const handler = hostCalls[name as keyof typeof hostCalls] as (input: unknown, context: HostCallContext) => unknown;
  return handler(input, context);
}
