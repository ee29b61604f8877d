import type { Attribute } from '../../../preload/model.ts';
import { leavesOf } from './text.ts';
import { asObject, booleanOf, epochOf, type JsonObject, objectsOf, textOf, writtenText } from './values.ts';

/** Keys beside the payload of an engagement attribute event. */
const aboutEvent: ReadonlySet<string> = new Set(['sdeType', 'serverTimeStamp', 'originalTimeStamp', 'isAuthenticated']);
const isTimeStamp = (key: string) => key === 'serverTimeStamp' || key === 'originalTimeStamp';

/** One event: the payload's key and the payload, unwrapped of an inner object of the same name. */
interface AttributeEvent {
  type: string;
  payload: JsonObject;
  time: number | null;
  authenticated: boolean | null;
}

function timeOfEvent(...holders: readonly JsonObject[]): number | null {
  for (const key of ['serverTimeStamp', 'originalTimeStamp']) {
    for (const holder of holders) {
      const time = epochOf(holder[key]);
      if (time !== null) return time;
    }
  }
  return null;
}

function* eventsOf(container: unknown, authenticatedByDefault: boolean | null): Generator<AttributeEvent> {
  const events = asObject(container)['events'] ?? container;
  for (const event of objectsOf(events)) {
    const authenticated = booleanOf(event['isAuthenticated']) ?? authenticatedByDefault;
    for (const [type, value] of Object.entries(event)) {
      if (aboutEvent.has(type)) continue;
      const scalar = writtenText(value);
      if (scalar !== null) {
        const name = textOf(event['sdeType']) ?? type;
        yield { type: name, payload: { [type]: scalar }, time: timeOfEvent(event), authenticated };
        continue;
      }
      const outer = Array.isArray(value) ? { [type]: value as unknown } : asObject(value);
      const inner = Array.isArray(value) ? {} : asObject(outer[type]);
      const { [type]: _wrapped, ...beside } = outer;
      const payload = Object.keys(inner).length > 0 ? { ...beside, ...inner } : outer;
      yield { type, payload, time: timeOfEvent(inner, outer, event), authenticated };
    }
  }
}

/** Who the customer says to be, or the brand knows them as, read out of the attributes. */
export interface AttributeIdentity {
  names: string[];
  emails: string[];
  phones: string[];
  ids: string[];
  languages: string[];
}

const idKeys: readonly string[] = ['customerId', 'userName', 'accountName', 'socialId', 'imei'];

function collectIdentity({ type, payload }: AttributeEvent, identity: AttributeIdentity): void {
  if (type === 'customerInfo') {
    for (const key of idKeys) {
      const id = textOf(payload[key]);
      if (id !== null) identity.ids.push(id);
    }
  }
  if (type !== 'personalInfo') return;
  const name = [textOf(payload['name']), textOf(payload['surname'])].filter((part) => part !== null).join(' ');
  if (name !== '') identity.names.push(name);
  const language = textOf(payload['language']);
  if (language !== null) identity.languages.push(language);
  for (const contact of objectsOf(payload['contacts'])) {
    const personal = { ...contact, ...asObject(contact['personalContact']) };
    const email = textOf(personal['email']);
    const phone = textOf(personal['phone']);
    if (email !== null) identity.emails.push(email);
    if (phone !== null) identity.phones.push(phone);
  }
}

/** All engagement attributes of a record; unknown kinds and keys like known ones. */
export function readAttributes(sdes: unknown, unauthenticated: unknown): [Attribute[], AttributeIdentity] {
  const attributes: Attribute[] = [];
  const identity: AttributeIdentity = { names: [], emails: [], phones: [], ids: [], languages: [] };
  for (const event of [...eventsOf(sdes, null), ...eventsOf(unauthenticated, false)]) {
    collectIdentity(event, identity);
    for (const { path, value } of leavesOf(event.payload, isTimeStamp)) {
      const { type, authenticated, time } = event;
      attributes.push({ type, name: path, value, authenticated, time });
    }
  }
  return [attributes, identity];
}
