import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../store/support.ts';

/** A real time stamp authority, by openssl, with a certificate of its own root. */
export class TimeStampAuthority {
  readonly folder = temporaryFolder();
  readonly root = join(this.folder, 'root.pem');
  #queries = 0;

  constructor() {
    this.#write('extension', 'extendedKeyUsage=critical,timeStamping\n');
    this.#write('serial', '01\n');
    this.#write(
      'authority.cnf',
      [
        '[tsa]',
        'default_tsa = authority',
        '[authority]',
        'serial = serial',
        'signer_digest = sha256',
        'default_policy = 1.2.3.4.1',
        'digests = sha256',
        'ess_cert_id_alg = sha256',
        '',
      ].join('\n'),
    );
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    this.openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Root', '-days', '30');
    this.openssl('req', ...key, '-keyout', 'key', '-out', 'request', '-subj', '/O=Test/CN=Time Stamp Authority');
    const signing = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'extension'];
    this.openssl('x509', '-req', '-in', 'request', ...signing, '-out', 'signer.pem', '-days', '20');
  }

  /** The reply to a query. */
  stamp(query: Uint8Array): Buffer {
    const name = `query-${(this.#queries += 1)}`;
    this.#write(name, query);
    const signer = ['-signer', 'signer.pem', '-inkey', 'key', '-chain', 'root.pem'];
    this.openssl('ts', '-reply', '-config', 'authority.cnf', ...signer, '-queryfile', name, '-out', `${name}.tsr`);
    return readFileSync(join(this.folder, `${name}.tsr`));
  }

  openssl(...parts: string[]): string {
    return execFileSync('openssl', parts, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }
}
