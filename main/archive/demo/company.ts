/** The invented company behind the demo account: Acme Retail & Cards. */
export interface Skill {
  id: number;
  name: string;
}

export interface DemoAgent {
  id: string;
  nick: string;
  fullName: string;
  login: string;
  groupId: number;
  groupName: string;
  /** `0` system, `1` human, `2` bot. */
  userType: '0' | '1' | '2';
  userTypeName: 'System' | 'Human' | 'Bot';
  deleted: boolean;
}

export const skills = {
  delivery: { id: 4001, name: 'Orders & delivery' },
  refund: { id: 4002, name: 'Returns & refunds' },
  card: { id: 4011, name: 'Card disputes' },
  login: { id: 4021, name: 'App & account' },
  product: { id: 4031, name: 'Product advice' },
  contract: { id: 4012, name: 'Credit & contracts' },
  loyalty: { id: 4032, name: 'Acme points' },
  complaint: { id: 4041, name: 'Complaints' },
} as const satisfies Record<string, Skill>;

export const international: Skill = { id: 4050, name: 'International desk' };
export const unassigned: Skill = { id: -1, name: 'Unassigned' };

const groups = {
  orders: [71, 'Orders'],
  cards: [77, 'Cards'],
  digital: [81, 'Digital'],
  care: [85, 'Customer care'],
  world: [90, 'International'],
} as const;

function agent(id: number, nick: string, fullName: string, group: keyof typeof groups, deleted = false): DemoAgent {
  const login = `${fullName
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/gu, '')
    .replaceAll(' ', '.')}@acme-retail.example`;
  const [groupId, groupName] = groups[group];
  return { id: String(id), nick, fullName, login, groupId, groupName, userType: '1', userTypeName: 'Human', deleted };
}

/** Human advisers; those of the international group write every language but English. */
const agents: readonly DemoAgent[] = [
  agent(900100, 'Tomas', 'Tomas Brandt', 'cards'),
  agent(900101, 'Aisha', 'Aisha Rahman', 'cards'),
  agent(900102, 'Gareth', 'Gareth Pugh', 'cards', true),
  agent(900110, 'Bella', 'Isabella Rossi', 'orders'),
  agent(900111, 'Dev', 'Dev Malhotra', 'orders'),
  agent(900112, 'Fiona', 'Fiona MacLeod', 'orders'),
  agent(900113, 'Sam', 'Samuel Osei', 'orders'),
  agent(900120, 'Noor', 'Noor van Dijk', 'digital'),
  agent(900121, 'Pete', 'Peter Lindqvist', 'digital'),
  agent(900130, 'Maggie', 'Margaret Doyle', 'care'),
  agent(900131, 'Luis', 'Luis Ortega', 'care'),
  agent(900140, 'Mina', 'Mina Takahashi', 'world'),
  agent(900141, 'Karim', 'Karim Haddad', 'world'),
  agent(900142, 'Elena', 'Elena Petrova', 'world'),
  agent(900143, 'Jonas', 'Jonas Weber', 'world'),
];

export const bots = {
  routing: bot(900007, 'Routing bot', 'routing-bot'),
  concierge: bot(900008, 'Acme Concierge', 'concierge-bot'),
} as const;

function bot(id: number, name: string, login: string): DemoAgent {
  return {
    id: String(id),
    nick: name,
    fullName: name,
    login,
    groupId: 99,
    groupName: 'Automation',
    userType: '2',
    userTypeName: 'Bot',
    deleted: false,
  };
}

const groupOfTopic: Record<keyof typeof skills, string> = {
  delivery: 'Orders',
  refund: 'Orders',
  card: 'Cards',
  contract: 'Cards',
  login: 'Digital',
  product: 'Digital',
  loyalty: 'Customer care',
  complaint: 'Customer care',
};

/** Who may be given a conversation. */
export function agentsFor(topic: keyof typeof skills, english: boolean): readonly DemoAgent[] {
  return agents.filter((one) => one.groupName === (english ? groupOfTopic[topic] : 'International'));
}

export const campaigns = [
  {
    id: '3001',
    name: 'Service',
    engagementId: '3101',
    engagementName: 'Sticky button',
    goalId: '31',
    goalName: 'Help customers',
  },
  {
    id: '3002',
    name: 'Checkout rescue',
    engagementId: '3102',
    engagementName: 'Basket overlay',
    goalId: '32',
    goalName: 'Complete purchases',
  },
  {
    id: '3003',
    name: 'Card holders',
    engagementId: '3103',
    engagementName: 'Card portal button',
    goalId: '33',
    goalName: 'Retain card holders',
  },
  {
    id: '3004',
    name: 'Black Friday',
    engagementId: '3104',
    engagementName: 'Sale banner',
    goalId: '32',
    goalName: 'Complete purchases',
  },
  {
    id: '3005',
    name: 'App messaging',
    engagementId: '3105',
    engagementName: 'In-app help',
    goalId: '31',
    goalName: 'Help customers',
  },
] as const;

export const products = [
  { name: 'Lumen desk lamp', category: 'Home', sku: 'HOM-10441', price: 39.9 },
  { name: 'Breeze 3 headphones', category: 'Audio', sku: 'AUD-20033', price: 129 },
  { name: 'Nordkap rain jacket', category: 'Outdoor', sku: 'OUT-55120', price: 149.5 },
  { name: 'Acme espresso machine', category: 'Kitchen', sku: 'KIT-70012', price: 279 },
  { name: 'Pebble smart watch', category: 'Wearables', sku: 'WEA-31007', price: 219 },
  { name: 'Trailrunner shoes', category: 'Sports', sku: 'SPO-88214', price: 94.95 },
  { name: 'Orbit robot vacuum', category: 'Home', sku: 'HOM-11802', price: 349 },
  { name: 'Fable e-reader', category: 'Books', sku: 'BOO-40100', price: 119 },
  { name: 'Tinker building set', category: 'Toys', sku: 'TOY-66310', price: 54.99 },
  { name: 'gift card', category: 'Gifts', sku: 'GIF-00050', price: 50 },
] as const;

export const pages = [
  ['https://www.acme-retail.example/help', 'Help centre'],
  ['https://www.acme-retail.example/orders', 'My orders'],
  ['https://www.acme-retail.example/basket', 'Basket'],
  ['https://cards.acme-retail.example/', 'Acme Card'],
  ['https://cards.acme-retail.example/statement?month=3', 'Card statement'],
  ['https://www.acme-retail.example/p/robot-vacuum', 'Orbit robot vacuum'],
] as const;
