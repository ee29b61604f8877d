import { addAccount, listAccounts } from '../../main/archive/store/accounts.ts';
import { openWriter } from '../../main/archive/store/database.ts';
import { ingest } from '../../main/archive/store/ingest.ts';
import { decodeRecord } from '../../main/archive/liveperson/decode.ts';

const start = Date.UTC(2026, 9, 30, 8);

/** Puts one conversation of `messages` messages into an archive, and gives words that find only it. */
export function addLongConversation(folder: string, messages: number): string {
  const id = `long-${messages}`;
  const records = Array.from({ length: messages }, (_, seq) => ({
    type: 'TEXT_PLAIN',
    messageData: {
      msg: { text: `Line ${seq} of LONGTALK-${messages}: the parcel, the refund and what was said of it.` },
    },
    messageId: `ms::dialog:${id}::msg:${seq}`,
    seq,
    dialogId: id,
    participantId: seq % 2 === 0 ? 'c-long' : '900001',
    audience: 'ALL',
    sentBy: seq % 2 === 0 ? 'Consumer' : 'Agent',
    timeL: start + seq * 5000,
  }));
  const end = start + messages * 5000;
  const original = Buffer.from(
    JSON.stringify({
      info: {
        conversationId: id,
        brandId: '12345678',
        status: 'CLOSE',
        fullDialogStatus: 'CLOSE',
        startTimeL: start,
        endTimeL: end,
        conversationEndTimeL: end,
        duration: end - start,
        closeReason: 'AGENT',
        isPartial: false,
      },
      messageRecords: records,
      consumerParticipants: [{ participantId: 'c-long', firstName: 'Long', lastName: 'Talk', timeL: start }],
    }),
  );
  const writer = openWriter(folder, { hostName: 'bench', appVersion: 'bench' });
  try {
    const settings = {
      accountId: '12345678',
      sources: ['messaging' as const],
      requestIntervalMs: 500,
      retryBaseMs: 5000,
    };
    const account =
      listAccounts(writer.db).find(({ accountId }) => accountId === settings.accountId) ??
      addAccount(writer.db, settings, 'none', { demo: false, now: 0 });
    const conversation = decodeRecord('messaging', original);
    writer.db.transaction(() =>
      ingest(writer.db, [{ original, conversation }], { account, source: 'messaging', receivedAt: 0, via: 'search' }),
    )();
  } finally {
    writer.close();
  }
  return `LONGTALK-${messages}`;
}
