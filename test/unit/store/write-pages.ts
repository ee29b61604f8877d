/** A process that takes in page after page, and says so after each commit, until somebody kills it. */
import { addAccount, getAccount, listAccounts } from '../../../main/archive/store/accounts.ts';
import { openWriter } from '../../../main/archive/store/database.ts';
import { ingest } from '../../../main/archive/store/ingest.ts';
import { chatText, march, received } from './records.ts';

const writer = openWriter(process.argv[2] ?? '', { hostName: 'cli', appVersion: '1.2.3' });
const first = Number(process.argv[3] ?? 0);
const settings = { accountId: '1', sources: ['chat' as const], requestIntervalMs: 0, retryBaseMs: 0 };
const account =
  listAccounts(writer.db).length > 0
    ? getAccount(writer.db, '1')
    : addAccount(writer.db, settings, 'none', { demo: false, now: 1 });
for (let page = first; ; page += 1) {
  const records = Array.from({ length: 20 }, (_, position) =>
    received(
      'chat',
      chatText({ id: `p${page}-${position}`, startedAt: march + page * 60_000, texts: [`page${page}`] }),
    ),
  );
  writer.db
    .transaction(() => ingest(writer.db, records, { account, source: 'chat', receivedAt: page, via: 'search' }))
    .immediate();
  process.stdout.write(`page ${page} done\n`);
}
