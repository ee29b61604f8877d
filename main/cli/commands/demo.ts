import type { Command } from 'commander';
import type { DemoAddress } from '../../../preload/engine-protocol.ts';
import { startWebHost } from '../../web/server.ts';
import { rendererFolder, startHost } from '../host-setup.ts';
import { connectDemo } from '../connect-demo.ts';
import type { RunServer } from '../run.ts';
import { readCount } from './account.ts';

interface DemoOptions {
  port: string;
  serve?: true;
}

export function addDemoCommand(program: Command, runServer: RunServer): void {
  program
    .command('demo')
    .description('a simulated LivePerson account with invented conversations, served on loopback')
    .option('--port <n>', '0 takes any free port', '0')
    .option('--serve', 'serve the app with this account connected as well')
    .action(
      runServer(async ({ archive, output, interrupted }, options: DemoOptions) => {
        const host = await startHost('web', archive, readCount('--port', options.port));
        try {
          const address = await host.startDemo();
          const served = options.serve === true ? await startWebHost({ host, rendererFolder, port: 0 }) : null;
          try {
            if (served !== null) await connectDemo(host);
            const link = served === null ? {} : { link: served.createLink() };
            const { origin, accountId, oauth2, oauth1 } = address;
            output.result({ origin, accountId, credentials: { oauth2, oauth1 }, ...link }, () =>
              [
                howToAdd(address),
                ...(link.link === undefined ? [] : [`Open this link; it works once: ${link.link}`]),
              ].join('\n'),
            );
            output.note('Press Ctrl+C to stop.');
            await interrupted;
          } finally {
            await served?.close();
          }
        } finally {
          await host.close();
        }
      }),
    );
}

function howToAdd({ origin, accountId, oauth2 }: DemoAddress): string {
  return [
    `The demo account ${accountId} answers at ${origin}. Its conversations are invented.`,
    'Add it to an archive from another shell, then sync:',
    '',
    `  echo '${JSON.stringify(oauth2)}' | npx transcript-archive account add ${accountId} --credentials - --domain-api ${origin} --request-interval-ms 0`,
    `  npx transcript-archive sync`,
    '',
  ].join('\n');
}
