import { hostname, userInfo } from 'node:os';

/** Who did something: the operating system's word for the user and the machine, and ours for the program. */
export interface Actor {
  user: string;
  host: string;
  app: string;
}

/** Who acts on this machine. `app` is the program with its version and host, e.g. `Transcript Archive 0.1.0 (cli)`. */
export function currentActor(app: string): Actor {
  return { user: userName(), host: hostname(), app };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user database knows.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
