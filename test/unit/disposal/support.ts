import { recordChange, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { treeSize } from '../../../main/archive/evidence/tree.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { destroyConversations, destroyVersions, type Destroyed } from '../../../main/archive/disposal/destroy.ts';
import { scrubRemains } from '../../../main/archive/disposal/scrub.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { findConversation } from '../../../main/archive/store/transcripts.ts';
import type { VerifyReport } from '../../../preload/model.ts';

export const actor = { user: 'ana', host: 'desk', app: 'test' };

/** What the source writes in place of what it erased. */
export const marker = '** LP deleted data **';

/** Destroys versions of one conversation, as an action of its own. */
export function destroy(writer: ArchiveWriter, id: string, numbers: readonly number[], now = 9000): void {
  const { rid } = findConversation(writer.db, id);
  act(writer, 'erasure-purged', id, now, (entry) => destroyVersions(writer.db, [{ rid, numbers }], { entry, now }));
}

/** Destroys a conversation whole, as an action of its own. */
export function destroyWhole(writer: ArchiveWriter, id: string, now = 9000): void {
  const { rid } = findConversation(writer.db, id);
  act(writer, 'disposition', id, now, (entry) => destroyConversations(writer.db, [rid], { entry, now }));
}

function act(writer: ArchiveWriter, kind: string, id: string, now: number, work: (entry: number) => Destroyed): void {
  recordChange(
    writer,
    () => {
      const details = { ...work(treeSize(writer.db)) };
      return { kind, time: now, subjects: [findConversation(writer.db, id).id], details };
    },
    actor,
  );
}

export const scrub = (writer: ArchiveWriter) => scrubRemains(writer, { now: () => 9500, actor });

export function sign(writer: ArchiveWriter, now: number): string {
  return recordCheckpoint(writer, now, actor).note;
}

export function verified(writer: ArchiveWriter, since?: string): Promise<VerifyReport> {
  return verifyArchive(writer.db, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...(since === undefined ? {} : { since }),
  });
}
