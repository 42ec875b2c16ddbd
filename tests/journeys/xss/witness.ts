import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { BEACON_HOST, caseName } from '../../support/xss-cases';
import { listen } from './in-page';

/** What should never happen, with the sink that was open when it did. */
export type Sight = { readonly sink: string; readonly kind: string; readonly detail: string };

/** A server that stands for every stranger's: the browser finds it under the beacon's name. */
export async function openBeacon(): Promise<{ flag: string; calls: () => number; close: () => void }> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    flag: `--host-resolver-rules=MAP ${BEACON_HOST} 127.0.0.1:${port}`,
    calls: () => calls,
    close: () => server.close(),
  };
}

/** A browser page under watch. With `policy` off, what survived would really run; with it on, it would be reported. */
export class Witness {
  seen: Sight[] = [];
  /** What is open now. */
  sink = '';
  #page: Page | undefined;
  /** Whether the page that opens is our own. */
  #begins = false;
  private constructor(readonly context: BrowserContext) {}

  static async open(browser: Browser, own: string, cookie: string, policy: boolean): Promise<Witness> {
    const context = await browser.newContext({ bypassCSP: !policy, viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ name: 'gloss-session', value: cookie, url: own }]);
    const witness = new Witness(context);
    const tell = (kind: string, detail: string) => witness.tell(kind, detail);
    await context.exposeBinding('tell', (_source, kind: string, detail: string) => tell(kind, detail));
    await context.addInitScript(listen);
    context.on('request', (request) => {
      const url = request.url();
      const foreign = !/^(?:data|blob|about):/.test(url) && !url.startsWith(`${own}/`);
      // A picture of ours is part of the build; `src=x` of a case would ask beside the page.
      const strange =
        /image|media|object/.test(request.resourceType()) && !/\/_next\/|\/icon|\?settled/.test(url);
      if (foreign || strange) tell('request', `${request.resourceType()} ${url}`);
    });
    context.on('page', (page) => {
      if (!witness.#begins) tell('window', page.url());
    });
    context.on('dialog', (dialog) => {
      tell('dialog', dialog.message());
      void dialog.dismiss();
    });
    await witness.#begin();
    return witness;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('This witness has no page.');
    return this.#page;
  }

  async #begin(): Promise<void> {
    this.#begins = true;
    this.#page = await this.context.newPage();
    this.#begins = false;
    this.#page.setDefaultTimeout(60_000);
    this.#page.on('framenavigated', (frame) => {
      if (frame !== this.page.mainFrame()) this.tell('frame', frame.url());
    });
  }

  /** Closes what is open for an empty page. Going to one would cut off what the page still asks for, and Next then goes back to it by itself. */
  async turnAway(): Promise<void> {
    await this.page.close();
    await this.#begin();
  }

  tell(kind: string, detail: string): void {
    this.seen.push({ sink: this.sink, kind, detail: kind === 'ran' ? caseName(detail) : detail });
  }
}
