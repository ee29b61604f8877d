import { describe, expect, test } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { recordAction } from '../../../main/archive/evidence/custody.ts';
import { chatText, openTestWriter, take, testAccount } from '../store/support.ts';

describe('the custody log', () => {
  const writer = openTestWriter();
  const by = (user: string) => ({ user, host: 'desk', app: 'test' });
  const record = (time: number, user: string) =>
    recordAction(writer, { kind: 'x', time, subjects: [], details: {} }, by(user));
  take(writer, testAccount(writer), 'chat', [chatText()], { receivedAt: 250 });
  record(100, 'ana');
  record(200, 'ben');
  record(300, 'ana');

  const list = (filter: { user?: string; from?: number; to?: number; versions?: boolean }) =>
    custodyList(writer.db, { kinds: ['x', 'version'], versions: false, limit: 50, ...filter }).entries.map(
      ({ kind, time, user }) => [kind, time, user],
    );

  test('shows what one user did, and no version, which is nobody’s', () => {
    expect(list({ user: 'ana' })).toEqual([
      ['x', 300, 'ana'],
      ['x', 100, 'ana'],
    ]);
    expect(list({ user: 'AN%' })).toEqual([]);
  });

  test('shows a span of time with both its ends', () => {
    expect(list({ from: 200, to: 300 })).toEqual([
      ['x', 300, 'ana'],
      ['x', 200, 'ben'],
      ['version', 250, null],
    ]);
    expect(list({ from: 201, to: 299, user: 'ben' })).toEqual([]);
  });
});
