import type { Checkpoint } from './checkpoint.ts';
import { isSignedBy, readSignedNote, readVerifierKey, signNote, verifierKey, type NoteSigner } from './signed-note.ts';

/**
 * A signed hand-over: from this state of the log on, another key signs its checkpoints. A C2SP signed note of seven
 * lines, signed by the old key where that is at hand, and by the new one always. Its second line is a name, so that it
 * can never be taken for a checkpoint, whose second line is a number.
 */
export interface HandOver extends Checkpoint {
  oldKey: Uint8Array;
  newKey: Uint8Array;
  time: string;
}

const title = 'key hand-over';

/** @param signers the old key, unless it is not at hand, and the new one */
export function signHandOver(handOver: HandOver, signers: readonly NoteSigner[]): string {
  const { origin, size, root, oldKey, newKey, time } = handOver;
  const lines = [
    title,
    origin,
    String(size),
    Buffer.from(root).toString('base64'),
    verifierKey(origin, oldKey),
    verifierKey(origin, newKey),
    time,
  ];
  return signNote(lines.map((line) => `${line}\n`).join(''), signers);
}

/** What a hand-over says and who signed it; null when it is none. */
export function openHandOver(note: string): (HandOver & { signedByOld: boolean; signedByNew: boolean }) | null {
  const signed = readSignedNote(note);
  const lines = signed?.text.split('\n') ?? [];
  const [first, origin = '', size = '', root = '', oldText = '', newText = '', time = '', rest] = lines;
  const [oldKey, newKey] = [readVerifierKey(oldText), readVerifierKey(newText)];
  if (signed === null || first !== title || rest !== '' || lines.length !== 8 || !/^\d{1,15}$/u.test(size)) return null;
  if (oldKey?.name !== origin || newKey?.name !== origin) return null;
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    oldKey: oldKey.publicKey,
    newKey: newKey.publicKey,
    time,
    signedByOld: isSignedBy(signed, origin, oldKey.publicKey),
    signedByNew: isSignedBy(signed, origin, newKey.publicKey),
  };
}
