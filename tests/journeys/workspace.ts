import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '@/lib/access/roles';
import type { Annotation } from '@/lib/annotations/annotation';
import { launchBrowser } from '../support/browser';
import type { Program } from '../support/program';
import { startOnTestDatabase } from '../support/program-on-test-database';
import { articleOf, newPerson, type Person, signInByLink } from './person';

/** Four paragraphs of one sentence or two, each in one piece, so that every test has words of its own. */
export const PARAGRAPHS = [
  'The harbour bridge will close for four months, the port authority said on Monday.',
  'We would rather close it now than explain later why we did not, said Hanne Lund. She runs the authority.',
  'Engineers found cracks in two of the nine piers in September. The city has not published their report.',
  'Ferries will run every ten minutes at first. Fishermen say the timetable leaves them no room to land.',
] as const;

/** The running program with its first person at a wide page, and the sample's project to work in. */
export type Workspace = {
  readonly program: Program;
  readonly browser: Browser;
  readonly owner: Person;
  readonly projectId: string;
};

/** Starts the program and signs its first person in. */
export async function startWorkspace(environment: Record<string, string> = {}): Promise<Workspace> {
  const [program, browser] = await Promise.all([startOnTestDatabase(environment), launchBrowser()]);
  const owner = await newPerson(browser);
  owner.page.setDefaultTimeout(60_000);
  await signInByLink(owner.page, program.link as string);
  const { items } = await ask<{ items: { id: string }[] }>(owner, program, 'get', '/api/projects');
  return { program, browser, owner, projectId: items[0]?.id as string };
}

export async function stopWorkspace(workspace: Workspace | undefined): Promise<void> {
  await workspace?.browser.close();
  await workspace?.program.stop();
}

/** Calls the API with a person's cookies, as their page does. */
export async function ask<T>(
  person: Person,
  program: Program,
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  data?: unknown,
): Promise<T> {
  const headers = { origin: program.url };
  // A line that was kept open may be closed by the server in the very moment it is used again.
  const response = await person.context.request[method](program.url + path, { headers, data, maxRetries: 2 });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Lets a person into the project by an invitation, with an account of their own, and signs them in. */
export async function joinAs(
  { program, browser, owner, projectId }: Workspace,
  name: string,
  role: Exclude<Role, 'owner'>,
  options: { width?: number; height?: number } = {},
): Promise<Person> {
  const person = await newPerson(browser, options);
  person.page.setDefaultTimeout(60_000);
  const path = `/api/projects/${projectId}/invitations`;
  const { url } = await ask<{ url: string }>(owner, program, 'post', path, { role });
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const password = 'a long enough password';
  const invitation = new URL(url).hash.slice(1);
  await ask(person, program, 'post', '/api/accounts', { invitation, name, email, password });
  const { csrfToken } = await ask<{ csrfToken: string }>(person, program, 'get', '/api/auth/csrf');
  const form = { csrfToken, email, password, json: 'true' };
  const headers = { origin: program.url };
  await person.context.request.post(`${program.url}/api/auth/callback/credentials`, { form, headers });
  return person;
}

/** Brings in a source of our own without marks; answers its page. */
export async function newSource({ program, owner, projectId }: Workspace, title: string): Promise<string> {
  const path = `/api/projects/${projectId}/sources`;
  const data = { title, text: PARAGRAPHS.join('\n\n') };
  const { id } = await ask<{ id: string }>(owner, program, 'post', path, data);
  return `${program.url}/projects/${projectId}/sources/${id}`;
}

/** Opens a source and waits until it is live: its text stands, marks and note are saved. */
export async function openSource(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' });
  await articleOf(page).getByText(PARAGRAPHS[0].slice(0, 30)).waitFor();
  await page.getByText('Marks saved').waitFor({ state: 'attached' });
}

/** The marks of a source as they are stored. */
export async function storedMarks(
  { program, owner, projectId }: Workspace,
  url: string,
): Promise<Annotation[]> {
  const sourceId = new URL(url).pathname.split('/').at(-1);
  const path = `/api/projects/${projectId}/annotations?source=${sourceId}&limit=100`;
  return (await ask<{ items: Annotation[] }>(owner, program, 'get', path)).items;
}

/** Waits until exactly these marks are stored, each given as its kind and words. */
export async function expectMarks(workspace: Workspace, url: string, expected: string[]): Promise<void> {
  const sentences = async () =>
    (await storedMarks(workspace, url)).map(({ motivation, selector }) => {
      const quote = selector.find(({ type }) => type === 'TextQuoteSelector') as { exact: string };
      return `${motivation}: ${quote.exact}`;
    });
  await expect.poll(async () => (await sentences()).sort(), { timeout: 30_000 }).toEqual(expected.sort());
}

/** The words of the open note, without other people's carets. */
export function noteWords(page: Page): Promise<string> {
  return page.locator('.note-text').evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.note-caret')) caret.remove();
    return (copy.textContent ?? '').replace(/[\u2060\u200b\ufeff]/g, '');
  });
}

/** Waits until the note beside the article can be written in, and puts the caret at its end. */
export async function enterNote(page: Page): Promise<void> {
  // Not by a click: it could land on a chip, which leads away to its passage.
  await page.locator('.note-text[contenteditable="true"]').focus();
  await page.keyboard.press('Control+End');
}

/** A context as a telephone has it: narrow, with touch and no mouse. */
export const TELEPHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** Selects words of the article as the handles of a touch selection do: without any pointer the page hears of. */
export async function selectByHandles(page: Page, words: string): Promise<void> {
  await articleOf(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = (node as Text).data.indexOf(wanted);
      if (at === -1) continue;
      (node.parentElement as Element).scrollIntoView({ block: 'center', behavior: 'instant' });
      document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`The article does not say “${wanted}” in one piece`);
  }, words);
  await page.getByRole('toolbar', { name: 'Mark the passage' }).waitFor();
}
