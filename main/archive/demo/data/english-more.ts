import type { LanguagePack } from './language-pack.ts';

/** Topics that only the English desk handles. */
export const englishOtherTopics: Pick<LanguagePack['topics'], 'contract' | 'loyalty' | 'complaint'> = {
  contract: {
    ask: [
      'I need a copy of my credit agreement',
      'Please cancel my insurance on the Acme card, contract {ref}',
      'When does my instalment plan for {order} end?',
      'My name changed after the wedding, what do you need from me?',
      'Why did my monthly payment go up to {amount}?',
    ],
    detail: [
      'I signed it in the shop, in May I think.',
      'I was told there is no penalty for paying early.',
      'The letter is dated {date} and nobody signed it.',
      'You may send it by e-mail to {email}.',
    ],
    answer: [
      'The plan has four instalments left, the last one is on {date}.',
      'I can send the agreement through our secure mailbox.',
      'The insurance can be cancelled with 14 days’ notice.',
      'Could you upload a copy of the certificate? The secure form is below.',
    ],
    resolve: [
      'I’ve attached the agreement as a PDF.',
      'The insurance ends on {date}, confirmation {ref}.',
      'Your new monthly amount is {amount} from next month.',
    ],
  },
  loyalty: {
    ask: [
      'My points from {order} are missing',
      'How many Acme points do I need for the {product}?',
      'The voucher ACME-{ref} isn’t accepted',
      'I didn’t get the birthday bonus this year 🎂',
    ],
    detail: [
      'I’m a gold member, number {member}.',
      'It says “not combinable”, but that isn’t written anywhere.',
      'I scanned the receipt twice.',
    ],
    answer: [
      'Points are credited after the return period, so on {date}.',
      'You have 4,310 points at the moment.',
      'The voucher is for orders from {amount}.',
    ],
    resolve: [
      'I’ve added the missing points by hand.',
      'Please use this new code: ACME-{ref}',
      'The bonus is in your account 🎉',
    ],
  },
  complaint: {
    ask: [
      'I want to make a formal complaint about the way I was treated yesterday',
      'This is the fourth time I am explaining this. Escalate it please.',
      'Your adviser promised me a callback and a refund of {amount} and nothing happened',
      'I will report this to the ombudsman unless it is resolved today',
      'You sold me insurance I never asked for. That’s mis-selling.',
    ],
    detail: [
      'I have everything in writing.',
      'He said, and I quote, “that’s not my problem”.',
      'I want this on record.',
      'My solicitor will be in touch.',
      'Two months! For {amount}!',
    ],
    answer: [
      'I’m very sorry to hear that. I’m logging it as a complaint right now.',
      'May I pass this on to my team leader? She can decide about compensation.',
      'I’ve read the earlier conversations and you are right, we promised that.',
      'I’m not able to guarantee you any profit or outcome, but I can promise a written answer.',
    ],
    resolve: [
      'Your complaint has the number {ref}. You’ll have our final answer within eight weeks, by {date}.',
      'The team leader has approved {amount} as compensation.',
      'I’ve cancelled the insurance from the start and refunded all payments.',
    ],
  },
};
