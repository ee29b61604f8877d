import { languages } from './data/languages.ts';
import type { LanguagePack } from './data/language-pack.ts';
import { createRandom } from './random.ts';

/** A customer of the demo company: the same person whenever the same number comes up. */
export interface DemoCustomer {
  /** Chat's visitorId, and what an erasure request names. */
  visitorId: string;
  consumerId: string;
  customerId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  language: LanguagePack;
  country: string;
  countryCode: string;
  city: string;
  timeZone: string;
  ipAddress: string;
  device: 'DESKTOP' | 'MOBILE' | 'TABLET';
  operatingSystem: string;
  browser: string;
  memberNumber: string;
  premium: boolean;
}

type System = readonly [operatingSystem: string, browser: string];
const systems: Record<DemoCustomer['device'], readonly System[]> = {
  DESKTOP: [
    ['WINDOWS', 'Edge 141'],
    ['MAC_OSX', 'Safari 26'],
    ['LINUX', 'Firefox 147'],
    ['WINDOWS', 'Chrome 142'],
  ],
  MOBILE: [
    ['ANDROID', 'Chrome Mobile 142'],
    ['IOS', 'Mobile Safari 26'],
  ],
  TABLET: [
    ['IOS', 'Mobile Safari 26'],
    ['ANDROID', 'Samsung Internet 29'],
  ],
};

/** Letters of a name that may stand in an e-mail address; empty for scripts other than Latin. */
function latin(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/gu, '');
}

export function customerOf(seed: string | number, index: number): DemoCustomer {
  const random = createRandom(seed, 'customer', index);
  const language = random.weighted(languages);
  const firstName = random.pick(language.firstNames);
  const lastName = random.pick(language.lastNames);
  const [country, countryCode, city, prefix, timeZone] = random.pick(language.places);
  const device = random.weighted([
    ['DESKTOP', 5],
    ['MOBILE', 6],
    ['TABLET', 1],
  ] as const);
  const [operatingSystem, browser] = random.pick(systems[device]);
  const account =
    latin(firstName) === '' || latin(lastName) === ''
      ? `user${random.digits(5)}`
      : `${latin(firstName)}.${latin(lastName)}`;
  const domain = random.pick(['mail.example', 'post.example', 'inbox.example', 'office.example']);
  const visitorBytes = Buffer.from(`visitor-${String(index).padStart(6, '0')}`);
  return {
    visitorId: visitorBytes.toString('base64url'),
    consumerId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
    customerId: `C-${random.digits(6)}`,
    firstName,
    lastName,
    email: `${account}${random.chance(0.3) ? String(random.between(2, 99)) : ''}@${domain}`,
    phone: `${prefix} ${random.digits(2)} ${random.digits(4)} ${random.digits(4)}`,
    language,
    country,
    countryCode,
    city,
    timeZone,
    ipAddress: `198.51.100.${String(random.between(1, 254))}`,
    device,
    operatingSystem,
    browser,
    memberNumber: `4${random.digits(18)}`,
    premium: random.chance(0.2),
  };
}
