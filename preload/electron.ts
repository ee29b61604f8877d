import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Bridge } from './bridge.ts';
import { channels } from './channels.ts';
import type { ArchiveEvent, CallName, Input, Output } from './contract.ts';
import type { Reply } from './envelope.ts';

/**
 * The bridge of the desktop window: three functions over three fixed channels. Nothing of Electron is passed on, not
 * even its event objects. Main checks the sender and parses every input; this file trusts nobody and decides nothing.
 */
const bridge: Bridge = {
  host: 'electron',
  call<N extends CallName>(name: N, input: Input<N>, callId: string): Promise<Reply<Output<N>>> {
    return ipcRenderer.invoke(channels.call, name, input, callId) as Promise<Reply<Output<N>>>;
  },
  cancel(callId) {
    ipcRenderer.send(channels.cancel, callId);
  },
  subscribe(listener) {
    const forward = (_event: IpcRendererEvent, event: ArchiveEvent) => listener(event);
    ipcRenderer.on(channels.event, forward);
    return () => void ipcRenderer.off(channels.event, forward);
  },
};

contextBridge.exposeInMainWorld('archive', bridge);
