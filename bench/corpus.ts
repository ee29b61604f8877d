/**
 * A deterministic corpus of Messaging Interactions records for measurements: the same seed and number give the
 * same bytes anywhere. Word frequencies follow Zipf's law, as real text does; some twenty messages and 1.6 kB of
 * text a conversation; one in ten in a language other than English; thirteen months, more by day than by night.
 */
const minuteMs = 60_000;
const months13 = 395 * 24 * 60;
export const corpusStart = Date.UTC(2025, 9, 1);

export interface BenchRecord {
  source: 'messaging';
  original: Uint8Array;
  /** The plain text of all messages, for engines that index text and as the measure of size. */
  text: string;
}

/** Words of the trade among the commonest ranks; the rest of the vocabulary is made of syllables. */
const commonWords =
  'the to i you and a is for of it my in that your we can have order on with please be this are not help do me was will if but so from what at as thank today know account card see hello just when get check out need refund here an number email time back payment been now any they send let how has yes no would still money could delivery there good one day problem sure sorry item customer service address return week bank cancel information name website change call guarantee phone wait moment anything else team right great correct understand details received tried issue code because system working app online page charge price paid date tracking arrived box missing broken wrong size colour delayed since before after first last next two three'.split(
    ' ',
  );
const syllables = 'ba co du fe gi ho ju ka le mi no pu qua re si to vu wa xe yo za bran cle dro fla gre'.split(' ');
const vocabularySize = 60_000;

const foreign: readonly string[][] = [
  'ich möchte meine bestellung zurückgeben das geld bitte überweisen straße münchen größe prüfen rückgabe rechnung und nicht die der warum heute schön grüße'.split(
    ' ',
  ),
  'je voudrais être remboursé la commande reçue café déjà où est mon colis merci beaucoup à bientôt'.split(' '),
  'quiero un reembolso mañana el niño pidió su dinero gracias por favor número de pedido'.split(' '),
  ['我想申请退款', '订单号是', '请问什么时候到', '谢谢你的帮助', '商品有问题', '付款失败了', '我的地址变了'],
  ['返金してください', '商品が届きません', 'ありがとうございます', '住所を変更したい', 'カードの問題です'],
  ['환불해 주세요', '주문이 안 왔어요', '감사합니다', '주소를 바꾸고 싶어요'],
  ['верните деньги за заказ', 'где моя посылка', 'спасибо большое', 'карта не работает'],
  ['أريد استرداد المال', 'أين طلبي', 'شكرا جزيلا', 'البطاقة لا تعمل'],
  ['ขอเงินคืน', 'สินค้าเสียหาย', 'ขอบคุณมาก', 'คำสั่งซื้อของฉัน'],
];

/** Half of all words are among the hundred commonest, two thirds among the thousand commonest. */
function rankFrom(uniform: number): number {
  return Math.floor(Math.exp(uniform ** 1.35 * Math.log(vocabularySize))) - 1;
}

