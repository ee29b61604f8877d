import type { Customer, SurveyAnswer } from '../../../preload/model.ts';
import type { AttributeIdentity } from './attributes.ts';
import type { FilterValue } from './decoded.ts';
import { filterValue, uniqueValues } from './people.ts';

/** What the record itself says about its customer, before attributes and surveys add to it. */
export interface StatedCustomer {
  /** `visitorId` of chat, `participantId` of messaging: what an erasure request names. */
  ids: string[];
  names: string[];
  emails: string[];
  phones: string[];
}

export interface CustomerReading {
  customer: Customer;
  filters: { customer: FilterValue[]; visitor: FilterValue[]; email: FilterValue[]; phone: FilterValue[] };
}

/** What LivePerson shows instead of a name nobody gave. */
const placeholderNames: ReadonlySet<string> = new Set(['you', 'visitor', 'consumer', 'guest']);
const emailAddress = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/u;
const phoneQuestion = /phone|mobile|telefon|handy|tel\b/iu;

export function digitsOf(phone: string): string {
  return phone.replace(/\D+/gu, '');
}

/** A customer is known by everything they or the brand gave: names, addresses, numbers, ids. */
export function readCustomer(
  stated: StatedCustomer,
  attributes: AttributeIdentity,
  surveys: readonly SurveyAnswer[],
): CustomerReading {
  const emails = [...stated.emails, ...attributes.emails];
  const phones = [...stated.phones, ...attributes.phones];
  for (const { survey, question, answer } of surveys) {
    if (survey !== 'pre-chat') continue;
    const text = answer.trim();
    if (emailAddress.test(text)) emails.push(text);
    else if (phoneQuestion.test(question) && digitsOf(text).length >= 6) phones.push(text);
  }
  const names = [...stated.names, ...attributes.names];
  const name = names.find((candidate) => !placeholderNames.has(candidate.toLowerCase())) ?? names[0] ?? null;
  const [id = null] = stated.ids;
  const [email = null] = emails;
  const [phone = null] = phones;
  const knownAs = filterValue(
    name ?? attributes.ids[0] ?? email ?? id,
    ...names,
    ...stated.ids,
    ...attributes.ids,
    ...emails.map((address) => address.toLowerCase()),
    ...phones,
    ...phones.map(digitsOf),
  );
  return {
    customer: { id, name, email, phone },
    filters: {
      customer: uniqueValues([knownAs]),
      visitor: uniqueValues(stated.ids.map((visitor) => filterValue(visitor))),
      email: uniqueValues(emails.map((address) => filterValue(address.toLowerCase()))),
      phone: uniqueValues(phones.map((number) => filterValue(digitsOf(number), number))),
    },
  };
}
