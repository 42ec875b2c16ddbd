import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { type TestDatabase, testDatabase } from '../support/database';
import { type Program, startProgram } from '../support/program';
import { environmentOn } from '../support/program-on-test-database';
import { articleOf, newPerson, type Person, selectWords, signInByLink } from './person';

/** A busy machine is given its time. */
const SOON = { timeout: 40_000 };
/** Each stands in the article once, in one piece. */
const WORDS = ['the harbour closes', 'nobody was asked', 'the ferry stays', 'boats wait outside'] as const;
const TEXT = `What the port decided\n\nOn Monday ${WORDS[0]} for repairs.\n\nPeople said ${WORDS[1]} before.\n\nFor now ${WORDS[2]} in service.\n\nAt night ${WORDS[3]} for the tide.\n\n${'The rest of the story is long and says little. '.repeat(120)}`;

let database: TestDatabase;
let program: Program;
let browser: Browser;
let ana: Person;
let ben: Person;
let cleo: Person;
let projectId: string;
let sourceUrl: string;
let environment: Record<string, string>;

beforeAll(async () => {
  database = await testDatabase();
  environment = environmentOn(database);
  [program, browser] = await Promise.all([startProgram(environment), launchBrowser()]);
  // After a restart it has to be found where it was.
  environment.PORT = new URL(program.url).port;
  ana = await newPerson(browser);
  ana.page.setDefaultTimeout(SOON.timeout);
  await signInByLink(ana.page, program.link as string);
  const { items } = await ask<{ items: { id: string }[] }>(ana, 'get', '/api/projects');
  projectId = items[0]?.id as string;
  const { id } = await ask<{ id: string }>(ana, 'post', `/api/projects/${projectId}/sources`, {
    title: 'What the port decided',
    text: TEXT,
  });
  sourceUrl = `${program.url}/projects/${projectId}/sources/${id}`;
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await database?.end();
});

async function ask<T>(
  person: Person,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  data?: unknown,
) {
  const headers = { origin: program.url };
  const response = await person.context.request[method](program.url + path, { headers, data });
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as T;
}

type Stored = { motivation: string; body: { value: string } | null; selector: { exact?: string }[] };
async function storedMarks(): Promise<string[]> {
  const sourceId = sourceUrl.split('/').at(-1);
  const path = `/api/projects/${projectId}/annotations?source=${sourceId}&limit=100`;
  const { items } = await ask<{ items: Stored[] }>(ana, 'get', path);
  return items
    .map(({ motivation, body, selector }) =>
      [motivation, selector.find(({ exact }) => exact)?.exact, body?.value].filter(Boolean).join(': '),
    )
    .sort();
}

/** Opens the source and waits until all of it is live and kept on the machine. */
async function openSource(page: Page): Promise<void> {
  await page.goto(sourceUrl);
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByText('Marks saved').waitFor({ state: 'attached' });
  await expect.poll(() => page.evaluate(isReadyForOffline), SOON).toEqual({ shell: true, source: true });
}

/** Whether a reload without the server would find the program, and this source. Runs in the page. */
async function isReadyForOffline() {
  const shell = (await caches.match('/offline')) !== undefined && navigator.serviceWorker.controller !== null;
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done, fail) => {
    open.onsuccess = () => done(open.result);
    open.onerror = () => fail(open.error);
  });
  const rows = db.transaction('sources').objectStore('sources').count();
  const count = await new Promise<number>((done) => {
    rows.onsuccess = () => done(rows.result);
  });
  db.close();
  return { shell, source: count > 0 };
}

/** Waits until the machine has written down all that the open note says waits. Nobody reloads within such a moment. */
async function whenWritten(page: Page): Promise<void> {
  const shown = async () =>
    Number(/\d+/.exec(await page.locator('.note-state-text').innerText())?.[0] ?? Number.NaN);
  await expect
    .poll(async () => (await page.evaluate(waitingCounts)).includes(await shown()), SOON)
    .toBe(true);
}

/** How much the machine says waits, note by note. Runs in the page. */
async function waitingCounts(): Promise<number[]> {
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done) => {
    open.onsuccess = () => done(open.result);
  });
  const rows = db.transaction('notes').objectStore('notes').getAll();
  await new Promise((done) => {
    rows.onsuccess = done;
  });
  db.close();
  return (rows.result as { waiting: number }[]).map(({ waiting }) => waiting);
}

