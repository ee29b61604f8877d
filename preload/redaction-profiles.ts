/** What redaction looks for, as plain data: the page offers it too, and the page gets no validation library. */

/** `customer`: name, e-mail address and phone number that the record itself has of the customer. */
export const redactionRules = ['email', 'phone', 'card', 'iban', 'national', 'customer'] as const;
export type RedactionRule = (typeof redactionRules)[number];

/** The rules of the built-in profiles, by the names that `--redact` takes. */
export const redactionProfileRules = {
  pii: ['email', 'phone', 'card', 'iban', 'national', 'customer'],
  contacts: ['email', 'phone'],
  payment: ['card', 'iban'],
  cards: ['card'],
  identity: ['national'],
  customers: ['customer'],
} as const satisfies Record<string, readonly RedactionRule[]>;
export type RedactionProfileName = keyof typeof redactionProfileRules;

/** What a name of an expression, or the reason of a marked stretch, may be: it stands in the text's place. */
export const redactionReason = /^[A-Za-z][A-Za-z0-9 _-]{0,39}$/u;
export const longestExpression = 500;
