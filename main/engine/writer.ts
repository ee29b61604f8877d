import type { StartArchiveEngine } from '../../preload/engine-protocol.ts';
import { currentActor, type Actor } from '../archive/actor.ts';
import { keyWarning } from '../archive/evidence/key-life.ts';
import { collectPending } from '../archive/evidence/pending.ts';
import { Preparer } from '../archive/prepare/preparer.ts';
import { openWriter, type ArchiveWriter } from '../archive/store/database.ts';
import { ChangeTeller } from './change-teller.ts';
import { toEngineError } from './failure.ts';
import type { EngineContext, EngineService, Handlers } from './service.ts';
import { ErasureWork } from './erasure-work.ts';
import { accountHandlers } from './writer-accounts.ts';
import { archiveHandlers } from './writer-archive.ts';
import { custodyHandlers } from './writer-custody.ts';
import { dispositionHandlers } from './writer-disposition.ts';
import { erasureHandlers } from './writer-erasure.ts';
import { reviewHandlers } from './writer-review.ts';
import { syncHandlers } from './writer-sync.ts';

/** What the writer's handlers work with. */
export interface WriterContext extends EngineContext {
  archive: ArchiveWriter;
  /** Computes what the store needs of records, beside the thread that writes. */
  preparer: Preparer;
  /** Tells pages that stored conversations changed, without flooding them. */
  changes: ChangeTeller;
  actor: Actor;
  erasures: ErasureWork;
}

/** The one process that writes to an archive. @throws ArchiveError archive-locked and the others of `openWriter` */
export function openWriterService(start: StartArchiveEngine, parts: EngineContext): EngineService {
  const { hostName, appVersion, log, clock, host, prepareEntry } = parts;
  const archive = openWriter(start.archiveFolder, { hostName, appVersion, log, clock });
  const changes = new ChangeTeller(() => host.emit({ type: 'archive-changed' }));
  const actor = currentActor(`Transcript Archive ${appVersion} (${hostName})`);
  const preparer = new Preparer(prepareEntry, log);
  // Asked before anything is signed: signing makes a new key.
  const aboutKey = keyWarning(archive);
  try {
    collectPending(archive, log);
  } catch (error) {
    // Notes stay where they are, and whoever asks for the log is told by the call that collects them again.
    log('error', 'custody-notes-not-sealed', { code: toEngineError(error).code });
  }
  const erasures = new ErasureWork({ archive, clock, log, changes, actor });
  // A crash, or a migration, may have left something to do.
  setImmediate(() => void erasures.settle());
  const context: WriterContext = { ...parts, archive, preparer, changes, actor, erasures };
  const handlers = {
    ...accountHandlers(context),
    ...syncHandlers(context),
    ...archiveHandlers(context),
    ...custodyHandlers(context),
    ...reviewHandlers(context),
    ...erasureHandlers(context),
    ...dispositionHandlers(context),
  } satisfies Handlers<'write'>;
  return {
    handlers,
    ready: { warnings: [...archive.warnings, ...(aboutKey === null ? [] : [aboutKey])] },
    async close() {
      changes.close();
      await preparer.close();
      await erasures.close();
      archive.close();
    },
  };
}
