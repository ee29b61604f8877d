import type { Message } from '../../../preload/model.ts';
import { dayKey } from '../../text/format.ts';

/** A message and what the reader must say before it. */
export interface Line {
  message: Message;
  /** First of its day. */
  newDay: boolean;
  /** Silence before it, when long enough to matter. */
  gapMs: number | null;
  /** Same speaker as the line before, so the name isn't repeated. */
  continued: boolean;
}

const longSilence = 15 * 60_000;

export function linesOf(messages: readonly Message[], zone: string): Line[] {
  let lastTime: number | null = null;
  let lastDay: string | null = null;
  let before: Message | null = null;
  return messages.map((message) => {
    const day: string | null = message.time === null ? lastDay : dayKey(message.time, zone);
    const newDay = day !== lastDay;
    const silence: number | null = message.time !== null && lastTime !== null ? message.time - lastTime : null;
    const gapMs = !newDay && silence !== null && silence >= longSilence ? silence : null;
    const continued: boolean =
      before !== null &&
      !newDay &&
      gapMs === null &&
      before.role === message.role &&
      before.speaker === message.speaker &&
      before.private === message.private;
    lastTime = message.time ?? lastTime;
    lastDay = day;
    before = message;
    return { message, newDay, gapMs, continued };
  });
}

const charactersPerLine = 64;

/** A guess at a line's height in pixels, for lines that are not laid out yet. */
export function estimatedHeight(line: Line): number {
  const rows = line.message.text
    .split('\n')
    .reduce((sum, row) => sum + Math.max(1, Math.ceil(row.length / charactersPerLine)), 0);
  return rows * 21 + (line.continued ? 6 : 32) + (line.newDay ? 44 : 0) + (line.gapMs === null ? 0 : 32);
}

/** Lines in groups: a group that is far from view is one empty box, so that 5,000 messages open at once. */
export function groupLines(lines: readonly Line[], size: number): Line[][] {
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, group) =>
    lines.slice(group * size, (group + 1) * size),
  );
}
