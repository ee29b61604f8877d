/** The test's questions to the desktop behind the shell, over the channel by which it forked this process. */
import type { MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import { defaultSession } from './desktop.ts';
import { state } from './state.ts';

export type Question =
  | { ask: 'state' }
  | { ask: 'permission'; permission: string; origin: string }
  | { ask: 'click-menu'; label: string }
  | { ask: 'choose-folder'; folder: string }
  | { ask: 'open-url'; url: string }
  | { ask: 'quit' };

process.on('message', ({ id, question }: { id: number; question: Question }) => {
  process.send?.({ id, answer: answer(question) });
});

function answer(question: Question): unknown {
  switch (question.ask) {
    case 'state':
      return JSON.parse(JSON.stringify(state)) as unknown;
    case 'permission':
      return permission(question.permission, question.origin);
    case 'click-menu':
      return clickMenu(state.menu, question.label);
    case 'choose-folder':
      state.folders.push(question.folder);
      return true;
    case 'open-url':
      app.emit('open-url', { preventDefault: () => undefined }, question.url);
      return true;
    case 'quit':
      setImmediate(() => app.quit());
      return true;
  }
}

function permission(name: string, origin: string) {
  let requested = true;
  defaultSession.request?.(null as never, name as never, (granted) => (requested = granted), {
    requestingUrl: `${origin}/`,
  } as never);
  const checked = defaultSession.check?.(null, name as never, origin, {} as never) ?? true;
  const device = defaultSession.device?.({} as never) ?? true;
  return { requested, checked, device };
}

function clickMenu(items: readonly MenuItemConstructorOptions[], label: string): boolean {
  for (const item of items) {
    if (item.label === label && item.click !== undefined) {
      item.click(undefined as never, undefined, undefined as never);
      return true;
    }
    if (Array.isArray(item.submenu) && clickMenu(item.submenu, label)) return true;
  }
  return false;
}
