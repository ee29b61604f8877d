import type { CustodyEntry, SearchCertificate } from '../../preload/model.ts';
import { isoTime } from '../../preload/public-json.ts';
import { printable, printableLine } from './printable.ts';

/** A certificate as people read it. The file itself, as JSON, remains what is checked. */
export function certificateText(certificate: SearchCertificate): string {
  const { query, understoodAs, timeZone, askedAt, total, terms, fullScan, entry, logSize, hitsSha256 } = certificate;
  const found = total === 0 ? 'No conversation was found.' : `${total} conversations were found.`;
  return [
    'SEARCH CERTIFICATE',
    '',
    `Asked at:       ${askedAt} (time zone of the query: ${timeZone})`,
    `Query:          ${query === '' ? '(everything)' : query}`,
    `Understood as:  ${understoodAs}`,
    `Result:         ${found}`,
    `SHA-256 of ids: ${hitsSha256}`,
    scanText(fullScan),
    `Log:            entry ${entry}; the searched archive had ${logSize} entries`,
    ...(terms.length === 0 ? [] : ['', 'By term:', ...terms.map(termText)]),
  ]
    .map(printableLine)
    .concat('', 'Signed checkpoint that covers the entry:', printable(certificate.checkpoint.trimEnd()))
    .join('\n');
}

function scanText(scan: SearchCertificate['fullScan']): string {
  if (scan === null) return 'Confirmed:      by the index alone; stored conversations were not read one by one';
  const { conversations, found, agrees } = scan;
  return agrees
    ? `Confirmed:      each of ${conversations} stored conversations was read: the same ${found} were found without the index`
    : `NOT CONFIRMED:  reading each of ${conversations} stored conversations found ${found}, others than the index`;
}

function termText({ text, said, total }: SearchCertificate['terms'][number]): string {
  return `  ${text}${said === null ? '' : ` (said by ${said.join(' or ')})`}: ${total}`;
}

/** One line of the list of certificates, from the log's entry. */
export function certificateLine({ position, time, user, details }: CustodyEntry): string {
  const confirmed = details['confirmedByFullScan'];
  const how =
    confirmed === true ? ', confirmed by a full scan' : confirmed === false ? ', NOT confirmed by a full scan' : '';
  return printableLine(
    `${isoTime(time) ?? ''} #${position} ${user ?? ''}: ${wordOf(details['total'])} found${how}: ${wordOf(details['query'])}`,
  );
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
