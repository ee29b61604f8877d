import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import addFormats2019 from 'ajv-formats-draft2019';
import { beforeAll, describe, expect, test } from 'vitest';
import { slices } from '../../../main/archive/export/rsmf.ts';
import type { RsmfManifest, TimedEvent } from '../../../main/archive/export/rsmf-manifest.ts';
import { temporaryFolder } from '../store/support.ts';
import { filesBelow, hasTool, readWithPython, rsmfSchemaPath } from './readers.ts';
import { exportFrom, filledArchive } from './support.ts';

let folder: string;
let lines: Line[];
beforeAll(async () => {
  ({ path: folder } = await exportFrom(filledArchive(), { formats: ['eml', 'rsmf', 'ndjson'] }));
  lines = readFileSync(join(folder, 'data/conversations.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
});

interface Line {
  id: string;
  startedAt: string;
  versions: { sha256: string }[];
  messages: { text: string; role: string; speaker: string; time: string }[];
}

interface Mail {
  headers: Record<string, string>;
  defects: string[];
  date: string | null;
  text: string;
  attachments: { name: string; sha256: string; zip: Record<string, string> | null }[];
}

/** Python's email package, as strict as it can be. */
const readMails = `
import sys, json, email, email.policy, hashlib, io, zipfile
out = []
for path in sys.argv[1:]:
    raw = open(path, 'rb').read()
    assert max(len(l) for l in raw.split(b'\\r\\n')) <= 998 and all(b < 128 for b in raw)
    assert raw.count(b'\\n') == raw.count(b'\\r\\n')
    m = email.message_from_bytes(raw, policy=email.policy.default)
    files = []
    for a in m.iter_attachments():
        data = a.get_payload(decode=True)
        z = None
        if a.get_filename() == 'rsmf.zip':
            zf = zipfile.ZipFile(io.BytesIO(data)); assert zf.testzip() is None
            z = {n: zf.read(n).decode() for n in zf.namelist()}
        files.append({'name': a.get_filename(), 'sha256': hashlib.sha256(data).hexdigest(), 'zip': z})
    defects = [str(d) for d in m.defects] + [str(d) for h in m.values() for d in h.defects]
    text = m.get_body(('plain',)).get_payload(decode=True).decode('utf-8')
    date = m['date'].datetime.isoformat() if m['date'] else None
    out.append({'headers': {k.lower(): str(v) for k, v in m.items()}, 'defects': defects, 'date': date, 'text': text, 'attachments': files})
print(json.dumps(out))
`;

const mailsIn = (kind: string) => {
  const paths = filesBelow(join(folder, 'data', kind)).map((path) => join(folder, 'data', kind, path));
  return readWithPython<Mail[]>(readMails, ...paths);
};

describe('the eml format', () => {
  test('is one message a conversation that Python reads without a defect', () => {
    const mails = mailsIn('eml');
    expect(mails).toHaveLength(lines.length);
    for (const line of lines) {
      const mail = mails.find(({ headers }) => headers['x-conversation-id'] === line.id);
      expect(mail?.defects).toEqual([]);
      expect(mail?.date).toBe(line.startedAt.replace('.000Z', '+00:00'));
      for (const { text } of line.messages) expect(mail?.text).toContain(text);
      expect(mail?.attachments).toEqual([{ name: 'original.json', sha256: line.versions.at(-1)?.sha256, zip: null }]);
    }
  });
});

/** What the schema cannot say (evidence.md): nothing named that does not exist, nothing empty, order, no other keys. */
function crossCheck(mail: Mail): string[] {
  const problems: string[] = [];
  const zip = mail.attachments[0]?.zip ?? {};
  const manifest = JSON.parse(zip['rsmf_manifest.json'] ?? '{}') as RsmfManifest;
  const people = new Set(manifest.participants.map(({ id }) => id));
  const expectThat = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem);
  };
  expectThat(people.size === manifest.participants.length, 'participant ids repeat');
  for (const conversation of manifest.conversations) {
    expectThat(
      conversation.participants.every((id) => people.has(id)),
      'a conversation names a stranger',
    );
    expectThat(conversation.participants.includes(conversation.custodian), 'the custodian is a stranger');
  }
  const conversations = new Map(manifest.conversations.map((conversation) => [conversation.id, conversation]));
  const ids = new Set<string>();
  let before = '';
  for (const event of manifest.events) {
    const conversation = conversations.get(event.conversation);
    expectThat(conversation !== undefined, 'an event is of no conversation');
    if (event.participant !== undefined)
      expectThat(conversation?.participants.includes(event.participant) ?? false, 'an event is by a stranger');
    expectThat(event.timestamp >= before && event.timestamp.endsWith('Z'), 'events are out of order');
    before = event.timestamp;
    expectThat(!ids.has(event.id), 'event ids repeat');
    ids.add(event.id);
    for (const { id, size } of event.attachments ?? [])
      expectThat(Buffer.byteLength(zip[id] ?? '') === size, 'an attachment is missing');
  }
  expectThat(!/"(?:name|value)": ""/u.test(zip['rsmf_manifest.json'] ?? ''), 'a custom item is empty');
  expectThat(mail.headers['x-rsmf-eventcount'] === String(manifest.events.length), 'the event count differs');
  const attached = Object.keys(zip).length - 1;
  expectThat(mail.headers['x-rsmf-attachmentcount'] === String(attached), 'the attachment count differs');
  expectThat(mail.headers['x-rsmf-version'] === '2.0.0', 'the version header is wrong');
  expectThat(mail.headers['x-rsmf-eventcollectionid'] === manifest.eventcollectionid, 'the collection id differs');
  expectThat(
    Object.keys(zip).every((name) => !name.includes('/')),
    'the zip is not flat',
  );
  return problems;
}

