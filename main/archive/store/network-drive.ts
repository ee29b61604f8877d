import { statfsSync } from 'node:fs';

/** File system numbers of Linux that mean "another machine" (or, for 9p and vboxsf, another system's disk). */
const networkFileSystems: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xfe534d42: 'SMB',
  0xff534d42: 'SMB',
  0x5346414f: 'AFS',
  0x6b414653: 'AFS',
  0x73757245: 'Coda',
  0x00c36400: 'Ceph',
  0x0bd00bd0: 'Lustre',
  0x01161970: 'GFS2',
  0x7461636f: 'OCFS2',
  0x01021997: '9P',
  0x786f4256: 'VirtualBox shared folder',
};

/** The kind of network drive that a file system number stands for, or null for a local one. */
export function networkFileSystem(type: number): string | null {
  return networkFileSystems[type >>> 0] ?? null;
}

/** A sentence for the user when the folder lies on a network drive, as far as the system tells; else null. */
export function networkDriveWarning(folder: string): string | null {
  const kind = process.platform === 'win32' ? uncKind(folder) : linuxKind(folder);
  if (kind === null) return null;
  return (
    `The archive lies on a network drive (${kind}). SQLite needs a local drive to be safe and fast: ` +
    'choose a folder on this machine, and use backups to keep a copy on the network.'
  );
}

function uncKind(folder: string): string | null {
  return folder.startsWith('\\\\') && !folder.startsWith('\\\\?\\') ? 'network share' : null;
}

function linuxKind(folder: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return networkFileSystem(statfsSync(folder).type);
  } catch {
    return null;
  }
}
