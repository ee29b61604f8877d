import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import type { ArchiveEvent, CallName, Input, Output } from '../../preload/contract.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { Job } from '../../preload/model.ts';
import type { LogFields, LogLevel } from '../../main/archive/log.ts';
import { forkEngineProcess } from '../../main/host/fork-engine.ts';
import { createHost, type Host } from '../../main/host/host.ts';
import type { HostOptions, SecretStore } from '../../main/host/ports.ts';

/** The engine's source itself: Node strips the types, so these tests need no build. */
export const engineFile = fileURLToPath(new URL('../../main/engine/entry.ts', import.meta.url));

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

export function onEnd(cleanup: () => Promise<unknown>): void {
  cleanups.push(cleanup);
}

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'transcript-archive-host-'));
  onEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in memory, for tests that are not about the vault. */
export function memorySecrets(): SecretStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (id) => kept.get(id),
    set: async (id, secret) => void kept.set(id, secret),
    delete: async (id) => void kept.delete(id),
    describe: () => 'Kept in memory for a test.',
  };
}

export interface TestHost {
  host: Host;
  folder: string;
  events: ArchiveEvent[];
  logged: { level: LogLevel; event: string; fields: LogFields }[];
  secrets: ReturnType<typeof memorySecrets>;
}

/** A host with real engines on a real archive in a folder of its own. */
export async function startHost(overrides: Partial<HostOptions> = {}): Promise<TestHost> {
  const folder = overrides.archiveFolder ?? (await makeFolder());
  const secrets = memorySecrets();
  const logged: TestHost['logged'] = [];
  const host = await createHost({
    kind: 'web',
    archiveFolder: folder,
    appVersion: '0.0.0-test',
    settingsFolder: join(folder, 'settings'),
    forkEngine: (role) => forkEngineProcess(engineFile, role),
    secrets,
    log: (level, event, fields = {}) => void logged.push({ level, event, fields }),
    ...overrides,
  });
  onEnd(() => host.close());
  const events: ArchiveEvent[] = [];
  host.subscribe((event) => void events.push(event));
  return { host, folder, events, logged, secrets };
}

/** @throws ArchiveError with the code of the answer */
export async function ask<N extends CallName>(host: Host, name: N, input: Input<N>): Promise<Output<N>> {
  const reply = await host.call(name, input);
  if (!reply.ok) throw ArchiveError.fromValue(reply.error);
  return reply.value as Output<N>;
}

/** The first event that fits, from those that came already or will come. */
export function eventually({ host, events }: TestHost, fits: (event: ArchiveEvent) => boolean): Promise<ArchiveEvent> {
  const found = events.find(fits);
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    const unsubscribe = host.subscribe((event) => {
      if (!fits(event)) return;
      unsubscribe();
      resolve(event);
    });
  });
}

export async function jobEnd(test: TestHost, jobId: string): Promise<Job> {
  const event = await eventually(
    test,
    (candidate) => candidate.type === 'job' && candidate.job.id === jobId && candidate.job.state !== 'running',
  );
  if (event.type !== 'job') throw new Error('not a job event');
  return event.job;
}