describe('the rsmf format', () => {
  test('passes the cross-checks that no schema makes', () => {
    const mails = mailsIn('rsmf');
    expect(new Set(mails.map(({ headers }) => headers['x-rsmf-eventcollectionid']))).toEqual(
      new Set(lines.map(({ id }) => id)),
    );
    for (const mail of mails) {
      expect(mail.defects).toEqual([]);
      expect(mail.attachments.map(({ name }) => name)).toEqual(['rsmf.zip']);
      expect(crossCheck(mail)).toEqual([]);
    }
  });

  test('carries every message once, in the text part too', () => {
    const mails = mailsIn('rsmf');
    for (const line of lines) {
      const own = mails.filter(({ headers }) => headers['x-rsmf-eventcollectionid'] === line.id);
      const bodies = own.flatMap(({ attachments }) => {
        const manifest = JSON.parse(attachments[0]?.zip?.['rsmf_manifest.json'] ?? '{}') as RsmfManifest;
        return manifest.events
          .filter(({ type }) => type === 'message' || type === 'disclaimer')
          .map(({ body }) => body);
      });
      expect(bodies).toEqual(line.messages.map(({ text }) => text));
      const text = own.map((mail) => mail.text).join('\n');
      for (const message of line.messages.filter(({ role }) => role !== 'system')) {
        expect(text).toContain(`\n\n${message.text}\n`);
      }
    }
  });

  const schema = rsmfSchemaPath();
  test.skipIf(schema === null)("passes the vendor's schema (where this machine has it)", () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    addFormats2019(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schema ?? '', 'utf8')) as object);
    for (const mail of mailsIn('rsmf')) {
      const valid = validate(JSON.parse(mail.attachments[0]?.zip?.['rsmf_manifest.json'] ?? '{}'));
      expect(validate.errors).toBeNull();
      expect(valid).toBe(true);
    }
    expect(validate({ version: '2.0.0', participants: [], conversations: [], events: [{ type: 'shout' }] })).toBe(
      false,
    );
  });

  test('starts another file after 24 hours, and after 10,000 events', () => {
    const at = (time: number) => ({ time, event: {}, files: [] }) as unknown as TimedEvent;
    const hour = 3_600_000;
    const cut = slices(
      [0, 1, 23, 24, 25, 47, 48].map((hours) => at(hours * hour)),
      0,
    );
    expect(cut.map((slice) => slice.map(({ time }) => time / hour))).toEqual([[0, 1, 23], [24, 25, 47], [48]]);
    const many = slices(
      Array.from({ length: 20_001 }, (_, index) => at(index)),
      0,
    );
    expect(many.map((slice) => slice.length)).toEqual([10_000, 10_000, 1]);
    expect(slices([], 5)).toEqual([[]]);
  });
});

describe.skipIf(!hasTool('notmuch'))('a mail archive (notmuch, where it is installed)', () => {
  test('takes in every eml, finds it by its words and shows the transcript', () => {
    const home = temporaryFolder();
    const mail = join(home, 'mail');
    cpSync(join(folder, 'data/eml'), join(mail, 'cur'), { recursive: true });
    const config = join(home, 'config');
    writeFileSync(
      config,
      `[database]\npath=${mail}\n[user]\nname=t\nprimary_email=t@example.invalid\n[new]\ntags=new\n`,
    );
    const notmuch = (...words: string[]) =>
      execFileSync('notmuch', words, { encoding: 'utf8', env: { ...process.env, NOTMUCH_CONFIG: config, HOME: home } });
    expect(notmuch('new')).not.toMatch(/not an email|ignor/iu);
    expect(Number(notmuch('count', '*'))).toBe(lines.length);
    expect(Number(notmuch('count', 'refund'))).toBe(
      lines.filter((line) => JSON.stringify(line).includes('refund')).length,
    );
    expect(Number(notmuch('count', 'attachment:original.json'))).toBe(lines.length);
    for (const { id } of lines.slice(0, 3)) {
      const [, , remote = ''] = id.split(':');
      const shown = notmuch('show', '--format=json', '--body=true', `subject:${remote}`);
      expect(shown).toContain(`message of conversation ${remote.slice(1)}`);
    }
  });
});
