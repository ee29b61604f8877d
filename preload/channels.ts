/** Names of the IPC channels between the desktop window and Electron's main process. */
export const channels = {
  call: 'archive:call',
  cancel: 'archive:cancel',
  event: 'archive:event',
} as const;
