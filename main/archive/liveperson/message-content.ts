import type { MessageKind } from '../../../preload/model.ts';
import type { Feature } from './decoded.ts';
import { joinLines, leavesOf, linksIn, type ReadableText, readRichContentText, readText } from './text.ts';
import { asObject, firstText, type JsonObject, textOf, writtenText } from './values.ts';

/** Message types of the API (upper case in answers, lower case in its tables). */
const kindOfType: Readonly<Record<string, MessageKind>> = {
  TEXT_PLAIN: 'text',
  TEXT_HTML: 'text',
  TEXT: 'text',
  LINK: 'link',
  HOSTED_FILE: 'file',
  FILE: 'file',
  IMG: 'file',
  SECURE_FORM_INVITATION: 'form',
  SECURE_FORM_SUBMIT: 'form',
  RICH_CONTENT: 'rich',
};

/** Base64 images: not text. */
const isThumbnail = (key: string) => key === 'preview' || key === 'thumbnail';

const formKeys: readonly string[] = ['formId', 'formName', 'submissionId', 'invitationId'];

function readFile(file: JsonObject): ReadableText {
  const path = firstText(file['relativePath'], file['fileName'], file['name']);
  const name = path?.split(/[\\/]/u).at(-1) ?? null;
  const type = textOf(file['fileType']);
  const first = ['File:', name, type === null ? null : `(${type})`].filter((part) => part !== null).join(' ');
  return { text: joinLines([first, writtenText(file['caption']) ?? '']), links: [] };
}

function readLink(link: JsonObject): ReadableText {
  const address = textOf(link['externalFileLink']) ?? '';
  const type = textOf(link['fileType']);
  const named = address === '' ? '' : `Link: ${address}${type === null ? '' : ` (${type})`}`;
  return { text: joinLines([named, writtenText(link['caption']) ?? '']), links: address === '' ? [] : [address] };
}

function readForm(form: JsonObject, submitted: boolean): ReadableText {
  const name = firstText(form['formName'], form['formId']) ?? 'without a name';
  const ids = [
    ['invitation', textOf(form['invitationId'])],
    ['submission', textOf(form['submissionId'])],
  ].flatMap(([label, id]) => (id === null ? [] : [`${String(label)} ${String(id)}`]));
  const suffix = ids.length === 0 ? '' : ` (${ids.join(', ')})`;
  return { text: `${submitted ? 'Form submitted' : 'Form'}: ${name}${suffix}`, links: [] };
}

function readUnknown(value: unknown): ReadableText {
  const lines = [...leavesOf(value, isThumbnail)].map((leaf) => leaf.value);
  return { text: joinLines(lines), links: lines.flatMap(linksIn) };
}

/** Content of one message, and which features of the query language it has. */
export interface MessageContent extends ReadableText {
  kind: MessageKind;
  features: Feature[];
}

/** Kind by the keys of the data, for messages whose type is missing. */
function kindOfData(data: JsonObject): MessageKind {
  if ('file' in data) return 'file';
  if ('richContent' in data) return 'rich';
  if ('externalFileLink' in data) return 'link';
  if (formKeys.some((key) => key in data)) return 'form';
  return 'msg' in data || Object.keys(data).length === 0 ? 'text' : 'unknown';
}

interface Part extends ReadableText {
  feature: Feature | null;
}

/** One key of `messageData`. Link and form payloads are told by their fields: the key around them is undocumented. */
function readPart(key: string, value: unknown, type: string): Part {
  const object = asObject(value);
  if (key === 'msg') {
    const text = writtenText(object['text']) ?? writtenText(value);
    const { text: _text, ...beside } = object;
    const read = readText(text ?? '', type === 'TEXT_HTML');
    const more = readUnknown(beside);
    return { text: joinLines([read.text, more.text]), links: [...read.links, ...more.links], feature: null };
  }
  if (key === 'file' || (key === 'msgFile' && 'relativePath' in object))
    return { ...readFile(object), feature: 'file' };
  if (key === 'richContent' || key === 'quickReplies') {
    return { ...readRichContentText(object['content'] ?? value), feature: 'rich' };
  }
  if ('externalFileLink' in object) return { ...readLink(object), feature: 'link' };
  if (formKeys.some((name) => name in object)) {
    return { ...readForm(object, type === 'SECURE_FORM_SUBMIT'), feature: 'form' };
  }
  if ('relativePath' in object) return { ...readFile(object), feature: 'file' };
  return { ...readUnknown(value), feature: null };
}

/** Known keys in the order a person sees them; anything else after them. */
const keyOrder: readonly string[] = ['msg', 'file', 'richContent', 'quickReplies'];

function rank(key: string): number {
  const index = keyOrder.indexOf(key);
  return index === -1 ? keyOrder.length : index;
}

/** The readable text of a messaging message. Nothing in `messageData` is left unread, known or not. */
export function readMessageContent(message: JsonObject): MessageContent {
  const type = (textOf(message['type']) ?? '').toUpperCase();
  const data = message['messageData'];
  const object = asObject(data);
  return readPlainText(type, object) ?? readAnyContent(type, data, object);
}

/** What most messages are: nothing but plain text. Null for all others. */
function readPlainText(type: string, data: JsonObject): MessageContent | null {
  if (type !== 'TEXT_PLAIN' && type !== 'TEXT') return null;
  const msg = asObject(onlyMember(data, 'msg'));
  const text = onlyMember(msg, 'text');
  if (typeof text !== 'string') return null;
  const links = linksIn(text);
  return { kind: 'text', text, links, features: links.length > 0 ? ['link'] : [] };
}

function onlyMember(object: JsonObject, name: string): unknown {
  for (const key in object) if (key !== name) return undefined;
  return object[name];
}

function readAnyContent(type: string, data: unknown, object: JsonObject): MessageContent {
  const parts: Part[] = [];
  if ('externalFileLink' in object) parts.push({ ...readLink(object), feature: 'link' });
  else if (formKeys.some((key) => key in object)) {
    parts.push({ ...readForm(object, type === 'SECURE_FORM_SUBMIT'), feature: 'form' });
  } else if (typeof data === 'string') parts.push({ ...readText(data, type === 'TEXT_HTML'), feature: null });
  const alreadyRead: ReadonlySet<string> =
    parts.length > 0 ? new Set([...formKeys, 'externalFileLink', 'fileType', 'caption']) : new Set();
  const keys = Object.keys(object).filter((key) => !alreadyRead.has(key) && !isThumbnail(key));
  for (const key of keys.toSorted((a, b) => rank(a) - rank(b))) parts.push(readPart(key, object[key], type));
  const kind = type === '' ? kindOfData(object) : (kindOfType[type] ?? 'unknown');
  const links = parts.flatMap((part) => part.links);
  const features = new Set(parts.flatMap((part) => part.feature ?? []));
  if (links.length > 0 || kind === 'link') features.add('link');
  if (kind === 'file' || kind === 'form' || kind === 'rich') features.add(kind);
  return { kind, text: joinLines(parts.map((part) => part.text)), links, features: [...features] };
}
