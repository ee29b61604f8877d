import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'scripts', 'transcript-archive.js');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One user's machine: own archive, own settings, own log. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), 'transcript-archive-cli-'));
  readonly environment: NodeJS.ProcessEnv;

  constructor() {
    if (!existsSync(join(root, 'out', 'main', 'cli.js'))) throw new Error('Build first: npm run build');
    this.environment = {
      ...process.env,
      HOME: this.folder,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      XDG_STATE_HOME: join(this.folder, 'state'),
      TRANSCRIPT_ARCHIVE_DIR: join(this.folder, 'archive'),
      NODE_ENV: 'test',
    };
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  start(args: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [program, ...args], {
      cwd: this.folder,
      env: { ...this.environment, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  async run(args: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}): Promise<CliResult> {
    const child = this.start(args, options.env);
    child.stdin?.end(options.input ?? '');
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stdout: stdout(), stderr: stderr() };
  }

  /** Runs with `--json` and parses the one document on stdout. */
  async json<T = Record<string, unknown>>(
    args: readonly string[],
    input?: string,
  ): Promise<{ code: number | null; value: T }> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], input === undefined ? {} : { input });
    try {
      return { code, value: JSON.parse(stdout) as T };
    } catch {
      throw new Error(`Not one JSON document (exit ${code}): ${stdout.slice(0, 500)}\n${stderr}`);
    }
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Resolves with the first line that the process prints. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text.split('\n', 1)[0] ?? '');
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it printed anything`)));
  });
}
