import type { ExportRecord, Format } from './format.ts';
import { domainOf } from './eml.ts';
import { conversationPath } from './file-names.ts';
import { base64Lines, headerLine, localPart, mailboxes, mailDate, textHeader } from './mime.ts';
import { manifestOf, Participants, timedEvents, timestamp, type TimedEvent } from './rsmf-manifest.ts';
import { structuredContent } from './structured-content.ts';
import { ZipWriter } from './zip-writer.ts';

const day = 86_400_000;
const mostEvents = 10_000;

/** RSMF 2.0 for review platforms: one file for each conversation and 24 hours. */
export const rsmfFormat: Format = {
  name: 'rsmf',
  mainFile: null,
  start({ put, appVersion }) {
    return {
      add(record) {
        const path = conversationPath(record.transcript);
        for (const [index, file] of rsmfFiles(record, appVersion).entries()) {
          put(`rsmf/${path}${index === 0 ? '' : `-${index + 1}`}.rsmf`, file);
        }
      },
      finish() {
        // Every conversation is files of its own.
      },
    };
  },
};

/** The RSMF files of one conversation, in the order of time; one at least. */
export function rsmfFiles({ transcript, original }: ExportRecord, appVersion: string): string[] {
  const participants = new Participants(transcript);
  const events = timedEvents(transcript, participants, structuredContent(original));
  return slices(events, transcript.startedAt).map((slice) => {
    const zip: Uint8Array[] = [];
    const writer = new ZipWriter((bytes) => zip.push(bytes));
    writer.add('rsmf_manifest.json', JSON.stringify(manifestOf(transcript, participants, slice), null, 2));
    for (const file of slice.flatMap(({ files }) => files)) writer.add(file.name, file.content);
    writer.finish();
    return message({ transcript, participants, slice, zip: Buffer.concat(zip), appVersion });
  });
}

/** Cuts events into runs of 24 hours from the first of each, and of at most 10,000. */
export function slices(events: readonly TimedEvent[], start: number): TimedEvent[][] {
  const runs: TimedEvent[][] = [[]];
  let from = events[0]?.time ?? start;
  for (const event of events) {
    const run = runs.at(-1) ?? [];
    if (run.length > 0 && (event.time - from >= day || run.length >= mostEvents)) {
      runs.push([event]);
      from = event.time;
    } else run.push(event);
  }
  return runs;
}

interface Slice {
  transcript: ExportRecord['transcript'];
  participants: Participants;
  slice: readonly TimedEvent[];
  zip: Buffer;
  appVersion: string;
}

function message({ transcript, participants, slice, zip, appVersion }: Slice): string {
  const { custodian } = participants;
  const domain = domainOf(transcript);
  const boundary = '=_transcript-archive_rsmf';
  const begin = slice[0]?.time ?? transcript.startedAt;
  const end = slice.at(-1)?.time ?? begin;
  const attachments = slice.reduce((sum, { files }) => sum + files.length, 0);
  const address = custodian.email ?? `${localPart(custodian.account_id ?? custodian.display)}@${domain}`;
  return [
    textHeader('X-RSMF-Version', '2.0.0'),
    textHeader('X-RSMF-Generator', `Transcript Archive ${appVersion}`),
    textHeader('X-RSMF-BeginDate', timestamp(begin)),
    textHeader('X-RSMF-EndDate', timestamp(end)),
    textHeader('X-RSMF-EventCount', String(slice.length)),
    textHeader('X-RSMF-Application', `LivePerson ${transcript.source}`),
    textHeader('X-RSMF-Custodian', custodian.display),
    textHeader('X-RSMF-Participants', participants.list.map(({ display }) => display).join('; ')),
    textHeader('X-RSMF-AttachmentCount', String(attachments)),
    textHeader('X-RSMF-EventCollectionID', transcript.id),
    headerLine('From', mailboxes([{ name: custodian.display, address }])),
    textHeader('Subject', `Conversation ${transcript.id}`),
    headerLine('Date', [mailDate(begin)]),
    'MIME-Version: 1.0\r\n',
    `Content-Type: multipart/mixed; boundary="${boundary}"\r\n`,
    '\r\n',
    `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`,
    base64Lines(readingText(slice, participants)),
    `--${boundary}\r\nContent-Type: application/zip; name="rsmf.zip"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="rsmf.zip"\r\n\r\n`,
    base64Lines(zip),
    `--${boundary}--\r\n`,
  ].join('');
}

/** What review platforms index: every event's speaker, a blank line, its body. */
function readingText(slice: readonly TimedEvent[], participants: Participants): string {
  const names = new Map(participants.list.map(({ id, display }) => [id, display]));
  return slice
    .map(({ event }) => {
      const speaker = event.participant === undefined ? 'System' : (names.get(event.participant) ?? '');
      const body = event.body ?? (event.type === 'join' ? 'joined' : 'left');
      return `${speaker}\n\n${body}\n`;
    })
    .join('\n');
}
