import { expect, test } from 'vitest';
import { certificateLine, certificateText } from '../../../main/cli/certificate-text.ts';
import type { SearchCertificate } from '../../../preload/model.ts';

const certificate: SearchCertificate = {
  kind: 'transcript-archive search certificate',
  version: 1,
  query: 'refund \u001b[31m',
  understoodAs: '"refund"',
  timeZone: 'Europe/Berlin',
  askedAt: '2026-03-04T09:15:00.000Z',
  index: { format: 1, complete: true },
  logSize: 20,
  total: 0,
  hitsSha256: 'a'.repeat(64),
  terms: [{ text: 'refund', said: ['agent'], total: 3 }],
  fullScan: { conversations: 12, found: 0, agrees: true },
  entry: 21,
  checkpoint: 'log\n22\nAAAA\n\n— log BBBB\n',
};

test('a certificate reads as sentences, says what confirmed it, and no terminal obeys what it quotes', () => {
  const text = certificateText(certificate);
  expect(text).toContain('No conversation was found.');
  expect(text).toContain('each of 12 stored conversations was read: the same 0 were found without the index');
  expect(text).toContain('refund (said by agent): 3');
  expect(text).toContain('log\n22\nAAAA\n');
  expect(text).not.toContain('\u001b');
  expect(certificateText({ ...certificate, fullScan: null })).toContain('by the index alone');
  const differs = { conversations: 12, found: 2, agrees: false };
  expect(certificateText({ ...certificate, fullScan: differs })).toContain('NOT CONFIRMED');
});

test('a line of the list names entry, user, total and query', () => {
  const line = certificateLine({
    position: 21,
    time: 0,
    kind: 'certificate',
    user: 'ana',
    host: 'desk',
    app: 'test',
    subjects: [],
    details: { total: 3, query: 'refund', confirmedByFullScan: true },
  });
  expect(line).toBe('1970-01-01T00:00:00.000Z #21 ana: 3 found, confirmed by a full scan: refund');
});
