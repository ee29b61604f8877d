import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { previewRedaction } from '../../../main/archive/export/redact/preview.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { redactionProfiles, type ExportFormat, type Redaction } from '../../../preload/model.ts';
import { march, openTestWriter, take, temporaryFolder, testAccount } from '../store/support.ts';
import { filesBelow, hasChromium, hasTool, readWithPython } from './readers.ts';
import { exportFrom, verify } from './support.ts';

/** Everything that the profile below must hide, as it was written. */
const secrets = [
  'Wilhelmina Ångström',
  'Wilhelmina',
  'Ångström',
  'wilhelmina.angstrom@mail.example',
  'other-person@mail.example',
  '+49 421 5556677',
  '0049 171 2345678',
  '4111 1111 1111 1111',
  '5500005555555559',
  'DE89 3704 0044 0532 0130 00',
  'T-493827',
  'the blue heron',
  '536-90-4399',
  'RCCMNL83S18D969H',
];

function chatWithSecrets(id: string, startedAt: number): string {
  const line = (text: string, position: number, by: 'visitor' | 'agent', type = 'plain') => ({
    timeL: startedAt + position * 1000,
    lineSeq: String(position),
    text,
    by: by === 'visitor' ? 'Wilhelmina Ångström' : 'Tomas',
    source: by,
    textType: type,
  });
  return JSON.stringify({
    info: {
      engagementId: id,
      startTime: '2026-03-04 09:15:00.000+0000',
      startTimeL: startedAt,
      endTimeL: startedAt + 60_000,
      duration: 60,
      isPartial: false,
      chatDataEnriched: true,
      agentId: '900100',
      agentFullName: 'Tomas Brandt',
      skillName: 'Card disputes',
      skillId: 4011,
      visitorName: 'Wilhelmina Ångström',
    },
    transcript: {
      lines: [
        line('My card is 4111 1111 1111 1111 12/27, or 5500005555555559', 0, 'visitor'),
        line('<b>wilhelmina.</b>angstrom@mail.example &amp; 4111 1111 <i>1111</i> 1111', 1, 'visitor', 'html'),
        line('This line stays as it is, order 20260304', 2, 'agent'),
        line('Call +49 421 5556677 or 0049 171 2345678, ticket T-493827', 3, 'agent'),
        line('Pay to DE89 3704 0044 0532 0130 00 please, other-person@mail.example', 4, 'visitor'),
        line('The password is the blue heron, dear WILHELMINA', 5, 'visitor'),
        line('SSN 536-90-4399, codice fiscale rccmnl83s18d969h', 6, 'visitor'),
      ],
    },
    customVariables: { customVariables: [{ name: 'contact', value: 'wilhelmina.angstrom@mail.example' }] },
    nested: {
      rich: JSON.stringify({
        type: 'text',
        text: 'Write to wilhelmina.angstrom@mail.example',
        deep: JSON.stringify(['T-493827']),
      }),
      'wilhelmina.angstrom@mail.example': 'as a name',
      cardNumber: 5500005555555559,
      escaped: 'X',
    },
    visitorInfo: { country: 'Germany', big: 'BIG' },
  })
    .replace('"escaped":"X"', '"escaped":"other-person\\u0040mail.example, \\u00c5ngstr\\u00f6m"')
    .replace('"big":"BIG"', '"big":123456789012345678901234567890');
}

const profile: Redaction = {
  profile: 'everything',
  rules: ['email', 'phone', 'card', 'iban', 'national', 'customer'],
  expressions: [{ name: 'ticket', pattern: 'T-[0-9]{6}' }],
  spans: [],
};

/** PDF where there is what prints it and what reads it. */
const hasPdf = hasChromium() && hasTool('qpdf') && hasTool('pdftotext');
const pdf: ExportFormat[] = hasPdf ? ['pdf'] : [];
const formats: ExportFormat[] = ['csv', 'xlsx', 'ndjson', 'json', 'html', 'eml', 'rsmf', 'dat', 'parquet', ...pdf];

let writer: ArchiveWriter;
let folder: string;

beforeAll(async () => {
  writer = openTestWriter();
  const plain = JSON.parse(chatWithSecrets('c2', march + 60_000)) as { transcript: { lines: unknown[] } };
  const clean = {
    info: {
      engagementId: 'clean',
      startTimeL: march + 120_000,
      endTimeL: march + 180_000,
      isPartial: false,
      chatDataEnriched: true,
    },
    transcript: { lines: [plain.transcript.lines[2]].map((line) => ({ ...(line as object), by: 'Tomas' })) },
  };
  take(writer, testAccount(writer), 'chat', [chatWithSecrets('c1', march), JSON.stringify(clean)]);
  const start = 'The password is '.length;
  ({ path: folder } = await exportFrom(writer, {
    formats: [...formats],
    query: 'password OR order',
    redaction: {
      ...profile,
      spans: [{ id: 'chat:12345678:c1', message: 5, start, end: start + 'the blue heron'.length, reason: 'password' }],
    },
  }));
});

