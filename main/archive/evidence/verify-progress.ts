import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { writePrivately } from './key-file.ts';

/** Beside the archive while a verification is under way, and after one that was stopped. */
export const progressFileName = 'verify-progress.json';

/** Raised whenever the check of an original changes: what an older check let pass is read again. */
const checkVersion = 1;
const saveEveryMs = 5000;
/** An archive with more failures than that is read anew each time. */
const mostFailed = 10_000;

const progressSchema = z.strictObject({
  check: z.literal(checkVersion),
  /** Leaves from the first on whose originals have been read. */
  leaves: z.number().int().positive(),
  /** Over all that was read for them. */
  digest: z.string(),
  /** Of these, the positions that failed: they are read again, and told again. */
  failed: z.array(z.number().int().nonnegative()).max(mostFailed),
  startedAt: z.number().int(),
});
type Progress = z.infer<typeof progressSchema>;
const fileSchema = z.strictObject({ progress: progressSchema, mac: z.string() });

/** What the check of one leaf's original goes by, beside the block that it lies in. */
export interface CheckedLeaf {
  position: number;
  commitment: Buffer;
  rid: number | null;
  number: number | null;
  received_ms: number;
  reason: string;
  sha256: Buffer | null;
  seed: Buffer;
  block: number;
  offset: number;
  length: number;
  subject: string | null;
}

/**
 * How far the reading of originals has come, so that a verification that was stopped or killed goes on there. Nothing
 * is taken on trust: what was read is hashed, row by row and block by block, and read again from the start unless the
 * same bytes are there now. Hashing takes a fraction of the time of unpacking and committing. The file is authenticated
 * with a secret that follows from the archive's signing key, so that nobody without it can make one that skips.
 */
export class VerifyProgress {
  readonly #db: Database;
  readonly #file: string;
  readonly #secret: Buffer;
  readonly #blockHash;
  #lastBlock: { id: number; digest: Buffer } | null = null;
  #digest: Buffer = Buffer.alloc(32);
  #leaves = 0;
  #failed: number[] = [];
  #startedAt: number;
  #savedAt = performance.now();
  #skipped = 0;
  #readAgain = new Set<number>();
  #writable = true;

  constructor(db: Database, { folder, secret, now }: { folder: string; secret: Buffer; now: number }) {
    this.#db = db;
    this.#file = join(folder, progressFileName);
    this.#secret = secret;
    this.#startedAt = now;
    this.#blockHash = this.#db.prepare<[number], Buffer>('SELECT z FROM block WHERE id = ?').pluck();
  }

  /** What an earlier run left; null when there is nothing to go on from. */
  saved(): Progress | null {
    try {
      const { progress, mac } = fileSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
      const wanted = this.#mac(progress);
      const given = Buffer.from(mac, 'hex');
      return given.length === wanted.length && timingSafeEqual(given, wanted) ? progress : null;
    } catch {
      return null;
    }
  }

  /** Goes on from an earlier run if the leaves that were hashed since `restart` are what that run read. */
  goOn(progress: Progress): boolean {
    const same = this.#leaves === progress.leaves && this.#digest.toString('hex') === progress.digest;
    if (!same) {
      this.restart();
      return false;
    }
    this.#skipped = progress.leaves;
    this.#failed = [...progress.failed];
    this.#readAgain = new Set(progress.failed);
    this.#startedAt = progress.startedAt;
    return true;
  }

  restart(): void {
    this.#digest = Buffer.alloc(32);
    this.#leaves = 0;
    this.#lastBlock = null;
  }

  /** Whether the original of this leaf was found sound by the run that this one goes on from. */
  skips(position: number): boolean {
    return position < this.#skipped && !this.#readAgain.has(position);
  }

  /** Must be told of each leaf in order, after it was judged. */
  judged(leaf: CheckedLeaf, sound: boolean): void {
    if (leaf.position < this.#skipped) return;
    this.hash(leaf);
    if (!sound) this.#failed.push(leaf.position);
    if (performance.now() - this.#savedAt >= saveEveryMs) this.save();
  }

  /** Adds a leaf to what was read. */
  hash(leaf: CheckedLeaf): void {
    const { position, commitment, rid, number, received_ms, reason, sha256, seed, offset, length, subject } = leaf;
    const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null;
    const row = [
      position,
      hex(commitment),
      rid,
      number,
      received_ms,
      reason,
      hex(sha256),
      hex(seed),
      offset,
      length,
      subject,
    ];
    const digest = createHash('sha256').update(this.#digest).update(JSON.stringify(row));
    if (sha256 !== null) digest.update(this.#digestOfBlock(leaf.block));
    this.#digest = digest.digest();
    this.#leaves += 1;
  }

  /** Writes down how far it is. An archive in a folder that cannot be written to is verified without. */
  save(): void {
    this.#savedAt = performance.now();
    if (!this.#writable || this.#leaves === 0 || this.#failed.length > mostFailed) return;
    const progress: Progress = {
      check: checkVersion,
      leaves: this.#leaves,
      digest: this.#digest.toString('hex'),
      failed: this.#failed,
      startedAt: this.#startedAt,
    };
    try {
      writePrivately(
        `${this.#file}.unfinished`,
        JSON.stringify({ progress, mac: this.#mac(progress).toString('hex') }),
      );
      renameSync(`${this.#file}.unfinished`, this.#file);
    } catch {
      this.#writable = false;
    }
  }

  /** The verification came to its end: the next one reads everything. */
  finish(): void {
    try {
      rmSync(this.#file, { force: true });
    } catch {
      // In a folder that cannot be written to, there is none of ours.
    }
  }

  #digestOfBlock(id: number): Buffer {
    if (this.#lastBlock?.id !== id) {
      const z = this.#blockHash.get(id) ?? Buffer.alloc(0);
      this.#lastBlock = { id, digest: createHash('sha256').update(z).digest() };
    }
    return this.#lastBlock.digest;
  }

  #mac(progress: Progress): Buffer {
    return createHmac('sha256', this.#secret).update(JSON.stringify(progress)).digest();
  }
}
