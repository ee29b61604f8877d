import type { StartRestoreEngine } from '../../preload/engine-protocol.ts';
import { restoreArchive } from '../archive/store/restore.ts';
import type { EngineService } from './service.ts';

/** Restores at once: a start that fails tells why, and nothing was changed then. */
export function openRestoreService(start: StartRestoreEngine): EngineService {
  const { replaced } = restoreArchive(start.archiveFolder, start.file);
  return { handlers: {}, ready: { replaced }, close: () => undefined };
}
