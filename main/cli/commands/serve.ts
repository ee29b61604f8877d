import type { Command } from 'commander';
import { startWebHost } from '../../web/server.ts';
import { rendererFolder, startHost } from '../host-setup.ts';
import { connectDemo } from '../connect-demo.ts';
import { openInBrowser } from '../open-in-browser.ts';
import type { RunServer } from '../run.ts';
import { readCount } from './account.ts';

interface ServeOptions {
  port: string;
  open?: true;
  demo?: true;
}

export function addServeCommand(program: Command, runServer: RunServer): void {
  program
    .command('serve')
    .description('the app in a browser of this machine: loopback only, one-time link')
    .option('--port <n>', '0 takes any free port', '0')
    .option('--open', 'open the browser')
    .option('--demo', 'connect the built-in demo account')
    .action(
      runServer(async ({ archive, output, interrupted }, options: ServeOptions) => {
        const host = await startHost('web', archive);
        try {
          const served = await startWebHost({ host, rendererFolder, port: readCount('--port', options.port) });
          try {
            host.warmUp();
            if (options.demo === true) await connectDemo(host);
            host.startSchedule();
            const link = served.createLink();
            output.result({ link }, () => `Open this link; it works once: ${link}`);
            if (options.open === true) output.note(openInBrowser(served.createLink()));
            output.note('Press Ctrl+C to stop.');
            await interrupted;
          } finally {
            await served.close();
          }
        } finally {
          await host.close();
        }
      }),
    );
}
