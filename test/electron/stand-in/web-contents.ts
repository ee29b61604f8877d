import { EventEmitter } from 'node:events';
import type { Frame, Page, Request, Route } from '@playwright/test';
import type * as Electron from 'electron';
import { ipc } from './ipc-main.ts';
import { answerCustom, realOrigin, toCustom } from './protocol.ts';

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** A page of the real Chromium, seen as Electron's WebContents. */
export class PageContents
  extends EventEmitter
  implements Pick<Electron.WebContents, 'send' | 'isDestroyed' | 'reload' | 'close'>
{
  readonly #frames = new Map<Frame, { readonly origin: string; readonly url: string }>();
  #page: Page | undefined;
  #openHandler: WindowOpenHandler | null = null;
  #loading = '';

  /** Joins the contents to its page, before anything is loaded. */
  async attach(page: Page): Promise<void> {
    this.#page = page;
    // The context's route also sees the first request of a window that the page opens.
    await page.context().route('**/*', (route) => this.#answer(route));
    page.on('popup', (popup) => void popup.close());
  }

  get mainFrame() {
    return this.#page === undefined ? undefined : this.frameOf(this.#page.mainFrame());
  }

  frameOf(frame: Frame): { readonly origin: string; readonly url: string } {
    const known = this.#frames.get(frame);
    if (known !== undefined) return known;
    const made = {
      get url() {
        return toCustom(frame.url());
      },
      get origin() {
        const url = URL.parse(frame.url());
        return url === null ? 'null' : toCustom(url.origin);
      },
    };
    this.#frames.set(frame, made);
    return made;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  async load(url: string): Promise<void> {
    this.#loading = url.split('#')[0] ?? url;
    await this.#page?.goto(url);
    this.#loading = '';
  }

  send(channel: string, ...args: unknown[]): void {
    void this.#page
      ?.evaluate(
        ([name, values]) => {
          const deliver = (window as unknown as Record<symbol, (channel: string, args: unknown[]) => void>)[
            Symbol.for('stand-in-deliver')
          ];
          deliver?.(name, values);
        },
        [channel, structuredClone(args)] as const,
      )
      // A page that is navigating or gone hears nothing, as in Electron.
      .catch(() => undefined);
  }

  invoked(frame: Frame, message: { channel: string; args: unknown[] }): Promise<unknown> {
    return ipc.invoked(message.channel, this.#event(frame) as unknown as Electron.IpcMainInvokeEvent, message.args);
  }

  sent(frame: Frame, message: { channel: string; args: unknown[] }): void {
    ipc.emit(message.channel, this.#event(frame), ...message.args);
  }

  #event(frame: Frame) {
    return { sender: this, senderFrame: this.frameOf(frame) };
  }

  isDestroyed(): boolean {
    return this.#page?.isClosed() ?? false;
  }

  reload(): void {
    void this.#page?.reload().catch(() => undefined);
  }

  close(): void {
    void this.#page?.close();
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    if (this.#isFromNewWindow(request)) {
      this.#openHandler?.({ url: toCustom(url) } as Electron.HandlerDetails);
      return route.abort('aborted');
    }
    if (request.isNavigationRequest() && url.split('#')[0] !== this.#loading && this.#isRefused(url, request.frame())) {
      return route.abort('aborted');
    }
    if (!url.startsWith(`${realOrigin}/`)) return route.abort('addressunreachable');
    const answer = await answerCustom(url, request.method());
    return route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  /** A window that the page opens asks before it has a frame that Playwright knows. */
  #isFromNewWindow(request: Request): boolean {
    try {
      return request.frame().page() !== this.#page;
    } catch {
      return true;
    }
  }

  #isRefused(url: string, frame: Frame): boolean {
    let refused = false;
    const event = {
      url: toCustom(url),
      preventDefault: () => {
        refused = true;
      },
    };
    if (frame === this.#page?.mainFrame()) this.emit('will-navigate', event);
    this.emit('will-frame-navigate', event);
    return refused;
  }
}