/** All bytes of a package: nested zips, decoded mail parts, base64 inside JSON, streams and text of PDF included. */
const everyByte = `
import sys, os, io, re, json, base64, zipfile, email, email.policy, subprocess
found = []
def look(name, data):
    found.append([name, data.decode('latin1')])
    if data[:4] == b'PK\\x03\\x04':
        z = zipfile.ZipFile(io.BytesIO(data))
        for n in z.namelist(): found.append([name + '!', n]); look(name + '!' + n, z.read(n))
    if name.endswith(('.eml', '.rsmf')):
        m = email.message_from_bytes(data, policy=email.policy.default)
        for k, v in m.items(): found.append([name + '#' + k, str(v).encode('utf-8').decode('latin1')])
        for part in m.walk():
            p = part.get_payload(decode=True)
            if p: look(name + '#part', p)
    if name.endswith('.pdf'):
        path = os.path.join(sys.argv[1], name)
        for kind, command in [('streams', ['qpdf', '--qdf', '--object-streams=disable', path, '-']), ('text', ['pdftotext', path, '-'])]:
            found.append([name + '#' + kind, subprocess.run(command, capture_output=True, check=True).stdout.decode('latin1')])
    if name.endswith('.ndjson') and 'proofs' in name:
        for b in re.findall(rb'"([A-Za-z0-9+/]{16,}={0,2})"', data):
            try: found.append([name + '#base64', base64.b64decode(b).decode('latin1')])
            except Exception: pass
top = sys.argv[1]
for folder, _, files in os.walk(top):
    for f in files:
        path = os.path.join(folder, f)
        found.append([path, os.path.relpath(path, top)])
        look(os.path.relpath(path, top), open(path, 'rb').read())
print(json.dumps(found))
`;

/** Every form in which a text could still be there. */
function formsOf(secret: string): string[] {
  const utf8 = Buffer.from(secret, 'utf8');
  const compact = secret.replace(/[\s-]/gu, '');
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    utf8.toString('latin1'),
    Buffer.from(secret, 'utf16le').toString('latin1'),
    JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[^\x20-\x7e]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    encodeURIComponent(secret),
    ...(compact.length >= 10 ? [compact] : []),
    ...base64.filter((text) => text.length >= 8),
    ...['sha256', 'sha512', 'sha1', 'md5'].map((name) => createHash(name).update(secret).digest('hex')),
  ].map((form) => form.toLowerCase());
}

async function leaksIn(path: string): Promise<string[]> {
  const blobs = readWithPython<[string, string][]>(everyByte, path);
  for (const name of filesBelow(path).filter((file) => file.endsWith('.parquet'))) {
    const file = readFileSync(join(path, name));
    const rows = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length),
      compressors: { ZSTD: (input) => new Uint8Array(zstdDecompressSync(input)) },
    });
    const text = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    blobs.push([`${name}#rows`, Buffer.from(text, 'utf8').toString('latin1')]);
  }
  const leaks: string[] = [];
  for (const [name, content] of blobs) {
    const lower = content.toLowerCase();
    for (const secret of secrets) {
      if (formsOf(secret).some((form) => lower.includes(form))) leaks.push(`${secret} in ${name}`);
    }
  }
  return leaks;
}

