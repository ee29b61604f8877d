import { rawNumber } from './json.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { currencyFor } from './script.ts';
import type { Facts } from './script.ts';

/** How values are written: chat and `v=1` know text only. */
type Spelling = (value: number | string) => JsonValue;

/** Engagement attributes of a conversation, authenticated and not, in the order they were reported. */
export function attributesOf(plan: Plan, facts: Facts): { known: JsonObject[]; anonymous: JsonObject[] } {
  const random = createRandom(plan.key, 'attributes');
  const native = plan.source === 'messaging';
  const spell: Spelling = (value) =>
    native && /^-?\d+(?:\.\d+)?$/u.test(String(value)) ? rawNumber(String(value)) : String(value);
  const { customer } = plan;
  const currency = currencyFor(customer.countryCode)[2];
  const price = facts.product.price.toFixed(2);
  const product = {
    name: facts.product.name,
    category: facts.product.category,
    sku: facts.product.sku,
    price: spell(price),
  };
  const stamp = { serverTimeStamp: spell(plan.startedAt + 1500), originalTimeStamp: spell(plan.startedAt + 1100) };
  const event = (type: string, payload: JsonObject, known = true): JsonObject => ({
    [type]: { ...stamp, ...payload },
    sdeType: type.replaceAll(/([A-Z])/gu, '_$1').toUpperCase(),
    serverTimeStamp: spell(plan.startedAt + 1500),
    isAuthenticated: known,
  });
  const all: Record<string, () => JsonObject> = {
    customerInfo: () => event('customerInfo', { customerInfo: customerInfo(plan, spell, currency) }),
    personalInfo: () => event('personalInfo', { personalInfo: personalInfo(plan, spell) }),
    cartStatus: () =>
      event('cartStatus', {
        total: spell(price),
        currency,
        numItems: spell(1),
        products: [{ quantity: spell(1), product }],
      }),
    purchase: () =>
      event('purchase', {
        total: spell(price),
        currency,
        orderId: facts.order,
        cart: {
          total: spell(price),
          currency,
          numItems: spell(1),
          products: [{ quantity: spell(1), product }],
          ...stamp,
        },
      }),
    viewedProduct: () =>
      event('viewedProduct', {
        currency,
        products: [
          {
            quantity: spell(1),
            product: { ...product, statusInStock: 'yes', quantityInStock: spell(random.between(0, 80)) },
          },
        ],
      }),
    lead: () =>
      event('lead', { lead: { topic: 'card upgrade', value: spell('22.50'), currency, leadId: `L-${facts.ref}` } }),
    marketingCampaignInfo: () =>
      event('marketingCampaignInfo', {
        marketingCampaignInfo: {
          originatingChannel: spell(random.between(0, 6)),
          affiliate: random.pick(['newsletter', 'price-hunter', null]),
          campaignId: 'AUTUMN-SALE',
        },
      }),
    serviceActivity: () =>
      event('serviceActivity', {
        serviceActivity: {
          topic: plan.topic,
          category: 'aftersales',
          serviceId: facts.ref,
          status: spell(random.between(0, 13)),
        },
      }),
    visitorError: () =>
      event('visitorError', {
        visitorError: {
          contextId: 'checkout',
          message: { string: 'Session expired, please sign in again' },
          code: { string: 'E-4012' },
          level: 'error',
          resolved: 'false',
        },
      }),
    searchContent: () => event('searchContent', { keywords: [facts.product.name, 'returns', customer.city] }),
    // Not in any documentation: readers must keep what they do not know.
    loyaltyLevel: () =>
      event('loyaltyLevel', { tier: random.pick(['silver', 'gold']), points: spell(random.between(0, 9000)) }),
  };
  const known = ['customerInfo', ...Object.keys(all).slice(1)].filter(
    (_name, index) => index === 0 || random.chance(0.22),
  );
  if (random.chance(0.2)) known.push('customerInfo');
  const anonymous =
    native && random.chance(0.4)
      ? [event('visitorError', { visitorError: { contextId: 'page', message: 'blocked script', code: 'E-77' } }, false)]
      : [];
  return { known: known.map((name) => all[name]?.() ?? {}), anonymous };
}

function customerInfo(plan: Plan, spell: Spelling, currency: string): JsonObject {
  const { customer } = plan;
  const random = createRandom(plan.key, 'customer-info');
  return {
    customerId: customer.customerId,
    customerStatus: random.pick(['active', 'active', 'dormant', 'undefined']),
    customerType: customer.premium ? 'premium' : 'standard',
    balance: random.chance(0.3) ? null : spell(`${String(random.between(-200, 2500))}.${random.digits(2)}`),
    currency,
    socialId: spell(customer.memberNumber),
    userName: customer.email,
    accountName: random.chance(0.2) ? `${customer.lastName} Ltd` : undefined,
    storeNumber: random.chance(0.4) ? spell(random.between(10, 99)) : undefined,
    registrationDate: {
      year: spell(random.between(2009, 2025)),
      month: spell(random.between(1, 12)),
      day: spell(random.between(1, 28)),
    },
  };
}

function personalInfo(plan: Plan, spell: Spelling): JsonObject {
  const { customer } = plan;
  const year = 1945 + (customer.memberNumber.charCodeAt(4) % 60);
  return {
    name: customer.firstName,
    surname: customer.lastName,
    language: customer.language.code,
    company: null,
    customerAge: { customerYearOfBirth: spell(year), customerAgeInYears: spell(2026 - year) },
    contacts: [
      {
        personalContact: {
          email: customer.email,
          phone: customer.phone,
          address: { country: customer.country, region: customer.city },
        },
      },
    ],
  };
}

/** Search in messaging returns only the last event of each type. */
export function lastOfEachType(events: readonly JsonObject[]): JsonObject[] {
  return [...new Map(events.map((event) => [event['sdeType'], event])).values()];
}
