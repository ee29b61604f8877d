/** `node --import` this file in a forked child: it then sees what a child of utilityProcess sees. */
const send = process.send?.bind(process);
delete process.send;

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage: (message: unknown) => {
      if (process.connected) send?.(message, () => undefined);
    },
    on(event: 'message' | 'close', listener: (value: unknown) => void) {
      if (event === 'message') process.on('message', (data) => listener({ data }));
      else process.on('disconnect', () => listener(undefined));
    },
  },
});