/** What is read of a note's facts from here on is as it was, but comes after the event `read-on`. Runs in the page. */
function readSlowly(): void {
  const readOn = new Promise((done) => addEventListener('read-on', done));
  const get = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function (key) {
    const request = get.call(this, key);
    if (key !== 'saved') return request;
    const listen = request.addEventListener.bind(request);
    request.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) =>
      listen(type, (event) => {
        void readOn.then(() => typeof listener === 'function' && listener(event));
      });
    return request;
  };
}

/** How many changes wait by the notes' own databases, one number an id. Runs in the page. */
async function countsOnMachine(): Promise<number[]> {
  const counts: number[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('gloss-note:')) continue;
    const open = indexedDB.open(name);
    await new Promise((done) => {
      open.onsuccess = done;
    });
    const rows = open.result
      .transaction('custom')
      .objectStore('custom')
      .getAll(IDBKeyRange.bound('own/', 'own/~'));
    await new Promise((done) => {
      rows.onsuccess = done;
    });
    open.result.close();
    counts.push(...(rows.result as number[]));
  }
  return counts;
}

const noteOf = (page: Page) => page.locator('.ProseMirror');
const noteText = async (page: Page) => (await page.evaluate(plainNote)).trim();

/** The words of the open note, without other people's carets. Runs in the page. */
function plainNote(): string {
  const copy = document.querySelector('.ProseMirror')?.cloneNode(true) as HTMLElement | undefined;
  for (const caret of copy?.querySelectorAll('.note-caret') ?? []) caret.remove();
  return copy?.textContent?.replace(/[\u2060\u200b\ufeff]/g, '') ?? '';
}

async function claim(page: Page, words: string, says: string): Promise<void> {
  await selectWords(page, words);
  await page.keyboard.press('c');
  await page.getByRole('textbox').last().fill(says);
  await page.keyboard.press('Control+Enter');
  await page
    .getByRole('article', { name: /^Claim by/ })
    .filter({ hasText: says })
    .waitFor();
}

async function highlight(page: Page, words: string): Promise<void> {
  await selectWords(page, words);
  await page.keyboard.press('h');
}

