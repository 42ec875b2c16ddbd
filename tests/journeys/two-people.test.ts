import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { type Program, startProgram } from '../support/program';
import {
  articleOf,
  newPerson,
  openBringIn,
  type Person,
  saveSource,
  scrollToWords,
  selectWords,
  signInByLink,
} from './person';

const INPUTS = fileURLToPath(new URL('../../../shared/inputs', import.meta.url));
/** Our own story, for a machine without the shared inputs. */
const STORY = `Harbour bridge closes for a winter of repairs

The bridge over the old harbour will close for four months, the port authority said on Monday.

“We would rather close it now than explain later why we did not,” said Hanne Lund, who runs the authority.

Engineers found cracks in two of the nine piers in September, according to a report that the city has not published.

Popular in the Community

What's Hot`;
const PASTED = existsSync(INPUTS) ? readFileSync(join(INPUTS, 'article.txt'), 'utf8') : STORY;
const WORDS = existsSync(INPUTS) ? 'We need to take away children' : 'We would rather close it now';
const OTHER_WORDS = existsSync(INPUTS)
  ? 'a single-minded focus on increasing prosecutions'
  : 'cracks in two of the nine piers';
const SAVED_PAGE = existsSync(INPUTS)
  ? join(INPUTS, 'pages/aclu/source.html')
  : fileURLToPath(new URL('../support/saved-page.html', import.meta.url));

let dataDir: string;
let program: Program;
let browser: Browser;
let site: Server;
let siteUrl: string;
let ana: Person;
let ben: Person;
let projectUrl: string;
let sourceUrl: string;
const environment: Record<string, string> = {};

