import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { CustodyKey, TimeStampFacts } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { readPassphrase } from '../passphrase.ts';
import { printable, printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { readCount } from './account.ts';

const passphraseOption = [
  '--passphrase <file>',
  'file that holds it, or - for stdin; else TRANSCRIPT_ARCHIVE_KEY_PASSPHRASE or the keyboard',
] as const;

export function addCustodyCommand(program: Command, run: Run): void {
  const custody = program.command('custody').description('the archive’s signing key, checkpoints and time stamps');
  custody
    .command('checkpoint')
    .description('the newest signed checkpoint, to be kept elsewhere')
    .action(
      run(async ({ session, output }) => {
        const { checkpoint } = await session.call('custody.checkpoint', {});
        if (checkpoint === null) {
          throw new ArchiveError('not-found', 'No checkpoint has been signed yet.', {
            hint: 'The first sync or export signs one.',
          });
        }
        // Exactly as issued, with its one last line break.
        output.result({ ...checkpoint, time: isoTime(checkpoint.time) }, () => checkpoint.note.slice(0, -1));
      }),
    );
  addTimeStampCommands(custody, run);
  const key = custody
    .command('key')
    .description('the key that signs checkpoints: shown, backed up, restored, rotated')
    .action(
      run(async ({ session, output }) => {
        const { keys } = await session.call('custody.checkpoint', {});
        const current = keys.at(-1);
        if (current === undefined) {
          throw new ArchiveError('not-found', 'The archive has no signing key yet.', {
            hint: 'It is made with the first checkpoint, by a sync or an export.',
          });
        }
        output.result({ ...publicKey(current), keys: keys.map(publicKey) }, () => keyText(current, keys));
      }),
    );
  key
    .command('backup <file>')
    .description('write the key to a new file, encrypted with a passphrase of 12 characters or more')
    .option(...passphraseOption)
    .action(
      run(async ({ session, output }, file: string, options: { passphrase?: string }) => {
        const passphrase = await readPassphrase(options.passphrase, { twice: true });
        if (passphrase.length < 12) {
          throw new ArchiveError('invalid-input', 'The passphrase is too short.', {
            hint: 'Use 12 characters or more, better five random words.',
          });
        }
        const made = await session.call('custody.backUpKey', { file: resolve(file), passphrase });
        output.result(made, () => printableLine(`Key ${made.fingerprint} is in ${made.path}`));
      }),
    );
  key
    .command('restore <file>')
    .description('put the archive’s key back from its backup')
    .option(...passphraseOption)
    .action(
      run(async ({ session, output }, file: string, options: { passphrase?: string }) => {
        const passphrase = await readPassphrase(options.passphrase, { twice: false });
        const restored = await session.call('custody.restoreKey', { file: resolve(file), passphrase });
        output.result(restored, () =>
          restored.handedOver
            ? `Key ${restored.fingerprint} signs again; the one that took its place handed over to it.`
            : `Key ${restored.fingerprint} is in its place.`,
        );
      }),
    );
  key
    .command('rotate')
    .description('go on with a new key, for which the old one signs')
    .requiredOption('--reason <text>', 'why; it is written in the log')
    .action(
      run(async ({ session, output }, options: { reason: string }) => {
        const { keys } = await session.call('custody.rotateKey', { reason: options.reason });
        const current = keys.at(-1);
        if (current === undefined) throw new ArchiveError('internal', 'The rotation ended without a key.');
        output.result({ ...publicKey(current), keys: keys.map(publicKey) }, () => keyText(current, keys));
      }),
    );
}

function addTimeStampCommands(custody: Command, run: Run): void {
  const timestamp = custody.command('timestamp').description('time stamps of an authority (RFC 3161) over checkpoints');
  timestamp
    .command('query')
    .description('write a query over a checkpoint, to be sent to an authority of your choice')
    .requiredOption('--out <file>', 'file to make, usually .tsq')
    .option('--checkpoint <n>', 'the checkpoint over n entries; the newest if absent')
    .action(
      run(async ({ session, output }, options: { out: string; checkpoint?: string }) => {
        const size = options.checkpoint === undefined ? {} : { size: readCount('--checkpoint', options.checkpoint) };
        const asked = await session.call('custody.askForTimeStamp', { file: resolve(options.out), ...size });
        output.result(asked, () =>
          printableLine(`Query ${asked.id} over the checkpoint of ${asked.size} entries is in ${asked.path}`),
        );
      }),
    );
  timestamp
    .command('import <file>')
    .description('check an authority’s reply and keep it')
    .action(
      run(async ({ session, output }, file: string) => {
        const kept = await session.call('custody.keepTimeStamp', { file: resolve(file) });
        output.result(publicStamp(kept), () => stampLine(kept));
      }),
    );
  timestamp
    .command('list')
    .description('the queries and what came back, newest first')
    .action(
      run(async ({ session, output }) => {
        const { timeStamps } = await session.call('custody.timeStamps', {});
        output.result({ timeStamps: timeStamps.map(publicStamp) }, () =>
          timeStamps.length === 0 ? 'No time stamp was asked for yet.' : timeStamps.map(stampLine).join('\n'),
        );
      }),
    );
}

function publicStamp({ id, size, askedAt, receivedAt, stamp }: TimeStampFacts) {
  return {
    id,
    size,
    askedAt: isoTime(askedAt),
    receivedAt: isoTime(receivedAt),
    stamp: stamp === null ? null : { ...stamp, time: isoTime(stamp.time) },
  };
}

function stampLine({ id, size, receivedAt, stamp }: TimeStampFacts): string {
  const about = `time stamp ${id}, checkpoint of ${size} entries:`;
  if (stamp !== null) return printableLine(`${about} ${isoTime(stamp.time) ?? ''} by ${stamp.authority}`);
  return `${about} ${receivedAt === null ? 'no reply yet' : 'the reply that is kept does not hold'}`;
}

function publicKey(key: CustodyKey) {
  const { createdAt, ...rest } = key;
  return { ...rest, createdAt: isoTime(createdAt) };
}

const arrivals = {
  first: 'the first key',
  'signed-by-old-key': 'the key before it signed the hand-over',
  'without-old-key': 'NOT signed for by the key before it, which was not at hand',
} as const;

function keyText(current: CustodyKey, keys: readonly CustodyKey[]): string {
  return [
    printableLine(`Name:         ${current.name}`),
    `Fingerprint:  ${current.fingerprint}`,
    printableLine(`Verifier key: ${current.verifierKey}`),
    printable(current.pem.trimEnd()),
    ...(keys.length < 2
      ? []
      : [
          '',
          'Keys so far, oldest first:',
          ...keys.map((key) => `${isoTime(key.createdAt) ?? ''} ${key.fingerprint} ${arrivals[key.arrival]}`),
        ]),
  ].join('\n');
}
