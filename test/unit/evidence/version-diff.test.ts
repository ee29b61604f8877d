import { describe, expect, it } from 'vitest';
import { diffVersions } from '../../../main/archive/evidence/version-diff.ts';
import { findConversation, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { chatText, openTestWriter, take, testAccount } from '../store/support.ts';

function diffOf(before: Parameters<typeof chatText>[0], after: Parameters<typeof chatText>[0]) {
  const writer = openTestWriter();
  const account = testAccount(writer);
  take(writer, account, 'chat', [chatText(before)]);
  take(writer, account, 'chat', [chatText(after)]);
  const { rid } = findConversation(writer.db, 'c1');
  return diffVersions(loadTranscript(writer.db, rid, 1), loadTranscript(writer.db, rid, 2));
}

describe('the difference between two versions', () => {
  it('names messages that were added', () => {
    const { messages, fields } = diffOf({ texts: ['one'] }, { texts: ['one', 'two'] });
    expect(messages.added.map(({ text }) => text)).toEqual(['two']);
    expect([messages.removed, messages.changed, fields]).toEqual([[], [], []]);
  });

  it('names messages that were removed', () => {
    const { messages } = diffOf({ texts: ['one', 'two', 'three'] }, { texts: ['one', 'two'] });
    expect(messages.removed.map(({ text }) => text)).toEqual(['three']);
    expect([messages.added, messages.changed]).toEqual([[], []]);
  });

  it('puts both texts of a changed message side by side', () => {
    const { messages } = diffOf({ texts: ['one', 'two'] }, { texts: ['one', '** removed **'] });
    expect(messages.changed.map(({ before, after }) => [before.text, after.text])).toEqual([['two', '** removed **']]);
    expect([messages.added, messages.removed]).toEqual([[], []]);
  });

  it('names facts that changed, with what they were', () => {
    const { messages, fields } = diffOf({ agent: 'Tomas Brandt' }, { agent: 'Ada Okafor' });
    expect(messages).toEqual({ added: [], removed: [], changed: [] });
    const agents = fields.filter(({ field }) => field === 'agents');
    expect(agents).toEqual([
      { field: 'agents', before: expect.stringContaining('Tomas Brandt') as string, after: null },
      { field: 'agents', before: null, after: expect.stringContaining('Ada Okafor') as string },
    ]);
  });
});
