import type { ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Site, startSite } from '../support/sites';
import { articleOf } from './person';
import { ask, startWorkspace, stopWorkspace, type Workspace } from './workspace';

/** As strict as a page's policy can be: it may load nothing, send nothing and make no script of text. */
const POLICY =
  "default-src 'none'; script-src 'nonce-own'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-src 'none'; require-trusted-types-for 'script'";
const WORDS = 'The minister knew of the cracks in May, three letters show.';
const HOSTILE = '<img src=x onerror="window.ran = 1">';
/** What only a browser can see: the text is written by script. */
const STORY = `<!doctype html><title>${HOSTILE.replaceAll('<', '&lt;')} A story</title><body><main></main><script nonce="own">
  const main = document.querySelector('main');
  const add = (name, text) => main.appendChild(document.createElement(name)).textContent = text;
  add('h1', 'Letters on the bridge');
  for (let at = 0; at < 6; at += 1) add('p', 'Paragraph ' + at + ' says what stands in letter number ' + at + ', and who has read it, at some length.');
  add('p', ${JSON.stringify(WORDS)});
  main.appendChild(document.createElement('input')).setAttribute('value', 'hidden-token');
</script>`;
/** A site that acts alone: it opens our page and sends what nobody asked for, as if it were another site. */
const ATTACK = `<!doctype html><title>Attack</title><body><p>x</p><script nonce="own">
  window.attack = (gloss) => {
    const tab = (window.tab = open(gloss + '/clip#page'));
    addEventListener('message', () => tab.postMessage({ gloss: 'page', html: '<p>x</p>', url: 'https://bank.example/', title: 'Bank' }, gloss));
  };
</script>`;

let workspace: Workspace;
let site: Site;
beforeAll(async () => {
  const answer = (response: ServerResponse, body: string, headers: object = {}) =>
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY, ...headers })
      .end(body);
  [workspace, site] = await Promise.all([
    startWorkspace(),
    startSite((request, response) => {
      if (request.url === '/story') answer(response, STORY);
      else if (request.url === '/apart')
        answer(response, STORY, { 'cross-origin-opener-policy': 'same-origin' });
      else answer(response, ATTACK);
    }),
  ]);
}, 240_000);
afterAll(async () => {
  await site?.close();
  await stopWorkspace(workspace);
});

/** Opens an address as a press in the bookmarks bar does: asked for by the browser, not by the page. */
async function press(page: Page, bookmark: string) {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.navigate', { url: bookmark });
}

async function shoot(page: Page, name: string) {
  const shots = process.env.GLOSS_SHOTS;
  for (const scheme of shots ? (['light', 'dark'] as const) : [])
    for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png`, fullPage: true });
    }
}

describe('Sending the page one reads', { timeout: 120_000 }, () => {
  it('brings in what only this browser sees, with what is selected, after two presses on our own page', async () => {
    const { owner, program, projectId } = workspace;
    const gloss = owner.page;
    const sources = async () =>
      (await ask<{ items: { title: string }[] }>(owner, program, 'get', `/api/projects/${projectId}/sources`))
        .items;
    const before = await sources();
    await gloss.goto(`${program.url}/clip?project=${projectId}`);
    const field = gloss.getByLabel('Address of the bookmark');
    await field.and(gloss.locator('[value^="javascript:"]')).waitFor();
    const bookmark = await field.inputValue();
    expect(await gloss.getByRole('link', { name: 'Send to Gloss' }).getAttribute('href')).toBe(bookmark);
    await shoot(gloss, 'clip-setup');

    const paper = await owner.context.newPage();
    const said: string[] = [];
    paper.on('dialog', (dialog) => {
      said.push(dialog.message());
      void dialog.accept();
    });
    await paper.goto(`http://${site.host}/story`);
    await paper.getByText(WORDS).evaluate((node) => getSelection()?.selectAllChildren(node));
    let opened = owner.context.waitForEvent('page');
    await press(paper, bookmark);
    let tab = await opened;
    await tab.getByRole('heading', { name: 'Bring this page in?' }).waitFor();
    await tab.getByText(`http://${site.host}/story`, { exact: true }).waitFor();
    await tab.getByText(`${HOSTILE} A story`, { exact: true }).waitFor();
    await tab.getByText(`“${WORDS}”`, { exact: true }).waitFor();
    expect(await sources()).toEqual(before);
    await shoot(tab, 'clip-ask');
    await tab.getByRole('button', { name: 'Read it' }).click();
    await tab.getByText('Becomes a quote:').waitFor();
    expect(await sources()).toEqual(before);
    await tab.getByLabel('Title').fill('Sent from the paper');
    await shoot(tab, 'clip-look');
    await tab.getByRole('button', { name: 'Save and open it' }).click();
    await articleOf(tab).getByText(WORDS).waitFor();
    await tab.getByText('Marks saved').waitFor({ state: 'attached' });
    expect(await tab.evaluate(() => [window.opener, 'ran' in window])).toEqual([null, false]);
    const marks = await ask<{ items: { motivation: string; selector: [unknown, { exact: string }] }[] }>(
      owner,
      program,
      'get',
      `/api/projects/${projectId}/annotations?source=${new URL(tab.url()).pathname.split('/').at(-1)}`,
    );
    expect(marks.items.map(({ motivation, selector }) => [motivation, selector[1].exact])).toEqual([
      ['quoting', WORDS],
    ]);
    await tab.close();

    // A site that speaks for another one is refused, and nothing is read or stored of what it sent.
    const after = await sources();
    expect(after.length).toBe(before.length + 1);
    await paper.goto(`http://${site.host}/attack`);
    opened = owner.context.waitForEvent('page');
    await paper.evaluate(
      (address) => (window as unknown as { attack(to: string): void }).attack(address),
      program.url,
    );
    tab = await opened;
    await tab.getByText('The page says that it stands at bank.example').waitFor();
    expect(await tab.getByRole('button', { name: 'Read it' }).count()).toBe(0);
    expect(await sources()).toEqual(after);
    // What is opened from there is no longer in the hands of that site.
    const isHeld = () => paper.evaluate(() => !(window as unknown as { tab: Window }).tab.closed);
    expect(await isHeld()).toBe(true);
    await tab.getByRole('link', { name: 'Gloss', exact: true }).click();
    await tab.getByRole('heading', { name: 'Projects' }).waitFor();
    expect(await isHeld()).toBe(false);
    await tab.close();

    // A site that shares no window says so, instead of leaving whoever pressed to wait.
    await paper.goto(`http://${site.host}/apart`);
    expect(said).toEqual([]);
    await press(paper, bookmark);
    await expect.poll(() => said).toEqual([expect.stringContaining('cuts itself off')]);
    expect(await sources()).toEqual(after);
    expect(owner.faults).toEqual([]);
  });
});
