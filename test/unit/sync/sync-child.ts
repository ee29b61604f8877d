/** A process that syncs a real archive and may be killed at any moment. Arguments: archive folder, Domain API origin. */
import { demoCredentials } from '../../../main/archive/demo/service.ts';
import { systemClock } from '../../../main/archive/clock.ts';
import { createHistoryClient } from '../../../main/archive/liveperson/connect.ts';
import { noLog } from '../../../main/archive/log.ts';
import { addAccount, listAccounts } from '../../../main/archive/store/accounts.ts';
import { openWriter } from '../../../main/archive/store/database.ts';
import { runSync } from '../../../main/archive/sync/run.ts';

const [folder = '', origin = '', since = '0'] = process.argv.slice(2);
const writer = openWriter(folder, { hostName: 'test', appVersion: '0.0.0' });
if (listAccounts(writer.db).length === 0) {
  addAccount(
    writer.db,
    {
      accountId: demoCredentials.accountId,
      sources: ['chat', 'messaging'],
      domainApi: origin,
      requestIntervalMs: 0,
      retryBaseMs: 0,
      since: Number(since),
    },
    'oauth2',
    { demo: true, now: Date.now() },
  );
}
const report = await runSync(writer, {
  clientFor: (account) =>
    createHistoryClient({
      account,
      credentials: () => Promise.resolve(demoCredentials.oauth2),
      clock: systemClock,
      log: noLog,
    }),
  clock: systemClock,
  log: noLog,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onChanged: () => undefined,
});
writer.close();
process.exitCode = report.complete ? 0 : 4;
