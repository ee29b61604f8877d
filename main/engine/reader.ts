import type { StartArchiveEngine } from '../../preload/engine-protocol.ts';
import { openReader, type ArchiveReader } from '../archive/store/database.ts';
import { browseHandlers } from './reader-browse.ts';
import { reviewReadHandlers } from './reader-review.ts';
import { searchHandlers } from './reader-search.ts';
import { workHandlers } from './reader-work.ts';
import type { EngineContext, EngineService, Handlers } from './service.ts';

/** What the readers' handlers work with. */
export interface ReaderContext extends EngineContext {
  archive: ArchiveReader;
}

/**
 * A process that only reads, and may be killed at any moment. One kind serves all reading lanes: which calls it gets
 * is the host's decision.
 */
export function openReaderService(start: StartArchiveEngine, parts: EngineContext): EngineService {
  const archive = openReader(start.archiveFolder);
  const context: ReaderContext = { ...parts, archive };
  const handlers = {
    ...browseHandlers(context),
    ...reviewReadHandlers(context),
    ...searchHandlers(context),
    ...workHandlers(context),
  } satisfies Handlers<'read' | 'count' | 'work'>;
  return { handlers, ready: { warnings: archive.warnings }, close: () => archive.close() };
}
