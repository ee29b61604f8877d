import type { Account, AccountTest } from '../../../preload/model.ts';
import type { HistoryClient } from './history-client.ts';
import { oauth1EndWarning } from './sign-in.ts';

const weekMs = 7 * 86_400_000;

/**
 * Tries what a sync would do, with the smallest possible requests: address, sign-in and permission of each source.
 * Throws the ArchiveError of the first thing that is wrong.
 */
export async function testAccount(
  client: HistoryClient,
  account: Pick<Account, 'accountId' | 'sources' | 'credentialType'>,
  now: number,
  signal: AbortSignal,
): Promise<AccountTest> {
  const sources: AccountTest['sources'] = [];
  for (const source of account.sources) {
    const { domain } = await client.connect(source, signal);
    const window = { from: now - weekMs, to: now };
    const page = await client.search({ source, window, offset: 0, limit: 1 }, signal);
    sources.push({ source, recentConversations: page.count, domain });
  }
  const warnings = account.credentialType === 'oauth1' ? [oauth1EndWarning] : [];
  return { accountId: account.accountId, sources, warnings };
}