beforeAll(async () => {
  site = createServer((_, response) => {
    const paragraphs = STORY.split('\n\n').map((text) => `<p>${text}</p>`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Harbour bridge</title><main><article><h1>Harbour bridge</h1>${paragraphs.join('').repeat(2)}</article></main></html>`,
    );
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  const { port } = site.address() as AddressInfo;
  siteUrl = `http://127.0.0.1:${port}/bridge`;
  dataDir = mkdtempSync(join(tmpdir(), 'gloss-journey-'));
  Object.assign(environment, { GLOSS_DATA_DIR: dataDir, GLOSS_TEST_IMPORT_HOSTS: `127.0.0.1:${port}` });
  program = await startProgram(environment);
  browser = await launchBrowser();
  ana = await newPerson(browser);
  ben = await newPerson(browser);
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  site?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('two people and a story', { timeout: 90_000 }, () => {
  it('the link in the terminal signs the first person in, once, into a project that is alive', async () => {
    await signInByLink(ana.page, program.link as string);
    await ana.page
      .getByRole('link', { name: /Draft audit says/ })
      .first()
      .waitFor();
    projectUrl = new URL(ana.page.url().replace(/\/projects$/, ''), program.url).href;
    const again = await newPerson(browser);
    await again.page.goto(program.link as string);
    await again.page.getByRole('button', { name: /sign in/i }).click();
    await again.page.getByText(/used already/).waitFor();
    await again.context.close();
  });

  it('a pasted text comes in with its title found and its page furniture left out', async () => {
    await openBringIn(ana.page, projectUrl);
    await ana.page.getByLabel('The text').fill(PASTED);
    await ana.page.getByRole('button', { name: 'Read it' }).click();
    const title = PASTED.split('\n')[0] as string;
    await expect.poll(() => ana.page.getByLabel('Title', { exact: true }).inputValue()).toBe(title);
    expect(await ana.page.getByRole('checkbox').isChecked()).toBe(true);
    sourceUrl = await saveSource(ana.page);
    const text = await articleOf(ana.page).innerText();
    expect(text).toContain(WORDS);
    expect(text).not.toContain('Popular in the Community');
  });

  it('a saved page comes in as a file, a page of the web by its address', async () => {
    await openBringIn(ana.page, projectUrl);
    await ana.page.getByRole('tab', { name: 'File' }).click();
    await ana.page.locator('input[type=file]').setInputFiles(SAVED_PAGE);
    await saveSource(ana.page);
    expect((await articleOf(ana.page).innerText()).length).toBeGreaterThan(500);
    await openBringIn(ana.page, projectUrl);
    await ana.page.getByRole('tab', { name: 'From an address' }).click();
    await ana.page.getByLabel('Address of the page').fill('http://192.168.0.1/intranet');
    await ana.page.getByRole('button', { name: 'Read it' }).click();
    await ana.page.getByText(/not public/i).waitFor();
    expect(await ana.page.getByLabel('Address of the page').inputValue()).toBe('http://192.168.0.1/intranet');
    await ana.page.getByLabel('Address of the page').fill(siteUrl);
    await ana.page.getByRole('button', { name: 'Read it' }).click();
    await saveSource(ana.page);
    expect(await articleOf(ana.page).innerText()).toContain('cracks in two of the nine piers');
  });

  it('an invitation link lets a second person in', async () => {
    await ana.page.goto(`${projectUrl}/members`);
    await ana.page.getByRole('button', { name: /Role/ }).last().click();
    await ana.page.getByRole('option', { name: /^editor/i }).click();
    await ana.page.getByRole('button', { name: /Make (a|the) link|Make an invitation/ }).click();
    const shown = ana.page.getByLabel(/^Invitation link for the role/);
    await shown.waitFor();
    const link = await shown.evaluate((field) =>
      'value' in field ? String(field.value) : (field.textContent ?? ''),
    );
    await ben.page.goto(link.trim());
    await ben.page.getByLabel('Your name').fill('Ben Ito');
    await ben.page.getByLabel('E-mail').fill('ben@example.org');
    await ben.page.getByLabel('Password').fill('a long enough password');
    await ben.page.getByRole('button', { name: /Sign up|Join/ }).click();
    await ben.page.waitForURL(/\/projects\/[0-9a-f-]{36}/);
  });

  it('a mark is painted at once, and the other person sees it soon, without anything moving', async () => {
    await ana.page.goto(sourceUrl);
    await ben.page.goto(sourceUrl);
    await articleOf(ben.page).waitFor();
    await ben.page.getByText('Saved', { exact: true }).waitFor();
    await scrollToWords(ben.page, WORDS);
    const top = () => articleOf(ben.page).evaluate((root) => root.getBoundingClientRect().top);
    const before = await top();
    await selectWords(ana.page, WORDS);
    await ana.page.keyboard.press('q');
    await ana.page.getByRole('combobox', { name: 'Who says it?' }).fill('Jeff Sessions');
    await ana.page.keyboard.press('Control+Enter');
    const sent = Date.now();
    const card = ben.page.getByRole('article', { name: /^Quote by/ }).first();
    await card.waitFor();
    expect(Date.now() - sent).toBeLessThan(3_000);
    expect(await card.innerText()).toContain('Jeff Sessions');
    expect(await top()).toBe(before);
    await expect.poll(() => ben.page.evaluate(() => CSS.highlights.size)).toBeGreaterThan(0);
  });

  it('a claim by the other person comes back, and deleting it can be undone', async () => {
    await selectWords(ben.page, OTHER_WORDS);
    await ben.page.keyboard.press('c');
    await ben.page.keyboard.press('Control+Enter');
    const card = ana.page.getByRole('article', { name: 'Claim by Ben Ito' });
    await scrollToWords(ana.page, OTHER_WORDS);
    await card.waitFor();
    await ben.page.getByRole('article', { name: 'Claim by Ben Ito' }).getByRole('button').first().click();
    await ben.page.getByRole('button', { name: /^Delete/ }).click();
    await card.waitFor({ state: 'detached' });
    await ben.page.getByText('Undo', { exact: true }).click();
    await card.waitFor();
  });

  it('both write in one note, and what both typed stands there for both', async () => {
    const note = (person: Person) => person.page.locator('.ProseMirror');
    await note(ana).click();
    await ana.page.keyboard.type('Ana writes first. ');
    await note(ben).getByText('Ana writes first.').waitFor();
    await note(ben).click();
    await ben.page.keyboard.press('Control+End');
    await Promise.all([
      ben.page.keyboard.type('Ben goes on here.', { delay: 20 }),
      ana.page.keyboard.type('And so does Ana.', { delay: 20 }),
    ]);
    const read = async (person: Person) => (await note(person).innerText()).replace(/\s+/g, ' ');
    await expect.poll(async () => (await read(ana)).length, { timeout: 10_000 }).toBeGreaterThan(45);
    // Letters typed at one place at one time may stand in either order; none is lost.
    const letters = (text: string) => [...text.replace(/[^A-Za-z.]/g, '')].sort().join('');
    const said = letters('Ana writes first. Ben goes on here. And so does Ana.');
    await expect
      .poll(async () => letters(await ben.page.evaluate(plainNote)), { timeout: 10_000 })
      .toBe(said);
    await expect
      .poll(async () => letters(await ana.page.evaluate(plainNote)), { timeout: 10_000 })
      .toBe(said);
  });

  it('a quote chip leads to its passage, changes with its mark, and the mark leads back', async () => {
    await scrollToWords(ana.page, WORDS);
    await scrollToWords(ben.page, WORDS);
    await ana.page
      .getByRole('article', { name: /^Quote by/ })
      .first()
      .getByRole('button')
      .first()
      .click();
    await ana.page.getByRole('button', { name: /Put in (the )?note/ }).click();
    const chip = ben.page.locator('.ProseMirror .quote-chip').first();
    await chip.waitFor();
    expect(await chip.innerText()).toContain('Jeff Sessions');
    await expect
      .poll(() => ben.page.getByRole('img', { name: 'In a note' }).count(), { timeout: 15_000 })
      .toBeGreaterThan(0);
    await chip.click();
    await expect
      .poll(() => ben.page.evaluate(() => [...CSS.highlights.keys()]), { timeout: 5_000 })
      .toContain('gloss-active');
  });

  it('a reload and a restart of the program lose nothing', async () => {
    await expect.poll(() => ana.page.getByText('Saved', { exact: true }).count()).toBeGreaterThan(0);
    const before = (await ana.page.evaluate(plainNote)) as string;
    await ana.page.reload();
    await expect.poll(() => ana.page.evaluate(plainNote), { timeout: 15_000 }).toBe(before);
    const { port } = new URL(program.url);
    await program.stop();
    program = await startProgram({ ...environment, PORT: port });
    expect(program.link).toBeNull();
    await ben.page.reload();
    await expect.poll(() => ben.page.evaluate(plainNote), { timeout: 15_000 }).toBe(before);
    await articleOf(ben.page).waitFor();
    await scrollToWords(ben.page, OTHER_WORDS);
    await ben.page.getByRole('article', { name: 'Claim by Ben Ito' }).waitFor();
    await scrollToWords(ben.page, WORDS);
    await ben.page
      .getByRole('article', { name: /^Quote by/ })
      .first()
      .waitFor();
  });

  it('no page of the journey reported an error', () => {
    const ofRestart = /WebSocket|ERR_CONNECTION|Failed to fetch/;
    expect([...ana.faults, ...ben.faults].filter((fault) => !ofRestart.test(fault))).toEqual([]);
  });
});

/** The words of the open note, without carets and their names. Runs in the page. */
function plainNote(): string {
  const copy = document.querySelector('.ProseMirror')?.cloneNode(true) as HTMLElement | undefined;
  for (const caret of copy?.querySelectorAll('[class*=caret], [class*=cursor]') ?? []) caret.remove();
  return copy?.textContent?.replace(/[\u2060\u200b\ufeff]/g, '') ?? '';
}
