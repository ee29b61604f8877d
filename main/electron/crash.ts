import type { App, WebContents } from 'electron';
import type { Log } from '../archive/log.ts';

const windowMs = 60_000;
const mostReloads = 3;

/** Decides whether a page that died is loaded again: at most three times a minute, then the user is asked. */
export class ReloadBudget {
  #times: number[] = [];

  /** True when one more reload is within the budget; counts it. */
  take(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < windowMs);
    if (this.#times.length >= mostReloads) return false;
    this.#times.push(now);
    return true;
  }
}

/** Writes down what died, and brings the page back. Engine processes are restarted by the host itself. */
export function watchCrashes(app: App, log: Log, onGiveUp: (contents: WebContents) => void): void {
  const budget = new ReloadBudget();
  app.on('child-process-gone', (_event, details) => {
    log('warn', 'child-process-gone', { type: details.type, reason: details.reason, service: details.serviceName });
  });
  app.on('render-process-gone', (_event, contents, details) => {
    log('error', 'page-gone', { reason: details.reason, exitCode: details.exitCode });
    if (details.reason === 'clean-exit' || contents.isDestroyed()) return;
    if (budget.take(Date.now())) contents.reload();
    else onGiveUp(contents);
  });
}
