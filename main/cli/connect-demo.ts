import { ArchiveError } from '../../preload/errors.ts';
import type { Host } from '../host/host.ts';

/** Connects the demo account to the host's archive, unless it is connected already. */
export async function connectDemo(host: Host): Promise<void> {
  const reply = await host.call('demo.connect', {});
  if (!reply.ok) throw ArchiveError.fromValue(reply.error);
}
