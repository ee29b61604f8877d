import type { StartDemoEngine } from '../../preload/engine-protocol.ts';
import { startDemoService } from '../archive/demo/service.ts';
import type { EngineService } from './service.ts';

/** Serves the simulated LivePerson account on loopback until told to stop. */
export async function openDemoService(start: StartDemoEngine): Promise<EngineService> {
  const service = await startDemoService({ port: start.port });
  return { handlers: {}, ready: { demo: service.address }, close: () => service.close() };
}
