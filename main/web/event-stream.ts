import type { ServerResponse } from 'node:http';
import type { ArchiveEvent } from '../../preload/contract.ts';
import type { Host } from '../host/host.ts';
import { apiHeaders } from './respond.ts';

/** A blank line this often keeps proxies patient and shows both sides that the other is there. */
const heartbeatMs = 15_000;
/** A page that reads this slowly is gone or asleep; it asks `jobs.list` again when it comes back. */
const maximumUnsentBytes = 1024 * 1024;

/** Sends events as NDJSON until the page goes away. */
export function streamEvents(host: Host, response: ServerResponse): void {
  response.writeHead(200, { ...apiHeaders, 'Content-Type': 'application/x-ndjson; charset=utf-8' });
  const write = (line: string) => {
    response.write(line);
    if (response.writableLength > maximumUnsentBytes) response.destroy();
  };
  // The first line tells the page that it is subscribed: from here on it misses nothing.
  write('\n');
  const unsubscribe = host.subscribe((event: ArchiveEvent) => write(`${JSON.stringify(event)}\n`));
  const heartbeat = setInterval(() => write('\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