export function* corpus(size: number, seed = 1): Generator<BenchRecord> {
  const random = generator(seed);
  const words = vocabulary();
  const canned = Array.from({ length: 300 }, () =>
    Array.from({ length: 8 + Math.floor(random() * 20) }, () => words[rankFrom(random())] ?? 'the').join(' '),
  );
  for (let index = 0; index < size; index += 1) yield record(index, size, random, words, canned);
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function vocabulary(): string[] {
  const words = [...commonWords];
  const seen = new Set(words);
  for (let number = 0; words.length < vocabularySize; number += 1) {
    let word = '';
    for (let rest = number + 30; rest > 0; rest = Math.floor(rest / syllables.length)) {
      word += syllables[rest % syllables.length] ?? '';
    }
    if (!seen.has(word)) words.push(word);
    seen.add(word);
  }
  return words;
}

const agentNames = Array.from({ length: 400 }, (_, index) => `${commonName(index)} ${commonName(index * 7 + 3)}`);
function commonName(index: number): string {
  const name = `${syllables[index % syllables.length] ?? ''}${syllables[Math.floor(index / 5) % syllables.length] ?? ''}n`;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
const skillNames = Array.from({ length: 40 }, (_, index) => `Skill ${commonName(index * 3)}`);
const countries = ['Germany', 'United States', 'United Kingdom', 'France', 'Japan', 'Brazil', 'India', 'Spain'];

function record(
  index: number,
  size: number,
  random: () => number,
  words: readonly string[],
  canned: readonly string[],
): BenchRecord {
  const below = (limit: number) => Math.floor(random() * limit);
  const word = () => words[rankFrom(random())] ?? 'the';
  const minute = Math.floor((index / size) * months13) + below(3);
  const start = corpusStart + minute * minuteMs + below(minuteMs);
  const id = `${hex(index, 8)}-${hex(below(65_536), 4)}-4${hex(below(4096), 3)}-9${hex(below(4096), 3)}-${hex(below(2 ** 32), 8)}${hex(below(65_536), 4)}`;
  const language = random() < 0.1 ? foreign[below(foreign.length)] : undefined;
  const count = 8 + below(25);
  const agent = below(agentNames.length);
  const skill = below(skillNames.length);
  const messages: unknown[] = [];
  const texts: string[] = [];
  let time = start;
  for (let seq = 0; seq < count; seq += 1) {
    time += 1000 + below(90_000);
    const fromConsumer = seq % 2 === 0;
    const length = 3 + below(24);
    let text = '';
    for (let position = 0; position < length; position += 1) {
      text += (position > 0 ? ' ' : '') + (language === undefined ? word() : (language[below(language.length)] ?? ''));
    }
    // What agents say comes out of a list of ready answers half of the time.
    if (!fromConsumer && language === undefined && random() < 0.5) text = canned[below(canned.length)] ?? text;
    if (seq === 2) text += ` BENCH-${100_000 + index}`;
    texts.push(text);
    messages.push({
      type: 'TEXT_PLAIN',
      messageData: { msg: { text } },
      messageId: `ms::dialog:${id}::msg:${seq}`,
      seq,
      dialogId: id,
      participantId: fromConsumer ? `c-${id.slice(0, 8)}` : String(900_000 + agent),
      audience: seq === 5 && index % 11 === 0 ? 'AGENTS_AND_MANAGERS' : 'ALL',
      sentBy: fromConsumer ? 'Consumer' : 'Agent',
      timeL: time,
    });
  }
  const end = time + 1000 + below(60_000);
  const name = agentNames[agent];
  const json = JSON.stringify({
    info: {
      conversationId: id,
      brandId: '12345678',
      status: 'CLOSE',
      fullDialogStatus: 'CLOSE',
      startTimeL: start,
      endTimeL: end,
      conversationEndTimeL: end,
      duration: end - start,
      closeReason: random() < 0.6 ? 'AGENT' : 'CONSUMER',
      source: random() < 0.5 ? 'SHARK' : 'APP',
      device: random() < 0.5 ? 'MOBILE' : 'DESKTOP',
      latestSkillId: 4000 + skill,
      latestSkillName: skillNames[skill],
      latestAgentId: String(900_000 + agent),
      latestAgentFullName: name,
      latestAgentGroupId: 10 + (agent % 12),
      latestAgentGroupName: `Group ${agent % 12}`,
      mcs: below(101),
      ...(random() < 0.4 ? { csatRate: 1 + below(5) } : {}),
      isPartial: false,
    },
    messageRecords: messages,
    agentParticipants: [
      {
        agentId: String(900_000 + agent),
        agentFullName: name,
        agentLoginName: `agent${agent}@brand.example`,
        userType: '1',
        userTypeName: 'Human',
        permission: 'ASSIGNED_AGENT',
        timeL: start,
        dialogId: id,
      },
    ],
    consumerParticipants: [
      {
        participantId: `c-${id.slice(0, 8)}`,
        firstName: words[commonWords.length + (index % 5000)],
        lastName: 'undefined',
        email: `c${index}@mail.example`,
        timeL: start,
      },
    ],
    monitoring: { country: countries[below(countries.length)], ipAddress: '192.0.2.1' },
  });
  return { source: 'messaging', original: Buffer.from(json), text: texts.join('\n') };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0').slice(-digits);
}
