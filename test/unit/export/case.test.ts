import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCase } from '../../../main/archive/review/cases.ts';
import { ana, apply, input, refused } from '../review/support.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

function archiveWithCase(name: string) {
  const writer = filledArchive();
  createCase(writer.db, input('cases.create', { name }), ana);
  apply(writer, { kind: 'case-add', case: name, reason: 'x' }, ['c0', 'c1', 'm0']);
  return writer;
}

function exportedIds(path: string): string[] {
  const lines = readFileSync(join(path, 'data/conversations.ndjson'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { id: string }).id.split(':')[2] ?? '');
}

test('an export of a case holds what its query finds within the case, says so, and verifies', async () => {
  const writer = archiveWithCase('Smith');
  const whole = await exportFrom(writer, { formats: ['ndjson'], case: 'smith' });
  expect(exportedIds(whole.path)).toEqual(['c0', 'c1', 'm0']);
  const part = await exportFrom(writer, { formats: ['ndjson'], case: 'Smith', query: 'source:chat' });
  expect(exportedIds(part.path)).toEqual(['c0', 'c1']);
  const facts = JSON.parse(readFileSync(join(part.path, 'custody/export.json'), 'utf8')) as Record<string, unknown>;
  expect(facts).toMatchObject({ case: 'Smith', query: 'source:chat', conversations: 2 });
  expect(facts['understoodAs']).toContain('in case “Smith”');
  expect((await verify(part.path)).failures).toEqual([]);
});

test('a case that is not there is told with the name nearest to it, and nothing is exported', async () => {
  const writer = archiveWithCase('Smith');
  await expect(exportFrom(writer, { formats: ['ndjson'], case: 'Smyth' })).rejects.toThrow(
    refused('not-found', 'Did you mean “Smith”?'),
  );
});

test('a redacted export does not tell the name of the case where it holds what was hidden', async () => {
  const writer = archiveWithCase('ana@mail.example');
  const redaction = { profile: 'contacts', rules: ['email' as const], expressions: [], spans: [] };
  const { path } = await exportFrom(writer, { formats: ['ndjson'], case: 'ana@mail.example', redaction });
  expect(readFileSync(join(path, 'custody/export.json'), 'utf8')).not.toContain('ana@mail');
  expect(readFileSync(join(path, 'custody/log.ndjson'), 'utf8')).not.toContain('ana@mail');
});
