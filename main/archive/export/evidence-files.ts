import type { Database } from 'better-sqlite3';
import { csvRows } from './csv.ts';
import type { PackageFolder } from './package.ts';
import { ProofMaker, type RecordProof } from './proofs.ts';
import type { Recorded } from './run.ts';
import { verdictPositions } from './verdicts.ts';

/** proofs/inclusion.ndjson and custody/log.ndjson, written along with the records. */
export class EvidenceFiles {
  readonly proofs: ProofMaker;
  readonly #db: Database;
  readonly #own: number;
  readonly #inclusion;
  readonly #log;
  readonly #actions = new Set<number>();

  constructor(db: Database, { files, recorded }: { files: PackageFolder; recorded: Recorded }) {
    this.#db = db;
    this.#own = recorded.position;
    this.proofs = new ProofMaker(db, recorded.checkpoint.size);
    this.#inclusion = files.file('proofs/inclusion.ndjson');
    this.#log = files.file('custody/log.ndjson');
  }

  add(id: string, proof: RecordProof | null): void {
    if (proof === null) return;
    this.#inclusion.write(`${proof.inclusionLine}\n`);
    this.#log.write(`${proof.logLine}\n`);
    for (const position of this.proofs.positionsAbout(id)) this.#actions.add(position);
  }

  /** After the versions: verdicts on the windows they came from, actions about them, and this export itself. */
  finish(facts: { accounts: ReadonlySet<string>; range: { from: number; to: number } | null }): void {
    for (const position of verdictPositions(this.#db, facts, this.#own)) this.#actions.add(position);
    this.#actions.add(this.#own);
    for (const position of [...this.#actions].sort((one, other) => one - other)) {
      this.#log.write(`${this.proofs.entry(this.#db, position)}\n`);
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
