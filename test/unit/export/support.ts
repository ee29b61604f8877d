import { join } from 'node:path';
import { systemClock } from '../../../main/archive/clock.ts';
import { recordAction } from '../../../main/archive/evidence/custody.ts';
import { runExport, type ExportOptions } from '../../../main/archive/export/run.ts';
import { verifyPackage } from '../../../main/archive/export/verify-package.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import type { ExportRequest, ExportResult, VerifyReport } from '../../../preload/model.ts';
import {
  chatText,
  march,
  messagingText,
  minute,
  openTestWriter,
  take,
  temporaryFolder,
  testAccount,
} from '../store/support.ts';

/** Texts that every format must carry whole. */
export const awkwardTexts = [
  'plain words about a refund',
  '=HYPERLINK("http://evil.example","click")',
  '-2+3 and @SUM(A1) "quoted", with, commas',
  'two\nlines and\r\nthree, <b>markup</b> & </script><script>alert(1)</script>',
  'Grüße aus Bremen, 返金してください, مرحبا بالعالم, שלום, 👩🏽‍💻',
  'nul \0 and tab\tand bell \u0007 and line separator \u2028',
];

/** An archive of some chats and messaging conversations, with awkward texts and a pretty-printed record. */
export function filledArchive(conversations = 12): ArchiveWriter {
  const writer = openTestWriter();
  const account = testAccount(writer);
  const at = (index: number) => march + index * 60 * minute;
  const texts = (index: number) => [...awkwardTexts.slice(index % 3), `message of conversation ${index}`];
  const half = Math.floor(conversations / 2);
  const chats = Array.from({ length: half }, (_, index) =>
    chatText({ id: `c${index}`, startedAt: at(index), texts: texts(index), agent: '=Tomas' }),
  );
  const messaging = Array.from({ length: conversations - half }, (_, index) =>
    messagingText({ id: `m${index}`, startedAt: at(index + half), texts: texts(index) }),
  );
  messaging[0] = JSON.stringify(JSON.parse(messaging[0] ?? '{}'), null, 2).replaceAll('\n', '\r\n');
  // A number that no double can hold must come out digit by digit.
  chats[0] = (chats[0] ?? '').replace('{"info":{', '{"info":{"hugeNumber":1234567890123456789012,"exact":1.10,');
  take(writer, account, 'chat', chats);
  take(writer, account, 'messaging', messaging);
  return writer;
}

export interface Exported {
  path: string;
  result: ExportResult;
}

/** Exports as the engine would: the custody entry is sealed by the archive's writer. */
export async function exportFrom(
  writer: ArchiveWriter,
  request: Partial<ExportRequest> = {},
  options: Partial<ExportOptions> = {},
): Promise<Exported> {
  const path = request.out ?? join(temporaryFolder(), 'package');
  const result = await runExport({
    db: writer.db,
    request: {
      query: '',
      formats: ['csv', 'ndjson', 'json', 'html'],
      timeZone: 'Europe/Berlin',
      sort: 'oldest',
      bare: false,
      overwrite: false,
      ...request,
      out: path,
    },
    appVersion: '0.0.0',
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    recordCustody: (entry) =>
      Promise.resolve(recordAction(writer, { ...entry, time: Date.now() }, { user: 'u', host: 'h', app: 'test' })),
    ...options,
  });
  return { path, result };
}

export function verify(path: string): Promise<VerifyReport> {
  return verifyPackage(path, { signal: new AbortController().signal, onProgress: () => undefined });
}