describe('a redacted package', () => {
  test('holds none of what was hidden, in no encoding, in no nested file and in no name', async () => {
    expect(await leaksIn(folder)).toEqual([]);
    // The search itself must be able to find something.
    const { path } = await exportFrom(writer, { formats: ['eml', 'xlsx', 'parquet', 'rsmf', ...pdf] });
    const found = await leaksIn(path);
    for (const kind of [
      '.eml#part',
      'xlsx!xl',
      '.parquet#rows',
      'rsmf.zip',
      '.rsmf#part!rsmf_manifest.json',
      ...pdf.map((name) => `.${name}#text`),
    ]) {
      if (kind !== 'rsmf.zip') expect(found.some((leak) => leak.includes(kind))).toBe(true);
    }
  });

  test('shows a reason in each place and keeps everything else as it was', () => {
    const lines = readFileSync(join(folder, 'data/conversations.ndjson'), 'utf8').trimEnd().split('\n');
    const shown = JSON.parse(lines[0] ?? '{}') as { messages: { text: string }[]; customer: { name: string } };
    expect(shown.messages.map(({ text }) => text)).toEqual([
      'My card is [REDACTED:card] 12/27, or [REDACTED:card]',
      '[REDACTED:email] & [REDACTED:card]',
      'This line stays as it is, order 20260304',
      'Call [REDACTED:phone] or [REDACTED:phone], ticket [REDACTED:ticket]',
      'Pay to [REDACTED:iban] please, [REDACTED:email]',
      'The password is [REDACTED:password], dear [REDACTED:name]',
      'SSN [REDACTED:national-id], codice fiscale [REDACTED:national-id]',
    ]);
    expect(lines[0]).toContain('"big":123456789012345678901234567890');
    expect(lines[0]).toContain('"startTime":"2026-03-04 09:15:00.000+0000"');
    expect(lines[0]).toContain('\\"Write to [REDACTED:email]\\"');
  });

  test('lists place, reason and rule of each, never the text', () => {
    const rows = readFileSync(join(folder, 'custody/redactions.csv'), 'utf8').slice(1).trimEnd().split('\r\n');
    expect(rows[0]).toBe('"conversation_id","place","reason","rule"');
    expect(rows).toContain('"chat:12345678:c1","/transcript/lines/5/text","password","manual"');
    expect(rows).toContain('"chat:12345678:c1","/transcript/lines/3/text","ticket","custom:ticket"');
    expect(rows).toContain('"chat:12345678:c1","/nested/rich/deep/0","ticket","custom:ticket"');
    expect(rows).toContain('"chat:12345678:c1","/nested/cardNumber","card","card"');
  });

  test('verifies, and proves part by part that the rest is untouched', async () => {
    const report = await verify(folder);
    expect(report.failures).toEqual([]);
    const checked = Object.fromEntries(report.checks.map((check) => [check.name, check.checked]));
    expect(checked['Untouched parts of redacted records']).toBe(1);
    expect(checked['Records in the signed log']).toBe(1);
    const disclosed = readFileSync(join(folder, 'proofs/disclosure.ndjson'), 'utf8').trimEnd().split('\n');
    const values = disclosed.map((line) =>
      Buffer.from((JSON.parse(line) as { value: string }).value, 'base64').toString('utf8'),
    );
    expect(values.some((value) => value.includes('This line stays as it is'))).toBe(true);
    expect(values.some((value) => value.includes('"path":"/visitorInfo"'))).toBe(true);
    const facts = JSON.parse(readFileSync(join(folder, 'custody/export.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({ redaction: { profile: 'everything', conversations: 1, manualSpans: 1 } });
  });

  test('is checked by VERIFY.txt with coreutils alone', () => {
    const lines = readFileSync(join(folder, 'VERIFY.txt'), 'utf8').split('\n');
    const script = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
    const run = spawnSync('bash', ['-c', script.join('\n')], { cwd: folder, encoding: 'utf8' });
    expect(run.stdout + run.stderr).toMatch(
      /4\. \d+ parts of 1 redacted records are untouched\.[^]*ALL CHECKS PASSED/u,
    );
  });

  test('is found out when a part that was not redacted is changed, with all manifests made anew', async () => {
    const copy = join(temporaryFolder(), basename(folder));
    cpSync(folder, copy, { recursive: true });
    const file = join(copy, 'data/conversations.ndjson');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('stays as it is', 'stays as it was'));
    const reseal = `for b in 256 512; do n=$((b / 4 + 3)); for m in manifest tagmanifest; do
      sha\${b}sum $(cut -c$n- $m-sha$b.txt) > m && mv m $m-sha$b.txt; done; done
      for b in 256 512; do n=$((b / 4 + 3)); sha\${b}sum $(cut -c$n- tagmanifest-sha$b.txt) > m && mv m tagmanifest-sha$b.txt; done`;
    expect(spawnSync('bash', ['-c', reseal], { cwd: copy }).status).toBe(0);
    const report = await verify(copy);
    expect(report.failures.map(({ problem }) => problem)).toContain(
      'differs from what was archived in more than was redacted',
    );
  });

  test('says nothing of a query that holds what was hidden, and may not be named after it', async () => {
    const { path } = await exportFrom(writer, { query: 'T-493827', formats: ['html'], redaction: profile });
    expect(readFileSync(join(path, 'custody/export.json'), 'utf8')).toContain('"query": null');
    expect((await leaksIn(path)).filter((leak) => leak.startsWith('T-493827'))).toEqual([]);
    const out = join(temporaryFolder(), 'About Wilhelmina');
    await expect(exportFrom(writer, { out, redaction: profile })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('redaction', () => {
  test('stops an expression that would take for ever, and leaves that conversation out', async () => {
    const slow = { ...profile, rules: [], expressions: [{ name: 'slow', pattern: '(?:[a-z ]+)+\\u0001' }] };
    const { result } = await exportFrom(writer, { formats: ['ndjson'], redaction: slow, query: 'password' });
    expect(result).toMatchObject({ conversations: 0, errors: 1 });
  }, 30_000);

  test('refuses an expression that is none', async () => {
    const bad = { ...profile, expressions: [{ name: 'bad', pattern: '(' }] };
    await expect(exportFrom(writer, { redaction: bad })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  test('is previewed with counts, without writing anything', async () => {
    const pii = redactionProfiles['pii'] ?? profile;
    const preview = await previewRedaction(
      writer.db,
      { query: '', timeZone: 'UTC', redaction: pii, limit: 10 },
      Date.now(),
    );
    expect(preview).toMatchObject({ total: 2, scanned: 2, affected: 1, failed: 0 });
    expect(preview.counts.find(({ rule }) => rule === 'iban')?.total).toBe(1);
    expect(preview.examples.some(({ text }) => text === '+49 421 5556677')).toBe(true);
  });
});
