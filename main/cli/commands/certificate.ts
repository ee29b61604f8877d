import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import { searchCertificateSchema, type SearchCertificate } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { certificateLine, certificateText } from '../certificate-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { logEntries } from '../log-entries.ts';
import { printableLine } from '../printable.ts';
import type { CommandContext, Run } from '../run.ts';

export function addCertificateCommand(program: Command, run: Run): void {
  const certificate = program.command('certificate').description('searches that were put on record');
  certificate
    .command('list')
    .description('the certificates that were made, newest first')
    .action(
      run(async ({ session, output }) => {
        const entries = await logEntries(session, { kinds: ['certificate'] });
        const certificates = entries.map(({ position, time, user, host, details }) => ({
          entry: position,
          time: isoTime(time),
          user,
          host,
          ...details,
        }));
        output.result({ certificates }, () =>
          entries.length === 0 ? 'No search was certified yet.' : entries.map(certificateLine).join('\n'),
        );
      }),
    );
  certificate
    .command('show <file>')
    .description('a certificate as people read it')
    .action(
      run(async ({ output }, file: string) => {
        const read = await readCertificate(file);
        output.result(read, () => certificateText(read));
      }),
    );
  certificate
    .command('check <file>')
    .description('run a certified search again, on the archive as it was known then')
    .action(
      run(async ({ session, output }, file: string) => {
        const check = await session.call('certificates.check', { certificate: await readCertificate(file) });
        output.result(check, () =>
          [
            check.same ? 'The same conversations are found.' : 'Something differs:',
            ...check.differences.map(printableLine),
            `${check.total} conversations then, ${check.totalNow} now. SHA-256 of the hits then: ${check.hitsSha256}`,
          ].join('\n'),
        );
        return check.same ? exitCodes.done : exitCodes.verificationFailed;
      }),
    );
}

/** Certifies a search and writes the certificate. An existing file is never replaced: it may be evidence. */
export async function certify(
  { session, output }: CommandContext,
  search: { query: string; timeZone: string },
  file: string,
  fullScan: boolean,
): Promise<void> {
  const certificate = await session.call('certificates.create', { ...search, fullScan });
  try {
    await writeFile(file, `${JSON.stringify(certificate, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new ArchiveError('path-unavailable', `The certificate cannot be written to ${file}.`, {
      hint: 'Name a file that does not exist yet, in a folder that does.',
      cause: error,
    });
  }
  output.result(certificate, () =>
    printableLine(`${certificate.total} conversations certified in entry ${certificate.entry}: ${file}`),
  );
}

async function readCertificate(file: string): Promise<SearchCertificate> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ArchiveError('path-unavailable', `${file} cannot be read.`, { hint: 'Check the path.', cause: error });
  }
  try {
    return searchCertificateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ArchiveError('invalid-input', `${file} is not a search certificate.`, {
      hint: 'Give the file exactly as it was written.',
      cause: error,
    });
  }
}