describe('without a connection', { timeout: 180_000 }, () => {
  it('what is typed and marked while the server is away waits, counted, also after a reload', async () => {
    const { page } = ana;
    await openSource(page);
    await noteOf(page).click();
    await page.keyboard.type('Before. ');
    await page.getByText('Saved', { exact: true }).waitFor();
    await program.stop('SIGKILL');
    await page.getByText(/^No connection\./).waitFor();
    await noteOf(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('While it was away.');
    await highlight(page, WORDS[0]);
    await claim(page, WORDS[1], 'They were told, not asked');
    await page.locator('.note-state', { hasText: 'Offline, 18 changes wait' }).waitFor();
    await page.getByText('Offline, 20 changes wait').waitFor();
    await whenWritten(page);

    await page.reload();
    await articleOf(page).getByText(WORDS[0]).waitFor();
    await expect.poll(() => noteText(page), SOON).toBe('Before. While it was away.');
    await page
      .getByRole('article', { name: /^Claim by/ })
      .filter({ hasText: 'They were told' })
      .waitFor();
    await expect.poll(() => page.evaluate(() => CSS.highlights.size), SOON).toBeGreaterThan(0);
    await page.locator('.note-state', { hasText: 'Offline, 18 changes wait' }).waitFor();
    await page.getByText('Offline, 20 changes wait').waitFor();
    await noteOf(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' And after.');
    await highlight(page, WORDS[2]);
    await page.getByText('Offline, 32 changes wait').waitFor();
    await whenWritten(page);
  });

  it('a note is started while the server is away, and is there after a reload', async () => {
    const page = await ana.context.newPage();
    await page.goto(`${program.url}/projects/${projectId}/notes`);
    await page.getByRole('button', { name: 'Start a note' }).first().click();
    await page.waitForURL(/\/notes\/[0-9a-f-]{36}$/, SOON);
    await noteOf(page).click();
    await page.keyboard.type('Made without a server');
    await whenWritten(page);
    await page.reload();
    await expect.poll(() => noteText(page), SOON).toBe('Made without a server');
    // Left closed: another page of the same person sends it.
    await page.close();
  });

  it('a second tab of the same person shows it too, and on return all of it arrives once', async () => {
    const second = await ana.context.newPage();
    await second.goto(sourceUrl);
    await expect.poll(() => noteText(second), SOON).toBe('Before. While it was away. And after.');
    await second
      .getByText(/^Offline, \d+ changes wait$/)
      .first()
      .waitFor();
    const sent: string[] = [];
    ana.context.on('response', (response) => {
      const request = response.request();
      if (request.method() === 'POST' && request.url().endsWith('/annotations') && response.ok())
        sent.push((request.postDataJSON() as { id: string }).id);
    });
    // A machine that is slower than the server: what one tab reads of the other comes when all is saved already.
    await second.evaluate(readSlowly);
    program = await startProgram(environment);
    for (const page of [ana.page, second]) {
      await page.getByText('Saved', { exact: true }).waitFor(SOON);
      await page.getByText('Marks saved').waitFor({ state: 'attached', ...SOON });
    }
    await second.evaluate(() => dispatchEvent(new Event('read-on')));
    await expect
      .poll(async () => new Set(await second.evaluate(countsOnMachine)), SOON)
      .toEqual(new Set([0]));
    for (const page of [ana.page, second]) await page.getByText('Saved', { exact: true }).waitFor(SOON);
    await expect
      .poll(storedMarks, SOON)
      .toEqual([
        `claiming: ${WORDS[1]}: They were told, not asked`,
        `highlighting: ${WORDS[2]}`,
        `highlighting: ${WORDS[0]}`,
      ]);
    expect([new Set(sent).size, sent.length]).toEqual([3, 3]);
    const excerpts = async () => {
      const path = `/api/projects/${projectId}/notes`;
      const { items } = await ask<{ items: { excerpt: string }[] }>(ana, 'get', path);
      return items.map(({ excerpt }) => excerpt).join('\n');
    };
    await expect.poll(excerpts, SOON).toContain('Made without a server');
    const third = await newPerson(browser);
    await third.context.addCookies(await ana.context.cookies());
    await third.page.goto(sourceUrl);
    await expect.poll(() => noteText(third.page), SOON).toBe('Before. While it was away. And after.');
    await third.context.close();
    await second.close();
  });

  it('what the server refuses on return is shown with what was typed, also after a reload, until it is let go', async () => {
    ben = await joinAsEditor('Ben Ito');
    const { page, context } = ben;
    await openSource(page);
    await context.setOffline(true);
    await page.getByText(/^No connection\./).waitFor();
    await claim(page, WORDS[3], 'Words of Ben’s own');
    const me = await ask<{ items: { userId: string; name: string }[] }>(
      ana,
      'get',
      `/api/projects/${projectId}/members`,
    );
    const userId = me.items.find(({ name }) => name === 'Ben Ito')?.userId;
    await ask(ana, 'patch', `/api/projects/${projectId}/members`, { userId, role: 'reader' });
    await context.setOffline(false);
    await page.getByText('1 change of yours could not be saved').waitFor();
    await page.reload();
    await page.getByText('1 change of yours could not be saved').waitFor();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    const asked = page.getByRole('alertdialog', { name: 'Sign out with changes not sent?' });
    await asked.getByText('1 change of yours has not reached the server').waitFor();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Look at it' }).click();
    const list = page.getByRole('dialog', { name: 'Could not be saved' });
    await list.getByText('Words of Ben’s own').waitFor();
    await list.getByText(WORDS[3]).waitFor();
    await ask(ana, 'patch', `/api/projects/${projectId}/members`, { userId, role: 'editor' });
    await list.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(storedMarks, SOON).toContain(`claiming: ${WORDS[3]}: Words of Ben’s own`);
    await page.getByText('could not be saved').waitFor({ state: 'detached' });
  });

  it('somebody whose line is dead is gone for the others, and sees it themselves', async () => {
    await ana.page.reload();
    const here = ana.page.getByRole('region', { name: 'Here now' });
    await here.getByText('Ben Ito').waitFor();
    await ben.context.setOffline(true);
    await ben.page.getByText(/^No connection\./).waitFor();
    await here.getByText('Ben Ito').waitFor({ state: 'detached' });
    await ben.context.setOffline(false);
    await here.getByText('Ben Ito').waitFor();
  });

  it('following a person leads to what they read, until one scrolls by oneself', async () => {
    const top = (page: Page) => articleOf(page).evaluate((root) => root.getBoundingClientRect().top);
    await ana.page.getByTitle('Follow Ben Ito: read where they read').click();
    await ana.page.getByText('Following Ben Ito').waitFor();
    await ben.page.getByText(/follows you/).waitFor();
    const before = await top(ana.page);
    await articleOf(ben.page).hover();
    await ben.page.mouse.wheel(0, 1_200);
    await expect.poll(() => top(ana.page), SOON).toBeLessThan(before - 100);
    await articleOf(ana.page).hover();
    await ana.page.mouse.wheel(0, -400);
    await ana.page.getByText('Following Ben Ito').waitFor({ state: 'detached' });
    await ben.page.getByText(/follows you/).waitFor({ state: 'detached' });
  });

  it('signing out leaves nothing of the person on the machine', async () => {
    const { page } = ben;
    expect((await page.evaluate(keptOnMachine)).map((row) => row.split(/[ :]/)[0])).toEqual(
      expect.arrayContaining(['gloss-note', 'projects', 'sources', 'person']),
    );
    await page.evaluate(keepForSomebodyElse);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(/\/sign-in/);
    await expect
      .poll(() => page.evaluate(keptOnMachine), SOON)
      .toEqual(['changes somebody-else,project,key']);
  });

  it('who loses access keeps nothing of the project, and can copy what was not sent', async () => {
    cleo = await joinAsEditor('Cleo Abe', 'cleo@example.org');
    const { page, context } = cleo;
    await openSource(page);
    const ofProject = async () =>
      (await page.evaluate(keptOnMachine)).filter((row) => row.includes(projectId)).length;
    await context.setOffline(true);
    await page.getByText(/^No connection\./).waitFor();
    await noteOf(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Not sent.');
    await whenWritten(page);
    expect(await ofProject()).toBeGreaterThan(2);
    const { items } = await ask<{ items: { userId: string; name: string }[] }>(
      ana,
      'get',
      `/api/projects/${projectId}/members`,
    );
    const userId = items.find(({ name }) => name === 'Cleo Abe')?.userId;
    await ask(ana, 'delete', `/api/projects/${projectId}/members`, { userId });
    await context.setOffline(false);
    await page.getByText('This project is no longer there for you.').first().waitFor();
    await page
      .locator('.note-state', { hasText: /you no longer have access\. 10 changes not saved/ })
      .waitFor();
    await expect.poll(ofProject, SOON).toBe(0);
    expect(await noteText(page)).toContain('Not sent.');
    await page.reload();
    await page.getByText('Not sent.').waitFor({ state: 'detached' });
    expect(await ofProject()).toBe(0);
  });

  it('no page of the journey reported an error', () => {
    const ofAbsence = /WebSocket|ERR_CONNECTION|ERR_INTERNET|Failed to fetch|server responded with a status/;
    expect(
      [...ana.faults, ...(ben?.faults ?? []), ...(cleo?.faults ?? [])].filter(
        (fault) => !ofAbsence.test(fault),
      ),
    ).toEqual([]);
  });
});

/** A change of another person that waits on the same machine. Runs in the page. */
async function keepForSomebodyElse(): Promise<void> {
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done) => {
    open.onsuccess = () => done(open.result);
  });
  const tx = db.transaction('changes', 'readwrite');
  tx.objectStore('changes').put({ personId: 'somebody-else', projectId: 'project', key: 'key' });
  await new Promise((done) => {
    tx.oncomplete = done;
  });
  db.close();
}

