import type { Random } from './random.ts';
import { day, firstStart, type Said } from './support.ts';

/** Sentences in many scripts; words recur often, so that queries of several words find something. */
export const sentences = [
  'I want a refund for order BENCH-100821 please',
  'The refund was promised under the money back guarantee',
  'Money is not back yet, no refund and no guarantee',
  'Please refund my order today',
  "Don't worry, the order is on its way",
  'Write to clara.koenig@mail.example or call +49 30 1234-567',
  'See https://shop.example/orders/4711?ref=mail&lang=de for details',
  'My order 4711 costs 1,299.00 EUR',
  'Die Straße nach München ist gesperrt, schöne Grüße',
  'DIE STRASSE NACH MUENCHEN',
  'Größe und Übergabe prüfen wir für Sie',
  'Le café à côté est fermé, ça va être remboursé',
  'El niño pidió un reembolso mañana',
  'Łódź i Kraków czekają na zwrot pieniędzy',
  'IŞIK FATURASI İSTANBUL ödenmedi',
  'ışık faturası istanbul ödendi',
  'Верните деньги за заказ, пожалуйста',
  'ВЕРНИТЕ ДЕНЬГИ СЕЙЧАС',
  'Θέλω επιστροφή χρημάτων, ευχαριστώ ΣΑΣ',
  'أريد استرداد المال من فضلك',
  'أُرِيدُ اِسْتِرْدَادَ المَالِ',
  'אני רוצה החזר כספי',
  'मुझे अपना पैसा वापस चाहिए',
  '我想申请退款，订单号是100821',
  '退款申请已经提交',
  '商品に問題があるので返金してください',
  'ｶﾀｶﾅとひらがなと漢字',
  '환불해 주세요 주문이 안 왔어요',
  'ขอเงินคืนสำหรับคำสั่งซื้อนี้',
  'Thanks 👍🏽 great service 🎉',
  'Rot 🇩🇪 und Brand™ sowie m² und ﬁn',
  'refund refund guarantee order order',
];

export const agents = [
  { id: '900100', name: 'Tomas Brandt', login: 'tomas@brand.example', group: 'Cards' },
  { id: '900101', name: 'José Núñez', login: 'jose@brand.example', group: 'Loans' },
  { id: '900102', name: '田中 太郎', login: 'tanaka@brand.example', group: 'Cards' },
  { id: '900103', name: 'Anna-Lena Groß', login: 'anna@brand.example', group: 'Quality' },
];
export const skills = [
  { id: 4011, name: 'Card disputes' },
  { id: 4012, name: 'Sales (EU)' },
  { id: 4013, name: 'Bestellungen' },
];
const customers = [
  { name: 'Clara', email: 'clara.koenig@mail.example', phone: '+49 30 1234-567' },
  { name: 'Öykü', email: 'oyku@mail.example', phone: '0090 212 555' },
  { name: 'Łukasz' },
  {},
];

/** Conversations over some months, several in the same minute, some at the very borders of days. */
export function corpus(random: Random, size: number): Said[] {
  return Array.from({ length: size }, (_, index): Said => {
    const lines = Array.from({ length: 1 + random.below(9) }, () => {
      const who = random.pick(['customer', 'customer', 'agent', 'agent', 'agent', 'bot', 'note']);
      const text = random.chance(0.3) ? `${random.pick(sentences)} ${random.pick(sentences)}` : random.pick(sentences);
      return `${who}: ${text}`;
    });
    const border = Math.floor(firstStart / day) * day;
    const start = random.chance(0.15)
      ? border + random.below(90) * day + random.pick([-1, 0, 1, -3_600_000, -3_600_001, 19_800_000, -19_800_000])
      : firstStart + random.below(90 * 24 * 60) * 60_000 + random.pick([0, 0, 1, 30_000, 59_999]);
    return {
      id: `conv-${index}-${random.below(1000)}`,
      start,
      lines,
      durationMs: random.pick([0, 1, 90_000, 90_001, 600_000, 599_999, 3_600_000, random.below(8_000_000)]),
      agent: random.pick(agents),
      customer: random.pick(customers),
      ...(random.chance(0.8) ? { skill: random.pick(skills) } : {}),
      ...(random.chance(0.6) ? { csat: random.pick([1, 2, 3, 4, 5, 3.5]) } : {}),
      ...(random.chance(0.5) ? { mcs: random.below(101) } : {}),
      ...(random.chance(0.1) ? { open: true } : {}),
      ...(random.chance(0.2) ? { survey: random.pick(['Sehr gut, danke', 'Refund never came', '非常满意']) } : {}),
      ...(random.chance(0.2) ? { order: `PO-${1000 + random.below(9)}-X` } : {}),
    };
  });
}
