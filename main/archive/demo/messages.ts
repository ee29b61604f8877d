import { timePair } from './clock-text.ts';
import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';
import { hash } from './random.ts';
import { erasedMarker } from './record-faults.ts';
import { escapeHtml, quickReplies, richCard, thumbnail } from './rich-content.ts';
import type { Turn } from './script.ts';

interface View {
  erased: boolean;
  /** Thumbnails come with by-id answers only. */
  whole: boolean;
  accountId: string;
}

/** One message of a messaging conversation. Sequence numbers have gaps, as in production. */
export function messageOf(turn: Turn, index: number, plan: Plan, view: View): JsonObject {
  const customer = turn.who === 'customer';
  const sequence = index + Math.floor(index / 4);
  return {
    ...contentOf(turn, index, plan, view),
    messageId: `ms::dialog:${plan.remoteId}::msg:${String(sequence)}`,
    seq: sequence,
    dialogId: plan.remoteId,
    participantId: customer ? plan.customer.consumerId : (turn.agent?.id ?? 'undefined'),
    audience: turn.who === 'note' ? 'AGENTS_AND_MANAGERS' : 'ALL',
    sentBy: customer ? 'Consumer' : 'Agent',
    ...timePair('time', turn.at),
    ...(turn.who === 'bot' ? { contextData: botContext(plan, turn) } : {}),
    ...(!customer && hash(plan.key, 'canned', index) % 6 === 0 ? { predefinedContent: true } : {}),
  };
}

function contentOf(turn: Turn, index: number, plan: Plan, view: View): JsonObject {
  const text = view.erased && turn.who === 'customer' ? erasedMarker : turn.text;
  const link = turn.text.startsWith('http') ? turn.text : 'https://www.acme-retail.example/help';
  switch (turn.kind) {
    case 'html':
      return { type: 'TEXT_HTML', messageData: { msg: { text: `<p>${escapeHtml(text)}</p>` } } };
    case 'link':
      return {
        type: 'LINK',
        messageData: { link: { externalFileLink: text, caption: 'Acme', fileType: 'HTML' }, msg: { text } },
      };
    case 'file': {
      const customer = turn.who === 'customer';
      const name = `${hash(plan.key, index).toString(16)}.${customer ? 'jpg' : 'pdf'}`;
      const file = {
        relativePath: `${view.accountId}/${plan.remoteId}/${name}`,
        fileType: customer ? 'JPG' : 'PDF',
        caption: text,
      };
      return {
        type: 'HOSTED_FILE',
        messageData: { file: view.whole && customer ? { ...file, preview: thumbnail } : file },
      };
    }
    case 'form':
      return {
        type: 'SECURE_FORM_INVITATION',
        messageData: {
          secureForm: { formId: '7120', formName: text, invitationId: `inv-${plan.remoteId.slice(0, 8)}` },
        },
      };
    case 'form-sent':
      return {
        type: 'SECURE_FORM_SUBMIT',
        messageData: {
          secureForm: {
            formId: '7120',
            formName: text,
            invitationId: `inv-${plan.remoteId.slice(0, 8)}`,
            submissionId: `sub-${plan.remoteId.slice(0, 8)}`,
          },
        },
      };
    case 'rich':
      return { type: 'RICH_CONTENT', messageData: { richContent: { content: JSON.stringify(richCard(text, link)) } } };
    case 'quick':
      return {
        type: 'RICH_CONTENT',
        messageData: { msg: { text }, quickReplies: { content: JSON.stringify(quickReplies) } },
      };
    case 'plain':
      // A type that no documentation lists turns up now and then.
      return hash(plan.key, 'sticker', index) % 400 === 0
        ? { type: 'STICKER', messageData: { sticker: { pack: 'acme-friends', title: text } } }
        : { type: 'TEXT_PLAIN', messageData: { msg: { text } } };
  }
}

function botContext(plan: Plan, turn: Turn): JsonObject {
  return {
    rawMetadata: JSON.stringify([{ type: 'BotResponse', externalConversationId: `bot-${plan.remoteId.slice(0, 6)}` }]),
    structuredMetadata: [
      {
        botResponse: {
          externalConversationId: `bot-${plan.remoteId.slice(0, 6)}`,
          businessCases: ['welcome'],
          intents: [
            { id: plan.topic, name: plan.topic, confidence: 'GOOD', confidenceScore: 0.25 + (turn.at % 50) / 100 },
          ],
        },
      },
    ],
  };
}