/** Every row and database with something of a person. Runs in the page. */
async function keptOnMachine(): Promise<string[]> {
  const found = (await indexedDB.databases()).flatMap(({ name }) =>
    name?.startsWith('gloss-note:') ? [name] : [],
  );
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done) => {
    open.onsuccess = () => done(open.result);
  });
  for (const store of db.objectStoreNames) {
    const keys = db.transaction(store).objectStore(store).getAllKeys();
    await new Promise((done) => {
      keys.onsuccess = done;
    });
    found.push(...keys.result.map((key) => `${store} ${String(key)}`));
  }
  db.close();
  return found;
}

async function joinAsEditor(name: string, email = 'ben@example.org'): Promise<Person> {
  const person = await newPerson(browser);
  person.page.setDefaultTimeout(SOON.timeout);
  const { url } = await ask<{ url: string }>(ana, 'post', `/api/projects/${projectId}/invitations`, {
    role: 'editor',
  });
  const account = { name, email, password: 'a long enough password' };
  await ask(person, 'post', '/api/accounts', { invitation: new URL(url).hash.slice(1), ...account });
  await person.page.goto(`${program.url}/sign-in`);
  await person.page.getByLabel('E-mail').fill(account.email);
  await person.page.getByLabel('Password').fill(account.password);
  await person.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await person.page.waitForURL(/\/projects/);
  return person;
}
