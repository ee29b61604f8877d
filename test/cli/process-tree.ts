import { readdirSync, readFileSync } from 'node:fs';

interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
}

/** All processes of this machine (Linux). Those that end while they are looked at are left out. */
function processes(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });
}

/** A process and everything that it started, itself first. */
export function treeOf(pid: number): ProcessInfo[] {
  const all = processes();
  const tree = all.filter((one) => one.pid === pid);
  for (const above of tree) tree.push(...all.filter((one) => one.parent === above.pid));
  return tree;
}

/** Processes that were started with a text in their environment, e.g. the folder of a test's own machine. */
export function processesKnowing(text: string): ProcessInfo[] {
  return processes().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
