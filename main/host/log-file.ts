import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatLogLine, type Log, type LogLevel } from '../archive/log.ts';

export interface LogFileOptions {
  /** Size at which a file is set aside. */
  maximumBytes?: number;
  /** Files kept, the current one included. */
  files?: number;
  /** Lines below this level are not written. */
  level?: LogLevel;
}

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const fileName = 'transcript-archive.log';

/**
 * A log of JSON lines in `folder`, readable by the user alone, rotated by size. Logging never fails what it speaks of:
 * on a full or missing disk lines are lost, and nothing else. Several processes may append to one file.
 */
export function openLogFile(folder: string, options: LogFileOptions = {}): Log {
  const { maximumBytes = 5 * 1024 * 1024, files = 5, level: lowest = 'info' } = options;
  const file = join(folder, fileName);
  let size = 0;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    // Told by each line's failure below, which is silent on purpose.
  }
  return (level, event, fields) => {
    if (order.indexOf(level) < order.indexOf(lowest)) return;
    const line = `${formatLogLine(Date.now(), level, event, fields)}\n`;
    try {
      if (size + line.length > maximumBytes) {
        rotate(file, files);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += line.length;
    } catch {
      // See above.
    }
  };
}

/** `….log` becomes `….log.1`, and so on; the oldest goes. */
function rotate(file: string, files: number): void {
  const numbered = (n: number) => (n === 0 ? file : `${file}.${n}`);
  rmSync(numbered(files - 1), { force: true });
  for (let n = files - 2; n >= 0; n--) {
    if (statSync(numbered(n), { throwIfNoEntry: false }) !== undefined) renameSync(numbered(n), numbered(n + 1));
  }
}
