import type { StartEngine } from '../../preload/engine-protocol.ts';
import type { EngineContext, EngineService } from './service.ts';

/**
 * Opens what the role works on. Modules load when their role is played: the demo service must not pay for SQLite,
 * nor a reader for the sync.
 */
export async function openService(
  start: StartEngine,
  parts: Pick<EngineContext, 'host' | 'jobs' | 'clock' | 'log' | 'prepareEntry'>,
): Promise<EngineService> {
  switch (start.role) {
    case 'writer': {
      const { openWriterService } = await import('./writer.ts');
      return openWriterService(start, { ...parts, appVersion: start.appVersion, hostName: start.hostName });
    }
    case 'reader': {
      const { openReaderService } = await import('./reader.ts');
      return openReaderService(start, { ...parts, appVersion: start.appVersion, hostName: start.hostName });
    }
    case 'demo': {
      const { openDemoService } = await import('./demo.ts');
      return openDemoService(start);
    }
    case 'restore': {
      const { openRestoreService } = await import('./restore.ts');
      return openRestoreService(start);
    }
    case 'tool': {
      const { openToolService } = await import('./tool.ts');
      return openToolService(parts);
    }
    default:
      return start satisfies never;
  }
}
