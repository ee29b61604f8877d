import type { VerifyFailure, VerifyReport } from '../../../preload/model.ts';

/** Failures that are listed one by one; more of one kind are counted only. */
const mostListed = 10_000;

/** Collects what a verification checked and found. */
export class VerifyNotes {
  readonly #checks = new Map<string, { name: string; checked: number; failed: number }>();
  readonly #failures: VerifyFailure[] = [];
  readonly #destroyed: NonNullable<VerifyReport['destroyed']> = [];
  readonly #stamps: NonNullable<VerifyReport['timeStamps']> = [];
  #continued: VerifyReport['continued'];
  #failed = 0;

  /** Counts checked things under a name that says what was checked. */
  checked(name: string, count = 1): void {
    this.#check(name).checked += count;
  }

  fail(name: string, subject: string, problem: string, version: number | null = null): void {
    this.#check(name).failed += 1;
    this.#failed += 1;
    if (this.#failures.length < mostListed) this.#failures.push({ subject, version, problem });
  }

  /** A version of which, lawfully, only the place in the log is left. */
  destroyed(subject: string, version: number): void {
    if (this.#destroyed.length < mostListed) this.#destroyed.push({ subject, version });
  }

  /** Originals that an interrupted run had read, and that are byte for byte the same now. */
  continued(run: NonNullable<VerifyReport['continued']>): void {
    this.#continued = run;
  }

  /** A time stamp that holds. */
  stamped(stamp: NonNullable<VerifyReport['timeStamps']>[number]): void {
    this.#stamps.push(stamp);
  }

  get failed(): number {
    return this.#failed;
  }

  report(target: string, limits: readonly string[]): VerifyReport {
    return {
      target,
      ok: this.#failed === 0,
      checks: [...this.#checks.values()],
      failures: this.#failures,
      ...(this.#destroyed.length === 0 ? {} : { destroyed: this.#destroyed }),
      ...(this.#stamps.length === 0 ? {} : { timeStamps: this.#stamps }),
      ...(this.#continued === undefined ? {} : { continued: this.#continued }),
      limits: [...limits],
    };
  }

  #check(name: string): { name: string; checked: number; failed: number } {
    let check = this.#checks.get(name);
    if (check === undefined) {
      check = { name, checked: 0, failed: 0 };
      this.#checks.set(name, check);
    }
    return check;
  }
}
