import type { Database } from 'better-sqlite3';
import { csvRows } from './csv.ts';
import type { PackageFolder } from './package.ts';
import { ProofMaker, type ProvenRecord } from './proofs.ts';
import type { Recorded } from './run.ts';
import { verdictPositions } from './verdicts.ts';

/** proofs/inclusion.ndjson and custody/log.ndjson, written along with the records. */
export class EvidenceFiles {
  readonly #proofs: ProofMaker;
  readonly #db: Database;
  readonly #own: number;
  readonly #inclusion;
  readonly #log;
  /** Only where something is redacted. */
  readonly #redacted;
  readonly #disclosure;
  readonly #actions = new Set<number>();

  constructor(
    db: Database,
    { files, recorded, redacts }: { files: PackageFolder; recorded: Recorded; redacts: boolean },
  ) {
    this.#db = db;
    this.#own = recorded.position;
    this.#proofs = new ProofMaker(db, recorded.checkpoint.size);
    this.#inclusion = files.file('proofs/inclusion.ndjson');
    this.#log = files.file('custody/log.ndjson');
    this.#redacted = redacts ? files.file('proofs/redacted.ndjson') : null;
    this.#disclosure = redacts ? files.file('proofs/disclosure.ndjson') : null;
  }

  /** Makes the lines of one record, to be written when all formats have it. @param exported what leaves of it */
  prepare(rid: number, record: ProvenRecord, exported: { original: Uint8Array; redacted: boolean }): () => void {
    if (!exported.redacted) {
      const { inclusionLine, logLine } = this.#proofs.record(rid, record);
      return () => {
        this.#inclusion.write(`${inclusionLine}\n`);
        this.#note(record.id, logLine);
      };
    }
    const { redactedLine, disclosureLines, logLine } = this.#proofs.redactedRecord(rid, record, exported.original);
    return () => {
      this.#redacted?.write(`${redactedLine}\n`);
      for (const line of disclosureLines) this.#disclosure?.write(`${line}\n`);
      this.#note(record.id, logLine);
    };
  }

  #note(id: string, logLine: string): void {
    this.#log.write(`${logLine}\n`);
    for (const position of this.#proofs.positionsAbout(id)) this.#actions.add(position);
  }

  /** After the versions: verdicts on the windows they came from, actions about them, and this export itself. */
  finish(facts: { accounts: ReadonlySet<string>; range: { from: number; to: number } | null }): void {
    const verdicts = new Set(verdictPositions(this.#db, facts, this.#own));
    const positions = new Set([...this.#actions, ...verdicts, this.#own]);
    for (const position of [...positions].sort((one, other) => one - other)) {
      const withheld = this.#redacted !== null && !verdicts.has(position);
      this.#log.write(`${this.#proofs.entry(this.#db, position, withheld)}\n`);
    }
  }
}

/** custody/errors.csv: there only when something could not be exported. */
export class ErrorFile {
  readonly #files: PackageFolder;
  #file: ReturnType<PackageFolder['file']> | null = null;

  constructor(files: PackageFolder) {
    this.#files = files;
  }

  add(error: { id: string; code: string; problem: string }): void {
    if (this.#file === null) {
      this.#file = this.#files.file('custody/errors.csv');
      this.#file.write(`\uFEFF${csvRows([['id', 'code', 'problem']])}`);
    }
    this.#file.write(csvRows([[error.id, error.code, error.problem]]));
  }
}
