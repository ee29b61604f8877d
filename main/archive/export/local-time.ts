/** Local times as ISO 8601 with the zone's offset at that moment, e.g. `2026-03-29T03:30:00.000+02:00`. */
export function localTimeFormatter(timeZone: string): (ms: number | null) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'longOffset',
  });
  return (ms) => {
    if (ms === null || Number.isNaN(new Date(ms).getTime())) return '';
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const offset = (part['timeZoneName'] ?? '').replace('GMT', '');
    const year = (part['year'] ?? '').padStart(4, '0');
    const date = `${year}-${part['month'] ?? ''}-${part['day'] ?? ''}`;
    const time = `${part['hour'] ?? ''}:${part['minute'] ?? ''}:${part['second'] ?? ''}.${part['fractionalSecond'] ?? ''}`;
    return `${date}T${time}${offset === '' ? '+00:00' : offset}`;
  };
}

/** True when this machine's Intl knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
