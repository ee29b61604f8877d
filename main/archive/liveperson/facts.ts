/** Facts that both APIs tell in nearly the same words: campaign, place, device, co-browse. */
import type { Detail } from '../../../preload/model.ts';
import type { FilterValue } from './decoded.ts';
import { filterValue, uniqueValues } from './people.ts';
import { asObject, booleanOf, idOf, type JsonObject, nameOf, numberOf, objectsOf, textOf } from './values.ts';

/** Collects details in a fixed order and leaves out what is not there. */
export class DetailList {
  readonly details: Detail[] = [];

  add(name: string, value: unknown): void {
    const text = nameOf(value);
    if (text !== null) this.details.push({ name, value: text });
  }

  addYesNo(name: string, value: unknown): void {
    const known = booleanOf(value);
    if (known !== null) this.add(name, known ? 'yes' : 'no');
  }

  /** `Help customers (31)`; the name alone where there is no id. */
  addNamed(name: string, value: unknown, id: unknown): void {
    const text = nameOf(value);
    const number = idOf(id);
    if (text !== null && number !== null && text !== number) this.add(name, `${text} (${number})`);
    else this.add(name, text ?? number);
  }
}

/** Facts of `info` that this version of the app has no place for, under the API's own names. */
export function readOtherFacts(info: JsonObject, known: ReadonlySet<string>, details: DetailList): void {
  for (const [key, value] of Object.entries(info)) {
    // The `L` twin of a time says the same as the time.
    const plain = key.endsWith('L') ? key.slice(0, -1) : key;
    if (!known.has(key) && !known.has(plain)) details.add(key, value);
  }
}

export function readCampaign(value: unknown, details: DetailList): FilterValue[] {
  const campaign = asObject(value);
  details.addNamed('Campaign', campaign['campaignName'], campaign['campaignId']);
  details.addNamed('Engagement', campaign['campaignEngagementName'], campaign['campaignEngagementId']);
  details.addNamed('Goal', campaign['goalName'], campaign['goalId']);
  details.addNamed('Visitor behaviour', campaign['visitorBehaviorName'], campaign['visitorBehaviorId']);
  details.addNamed('Visitor profile', campaign['visitorProfileName'], campaign['visitorProfileId']);
  details.addNamed('Line of business', campaign['lobName'], campaign['lobId']);
  details.addNamed('Location', campaign['locationName'] ?? campaign['LocationName'], campaign['locationId']);
  details.add('Engagement source', campaign['engagementSource']);
  details.addNamed('Application', campaign['engagementApplicationName'], campaign['engagementApplicationId']);
  details.add('Engagement note', campaign['engagementAgentNote']);
  const name = nameOf(campaign['campaignName']) ?? idOf(campaign['campaignId']);
  const aliases = ['campaignId', 'campaignEngagementId', 'lobId', 'goalId'].map((key) => idOf(campaign[key]));
  const names = ['campaignEngagementName', 'lobName', 'goalName'].map((key) => nameOf(campaign[key]));
  return uniqueValues([filterValue(name, ...aliases, ...names)]);
}

export interface Place {
  country: FilterValue[];
  device: FilterValue[];
}

/** @param place `visitorInfo` of chat, `monitoring` of messaging. @param info where messaging repeats some of it. */
export function readPlace(place: JsonObject, info: JsonObject, details: DetailList): Place {
  const either = (key: string) => nameOf(place[key]) ?? nameOf(info[key]);
  const country = nameOf(place['country']);
  const countryCode = nameOf(place['countryCode']);
  const device = either('device');
  details.addNamed('Country', country, countryCode);
  details.add('State', place['state']);
  details.add('City', place['city']);
  details.add('Internet provider', place['isp']);
  details.add('Organisation', place['org']);
  details.add('IP address', either('ipAddress'));
  details.add('Device', device);
  details.add('Device model', info['deviceModel']);
  details.add('Operating system', either('operatingSystem'));
  details.add('Operating system version', info['operatingSystemVersion']);
  details.add('Browser', either('browser') ?? place['browserType']);
  details.add('Browser version', info['browserVersion']);
  return {
    country: uniqueValues([filterValue(country ?? countryCode, countryCode)]),
    device: uniqueValues([filterValue(device, nameOf(info['deviceModel']))]),
  };
}

/** True when there was at least one co-browse session; each becomes a detail. */
export function readCoBrowse(value: unknown, details: DetailList): boolean {
  const sessions = objectsOf(asObject(value)['coBrowseSessionsList'] ?? value).filter(
    (session) => session['sessionId'] !== undefined || session['startTimeL'] !== undefined,
  );
  for (const session of sessions) {
    const milliseconds = numberOf(session['duration']);
    const seconds = milliseconds === null ? null : `${String(Math.round(milliseconds / 1000))} s`;
    const interactive = booleanOf(session['interactive'] ?? session['isInteractive']) === true ? 'interactive' : null;
    const facts = [seconds, interactive, textOf(session['type']), textOf(session['endReason'])];
    details.add('Co-browse session', facts.filter((fact) => fact !== null).join(', ') || 'yes');
  }
  return sessions.length > 0;
}
