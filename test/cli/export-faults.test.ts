/** Exports that are interrupted, killed at random moments, or run out of room, through the built command line. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exportFormatSchema, type ExportFormat } from '../../preload/model.ts';
import { chatText, march, messagingText, minute, openTestWriter, take, testAccount } from '../unit/store/support.ts';
import { hasChromium } from '../unit/export/readers.ts';
import { killNow, processesKnowing, treeOf } from './process-tree.ts';
import { Machine } from './run-cli.ts';

/** More rounds find rarer moments: `FAULT_ROUNDS=10 npx vitest run test/cli/export-faults.test.ts`. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 1);
const conversations = 400;
const isLinux = process.platform === 'linux';
const machine = new Machine();

const formats = exportFormatSchema.options.filter((format) => format !== 'pdf' || hasChromium());

vi.setConfig({ testTimeout: 120_000 });

beforeAll(() => {
  const writer = openTestWriter(machine.path('archive'));
  const account = testAccount(writer);
  // Nothing that a format could pack much smaller.
  const texts = () => Array.from({ length: 12 }, () => randomBytes(150).toString('base64').replaceAll('/', ' '));
  const at = (index: number) => march + index * 60 * minute;
  const chats = Array.from({ length: conversations / 2 }, (_, index) =>
    chatText({ id: `c${index}`, startedAt: at(index), texts: texts() }),
  );
  const messaging = chats.map((_, index) =>
    messagingText({ id: `m${index}`, startedAt: at(index) + minute, texts: texts() }),
  );
  take(writer, account, 'chat', chats);
  take(writer, account, 'messaging', messaging);
  writer.close();
});

function commandFor(format: ExportFormat, out: string): string[] {
  // Printing all of them takes too long on a busy machine.
  const query = format === 'pdf' ? 'from:2026-03-04 to:2026-03-05' : '';
  return ['export', query, '--format', format, '--out', out];
}

let place = 0;

function freshPlace(): string {
  place += 1;
  const folder = machine.path(`place-${place}`);
  mkdirSync(folder);
  return folder;
}

/** A random moment after the export has begun to write. */
async function randomMoment(folder: string, ended: () => boolean): Promise<void> {
  while (readdirSync(folder).length === 0 && !ended()) await pause(2);
  await pause(Math.random() * 400);
}

interface Interrupted {
  code: number | null;
  stderr: string;
}

/** Starts an export, strikes at a random moment, and waits until all that belonged to it is gone. */
async function struck(
  format: ExportFormat,
  folder: string,
  strike: (tree: ReturnType<typeof treeOf>) => void,
): Promise<Interrupted> {
  const child = machine.start(commandFor(format, `${folder}/package`));
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  child.stdout?.resume();
  child.stdin?.end();
  let isOver = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      isOver = true;
      resolve(code);
    });
  });
  await randomMoment(folder, () => isOver);
  const tree = treeOf(child.pid ?? 0);
  strike(tree);
  const code = await ended;
  await expectAllGone();
  return { code, stderr };
}

/** Whatever the command started ends by itself, Chromium too. */
async function expectAllGone(): Promise<void> {
  for (let waited = 0; processesKnowing(machine.folder).length > 0 && waited < 40_000; waited += 100) await pause(100);
  expect(processesKnowing(machine.folder).map(({ command }) => command)).toEqual([]);
}

const isEngine = ({ command }: { command: string }) => /engine\.(?:js|ts)|entry\.ts/u.test(command);
const isChromium = ({ command }: { command: string }) => command.includes('--user-data-dir=');

/** Nothing under the target name, or a package that verifies. */
async function expectNothingOrAll(folder: string): Promise<void> {
  if (!readdirSync(folder).includes('package')) return;
  expect((await machine.json(['verify', `${folder}/package`])).value).toMatchObject({ ok: true });
}

/** Whatever was left, the next export to the same name takes it away and succeeds. */
async function expectNextIsClean(format: ExportFormat, folder: string): Promise<void> {
  const next = await machine.run([...commandFor(format, `${folder}/package`), '--overwrite']);
  expect(next.stderr).not.toMatch(/^error/mu);
  expect(next.code).toBe(0);
  expect(readdirSync(folder)).toEqual(['package']);
}

describe.skipIf(!isLinux)('an export that is stopped at a random moment (Linux, where processes can be listed)', () => {
  for (const format of formats) {
    for (let round = 1; round <= rounds; round += 1) {
      test(`${format}, Ctrl+C, round ${round}: ends with 130 and leaves nothing`, async () => {
        const folder = freshPlace();
        const { code, stderr } = await struck(format, folder, (tree) => {
          // A terminal tells every process of the group.
          for (const one of tree.filter((each) => !isChromium(each))) process.kill(one.pid, 'SIGINT');
        });
        await expectNothingOrAll(folder);
        if (code === 0) expect(readdirSync(folder)).toEqual(['package']);
        else {
          expect(readdirSync(folder)).toEqual([]);
          expect(code).toBe(130);
          expect(stderr).toMatch(/^error cancelled: /mu);
        }
      });

      test(`${format}, kill -9 of command and engines, round ${round}: nothing under the name, the next run clears up`, async () => {
        const folder = freshPlace();
        await struck(format, folder, (tree) => {
          // Not Chromium: it has to notice by itself that nobody waits for it any more.
          for (const one of tree.filter((each) => !isChromium(each))) killNow(one.pid);
        });
        await expectNothingOrAll(folder);
        await expectNextIsClean(format, folder);
      });

      // How the command hears of it does not depend on the format; what goes on running does.
      test.skipIf(rounds === 1 && !['csv', 'pdf'].includes(format))(
        `${format}, kill -9 of the engines, round ${round}: the command says so in one line and ends with 1`,
        async () => {
          const folder = freshPlace();
          const { code, stderr } = await struck(format, folder, (tree) => {
            for (const one of tree.filter(isEngine)) killNow(one.pid);
          });
          await expectNothingOrAll(folder);
          if (code !== 0) {
            expect(stderr).toMatch(/^error (?:engine-restarted|internal|archive-locked): /mu);
            expect(readdirSync(folder)).not.toContain('package');
          }
          await expectNextIsClean(format, folder);
        },
      );
    }
  }

  test('the command itself killed alone: its engines and Chromium end by themselves', async () => {
    const folder = freshPlace();
    const format = hasChromium() ? 'pdf' : 'csv';
    await struck(format, folder, (tree) => killNow(tree[0]?.pid ?? 0));
    await expectNothingOrAll(folder);
    await expectNextIsClean(format, folder);
  });
});

/** A drive of one megabyte. Mounting one takes root. */
const drive = machine.path('drive');
const hasDrive =
  isLinux &&
  process.getuid?.() === 0 &&
  (mkdirSync(drive), spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', drive]).status === 0);
afterAll(() => {
  if (hasDrive) spawnSync('umount', ['-l', drive]);
});

describe.skipIf(!hasDrive)('an export to a full drive (Linux as root, where a small one can be mounted)', () => {
  test.each(formats)('%s: says that the disk is full, ends with 1 and leaves nothing', async (format) => {
    const full = await machine.json<{ error: { code: string; message: string } }>(
      commandFor(format, `${drive}/${format}`),
    );
    expect(full.value.error).toMatchObject({ code: 'disk-full' });
    expect(full.value.error.message).toMatch(/^The disk is full: .+ was not written\.$/u);
    expect(full.code).toBe(1);
    expect(readdirSync(drive)).toEqual([]);
    await expectAllGone();
  });
});
