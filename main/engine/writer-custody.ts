import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';
import { custodyState } from '../archive/evidence/custody-list.ts';
import { backUpKey, restoreKey, rotateKey } from '../archive/evidence/key-life.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

type CustodyCall =
  | 'custody.backUpKey'
  | 'custody.restoreKey'
  | 'custody.rotateKey'
  | 'custody.askForTimeStamp'
  | 'custody.keepTimeStamp';

/** No reply of an authority is as large as that. */
const largestReplyFile = 1024 * 1024;

/** The life of the signing key, and time stamps over what it signed. */
export function custodyHandlers({ archive, clock, actor }: WriterContext) {
  const doing = () => ({ now: clock.now(), actor });
  return {
    'custody.backUpKey': (input) => backUpKey(archive, input, doing()),
    'custody.restoreKey': (input) => restoreKey(archive, input, doing()),
    'custody.rotateKey'({ reason }) {
      rotateKey(archive, reason, doing());
      return custodyState(archive.db);
    },
    async 'custody.askForTimeStamp'({ file, size }) {
      const path = resolve(file);
      const { askForTimeStamp } = await import('../archive/evidence/time-stamps.ts');
      const write = (query: Buffer) => writeNewFile(path, query);
      return { path, ...askForTimeStamp(archive, { size, write }, doing()) };
    },
    async 'custody.keepTimeStamp'({ file }) {
      const { keepTimeStamp } = await import('../archive/evidence/time-stamps.ts');
      return await keepTimeStamp(archive, readReplyFile(resolve(file)), doing());
    },
  } satisfies Pick<Handlers<'write'>, CustodyCall>;
}

function writeNewFile(path: string, content: Buffer): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    throw new ArchiveError('path-unavailable', `The query cannot be written to ${path}.`, {
      hint: 'Name a file that does not exist yet, in a folder that does.',
      cause: error,
    });
  }
}

function readReplyFile(path: string): Buffer {
  try {
    if (statSync(path).size <= largestReplyFile) return readFileSync(path);
  } catch (error) {
    throw new ArchiveError('path-unavailable', `${path} cannot be read.`, { hint: 'Check the path.', cause: error });
  }
  throw new ArchiveError('invalid-input', `${path} is too large to be the reply of an authority.`, {
    hint: 'Give the .tsr file that the authority sent.',
  });
}
