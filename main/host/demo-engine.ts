import type { DemoAddress } from '../../preload/engine-protocol.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { Log } from '../archive/log.ts';
import { EngineClient } from './engine-client.ts';
import type { ForkEngine } from './engine-process.ts';

/**
 * The simulated account's service, in a process of its own. Started when first asked for and kept while the host
 * lives; after a crash the next question starts it anew, on another port, which is why its origin is asked for
 * at each sync and never stored.
 */
export class DemoEngine {
  readonly #client: EngineClient;
  #address: DemoAddress | undefined;

  constructor(forkEngine: ForkEngine, port: number, log: Log) {
    this.#client = new EngineClient({
      name: 'demo',
      fork: () => forkEngine('demo'),
      startMessage: { kind: 'start', role: 'demo', port },
      log,
      onReady: ({ demo }) => (this.#address = demo),
      onEvent: () => undefined,
      onCrash: () => undefined,
      answer: () => Promise.reject(new ArchiveError('unauthorised-caller', 'The demo service asks for nothing.')),
    });
  }

  /** Starts the service if need be. @throws ArchiveError when it cannot start */
  async address(): Promise<DemoAddress> {
    await this.#client.connect();
    const address = this.#address;
    if (address === undefined) throw new ArchiveError('internal', 'The demo service did not say where it listens.');
    return address;
  }

  stop(): Promise<void> {
    return this.#client.stop();
  }
}
