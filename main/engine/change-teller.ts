const intervalMs = 500;

/** Tells a change at once, then at most twice a second, and never swallows the last one. */
export class ChangeTeller {
  readonly #tell: () => void;
  #lastToldAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Call after the commit: whoever hears of it will read at once. */
  changed(): void {
    const wait = this.#lastToldAt + intervalMs - performance.now();
    if (wait <= 0) this.#tellNow();
    else this.#timer ??= setTimeout(() => this.#tellNow(), wait);
  }

  close(): void {
    if (this.#timer !== undefined) this.#tellNow();
  }

  #tellNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastToldAt = performance.now();
    this.#tell();
  }
}
