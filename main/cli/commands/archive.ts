import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';

export function addArchiveCommands(program: Command, run: Run): void {
  program
    .command('import <file...>')
    .description('take in records saved from either API: a response page, an array, or NDJSON')
    .action(
      run(async ({ session, output }, files: string[]) => {
        const job = await session.runJob('import', 'archive.import', { files: files.map((file) => resolve(file)) });
        const { result } = job;
        if (result === undefined) throw new ArchiveError('internal', 'The import ended without a result.');
        output.result(result, () =>
          [
            `${result.records} records: ${result.added} added, ${result.changed} changed, ${result.unchanged} unchanged, ${result.rejected.length} rejected`,
            ...result.rejected.map((item) => `rejected ${item.file} at ${item.position}: ${item.problem}`),
          ]
            .map(printableLine)
            .join('\n'),
        );
        return result.rejected.length > 0 ? exitCodes.incomplete : exitCodes.done;
      }),
    );

  program
    .command('backup <file>')
    .description('a verified copy of the whole archive in one file, made while it is in use')
    .option('--overwrite', 'replace what is there')
    .action(
      run(async ({ session, output }, file: string, options: { overwrite?: true }) => {
        const job = await session.runJob('backup', 'archive.backup', {
          file: resolve(file),
          overwrite: options.overwrite === true,
        });
        const { result } = job;
        if (result === undefined) throw new ArchiveError('internal', 'The backup ended without a result.');
        output.result(result, () => printableLine(`${result.path} · ${result.bytes} bytes · SHA-256 ${result.sha256}`));
      }),
    );

  program
    .command('restore <file>')
    .description('put a backup in the place of this archive; what was there is kept beside it')
    .action(
      run(async ({ session, output }, file: string) => {
        const { replaced } = await session.call('archive.restore', { file: resolve(file) });
        output.result({ restored: resolve(file), replaced }, () =>
          [
            replaced === null ? 'Restored.' : printableLine(`Restored. The former archive is kept in ${replaced}`),
            'A backup does not hold the signing key. On another computer, put that back first: custody key restore FILE',
          ].join('\n'),
        );
      }),
    );

  program
    .command('optimize')
    .description('merge the index and give free space back')
    .action(
      run(async ({ session, output }) => {
        await session.runJob('optimize', 'archive.optimize', {});
        output.result({ optimized: true }, () => 'Optimized.');
      }),
    );
}
