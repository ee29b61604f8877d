import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { channels } from '../../preload/channels.ts';
import { fail, type Reply } from '../../preload/envelope.ts';
import { ArchiveError, toErrorValue } from '../../preload/errors.ts';
import type { Host } from '../host/host.ts';
import { appOrigin } from './app-origin.ts';

/**
 * The one gate between page and host. The sender must be the main frame of our window, showing our page.
 * @returns a function that takes the window's contents away from the gate when the window closes
 */
export function connectIpc(ipcMain: IpcMain, host: Host, contents: () => WebContents | null): () => void {
  // `senderFrame` may be null or detached after an await: it is read at once, in the handler's first line.
  const isOurs = (event: IpcMainInvokeEvent | IpcMainEvent): boolean => {
    const frame = event.senderFrame;
    const page = contents();
    return (
      frame !== null && page !== null && event.sender === page && frame === page.mainFrame && frame.origin === appOrigin
    );
  };

  ipcMain.handle(channels.call, (event, name: unknown, input: unknown, callId: unknown): Promise<Reply<unknown>> => {
    if (!isOurs(event)) return Promise.resolve(refusal());
    return host.call(name, input, { callId: typeof callId === 'string' ? callId.slice(0, 100) : undefined });
  });
  const onCancel = (event: IpcMainEvent, callId: unknown) => {
    if (isOurs(event) && typeof callId === 'string') host.cancel(callId);
  };
  ipcMain.on(channels.cancel, onCancel);
  const unsubscribe = host.subscribe((archiveEvent) => {
    const page = contents();
    if (page !== null && !page.isDestroyed()) page.send(channels.event, archiveEvent);
  });

  return () => {
    ipcMain.removeHandler(channels.call);
    ipcMain.off(channels.cancel, onCancel);
    unsubscribe();
  };
}

function refusal(): Reply<never> {
  return fail(toErrorValue(new ArchiveError('unauthorised-caller', "Only the app's own window may ask this.")));
}
