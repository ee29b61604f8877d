import { describe, expect, it } from 'vitest';
import { noLog } from '../../../main/archive/log.ts';
import { createHistoryClient } from '../../../main/archive/liveperson/connect.ts';
import { testAccount } from '../../../main/archive/liveperson/test-account.ts';
import { chatPage, json, messagingPage, startLoopback, testClock } from './loopback.ts';

const { signal } = new AbortController();

async function testOf(credentialType: 'oauth1' | 'oauth2') {
  const clock = testClock();
  const service = await startLoopback(clock);
  service.on.history = ({ path }, response) => {
    json(response, path.startsWith('/messaging_history/') ? messagingPage([{}], 12) : chatPage([{}], 345));
  };
  const keys =
    credentialType === 'oauth2'
      ? { type: credentialType, clientId: 'c', clientSecret: 's' }
      : { type: credentialType, consumerKey: 'k', consumerSecret: 's', token: 't', tokenSecret: 'u' };
  const account = { accountId: credentialType, domainApi: service.origin, requestIntervalMs: 0, retryBaseMs: 0 };
  const client = createHistoryClient({ account, credentials: () => Promise.resolve(keys), clock, log: noLog });
  const result = await testAccount(
    client,
    { ...account, sources: ['chat', 'messaging'], credentialType },
    clock.now(),
    signal,
  );
  await service.close();
  return { result, service, clock };
}

describe('testing an account', () => {
  it('reports the last seven days of each source, asking for one record only', async () => {
    const { result, service, clock } = await testOf('oauth2');
    expect(result).toEqual({
      accountId: 'oauth2',
      sources: [
        { source: 'chat', recentConversations: 345, domain: service.host },
        { source: 'messaging', recentConversations: 12, domain: service.host },
      ],
      warnings: [],
    });
    expect(service.history[0]?.query.get('limit')).toBe('1');
    expect(JSON.parse(service.history[0]?.body ?? '')).toMatchObject({
      start: { from: clock.now() - 7 * 86_400_000, to: clock.now() },
    });
  });

  it('warns about the end of OAuth 1.0a', async () => {
    const { result } = await testOf('oauth1');
    expect(result.warnings).toEqual([expect.stringContaining('31 May 2026')]);
  });
});
