import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../../main/archive/export/pdf/find-chromium.ts';

/** The Python that tests read exports with; `EXPORT_TEST_PYTHON` names one that has openpyxl. */
const python = process.env['EXPORT_TEST_PYTHON'] ?? 'python3';

/** Runs a Python script that prints JSON. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the script prints is known to the test only
export function readWithPython<T>(script: string, ...argumentsOf: string[]): T {
  const output = execFileSync(python, ['-c', script, ...argumentsOf], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  return JSON.parse(output) as T;
}

export const hasPythonModule = (name: string) => spawnSync(python, ['-c', `import ${name}`]).status === 0;
export const hasTool = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

/** Where the vendor's schema lies on machines that have it; it is no part of the project. */
export function rsmfSchemaPath(): string | null {
  const named = process.env['RSMF_SCHEMA'];
  const beside = join(import.meta.dirname, '../../../../shared/schemas/rsmf_schema_2_0_0.json');
  return [named, beside].find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** All files below a folder, relative, with `/`, sorted. */
export function filesBelow(top: string, below = ''): string[] {
  return readdirSync(join(top, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(top, path) : [path];
    })
    .sort();
}

/** Whether this machine can print PDF files. */
export function hasChromium(): boolean {
  try {
    return findChromium() !== '';
  } catch {
    return false;
  }
}
