import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../../preload/contract.ts';
import { loadOriginal, loadTranscript } from '../../store/transcripts.ts';
import { openScope } from '../scope.ts';
import { Redactor } from './redactor.ts';

const mostExamples = 50;
const mostOfOne = 10;

/** What a profile would hide, counted over the first conversations of a scope, with some examples for the screen. */
export async function previewRedaction(
  db: Database,
  input: ParsedInput<'export.previewRedaction'>,
  now: number,
): Promise<Output<'export.previewRedaction'>> {
  const { redaction, limit, ...selection } = input;
  const scope = openScope(db, { ...selection, sort: 'newest' }, now);
  const redactor = new Redactor(redaction);
  const counts = new Map<string, { rule: string; reason: string; total: number }>();
  const examples: Output<'export.previewRedaction'>['examples'] = [];
  const shown = new Map<string, Set<string>>();
  let scanned = 0;
  let affected = 0;
  let failed = 0;
  for (const rid of scope.rids()) {
    if (scanned >= limit) break;
    if (scanned % 20 === 0) await setImmediate();
    scanned += 1;
    try {
      const transcript = loadTranscript(db, rid);
      const original = Buffer.from(loadOriginal(db, rid, transcript.version).original);
      const { hidden, texts } = redactor.redact(transcript, original);
      if (hidden.length > 0) affected += 1;
      for (const [index, { place, rule, reason }] of hidden.entries()) {
        const key = `${rule} ${reason}`;
        const count = counts.get(key) ?? { rule, reason, total: 0 };
        count.total += 1;
        counts.set(key, count);
        const text = (texts[index] ?? '').slice(0, 200);
        // Each text once, and some of every rule: a name stands in a record twenty times.
        const known = shown.get(key) ?? new Set();
        if (examples.length < mostExamples && known.size < mostOfOne && !known.has(text)) {
          shown.set(key, known.add(text));
          examples.push({ id: transcript.id, place, rule, reason, text });
        }
      }
    } catch {
      // The export lists each of these with its reason.
      failed += 1;
    }
  }
  const sorted = [...counts.values()].sort((one, other) => other.total - one.total);
  return { total: scope.total, scanned, affected, failed, counts: sorted, examples };
}
