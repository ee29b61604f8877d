/**
 * `npm test`: everything that can be checked on this machine, then one line with the totals. What was skipped is
 * named with its reason. `npm test -- unit` runs the steps whose name contains a word.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.ts';
import { findElectron } from './electron-binary.ts';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  name: string;
  command: string[];
  /** Reads the runner's own report; absent: the step is one check. */
  report?: (file: string) => Totals;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'test-results', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const skippedSteps: string[] = [];
const browser = ensureBrowser();
if (browser === null) skippedSteps.push('browser tests: no Chromium here and none could be installed');
const electron = findElectron();
if (electron === null) skippedSteps.push('Electron end-to-end tests: the Electron program is not on this machine');

const playwright = (name: string, project: string): Step => ({
  name,
  command: ['playwright', 'test', '--project', project, '--reporter', 'list,json'],
  report: readPlaywright,
});

const steps: Step[] = [
  { name: 'build', command: ['node', 'scripts/build.ts', '--if-stale'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'dead code', command: ['knip'] },
  {
    name: 'unit and engine',
    command: ['vitest', 'run', '--reporter', 'default', '--reporter', 'json', '--outputFile.json'],
    report: readVitest,
  },
  ...(browser === null
    ? []
    : [playwright('browser', 'web'), playwright('desktop shell under a stand-in electron', 'shell')]),
  ...(electron === null ? [] : [playwright('desktop shell under Electron', 'electron')]),
];

const wanted = process.argv.slice(2);
const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];

for (const step of steps) {
  if (wanted.length > 0 && !wanted.some((word) => step.name.includes(word))) continue;
  runStep(step);
}

for (const skipped of skippedSteps) process.stdout.write(`Skipped: ${skipped}.\n`);
for (const name of failedSteps) process.stdout.write(`Failed: ${name}.\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 ? 1 : 0;

function runStep(step: Step): void {
  process.stdout.write(`\n── ${step.name} ──\n`);
  const file = join(reports, `${step.name.replaceAll(/\W+/gu, '-')}.json`);
  const [program = 'node', ...rest] = step.command;
  const args = rest.map((arg) => (arg === '--outputFile.json' ? `--outputFile.json=${file}` : arg));
  const started = Date.now();
  const run = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      ...(browser === null ? {} : { TRANSCRIPT_ARCHIVE_TEST_BROWSER: browser }),
      ...(electron === null ? {} : { TRANSCRIPT_ARCHIVE_TEST_ELECTRON: electron }),
    },
  });
  process.stdout.write(`${step.name}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  const counted = step.report !== undefined && existsSync(file) ? step.report(file) : null;
  if (counted !== null) {
    totals.passed += counted.passed;
    totals.failed += counted.failed;
    totals.skipped += counted.skipped;
  } else if (run.status === 0) totals.passed += 1;
  if (run.status !== 0) {
    failedSteps.push(step.name);
    // A runner that broke without counting a failed test has still failed.
    if (counted === null || counted.failed === 0) totals.failed += 1;
  }
}

function readVitest(file: string): Totals {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: report.numPendingTests ?? 0,
  };
}

function readPlaywright(file: string): Totals {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<string, number> };
  return {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: stats.unexpected ?? 0,
    skipped: stats.skipped ?? 0,
  };
}
