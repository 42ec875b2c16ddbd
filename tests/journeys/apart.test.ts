import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE } from '@/lib/live/close-codes';
import { launchBrowser } from '../support/browser';
import { type TestDatabase, testDatabase } from '../support/database';
import { freePort } from '../support/free-port';
import { type FrontDoor, openFrontDoor } from '../support/front-door';
import { type Program, startProgram } from '../support/program';
import { Knock, until } from '../support/socket';
import { articleOf, newPerson, type Person, scrollToWords, selectWords, signInByLink } from './person';

const WORDS = 'the engine and not the passengers';
const OTHER_WORDS = 'The draft takes a different view';

let database: TestDatabase;
let door: FrontDoor;
let browser: Browser;
let web: Program;
const sync: Program[] = [];
let ana: Person;
let ben: Person;
let projectUrl: string;
let sourceUrl: string;
let noteId: string;
const apiOf = (url: string) => url.replace('/projects/', '/api/projects/');

/** Starts one process with a role, behind the door. */
async function start(role: 'web' | 'sync'): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const { host, user, database: name } = database.connection as unknown as Record<string, string>;
  const program = await startProgram({
    ROLE: role,
    PORT: String(port),
    GLOSS_URL: door.url,
    TRUSTED_PROXY: '1',
    NEXTAUTH_SECRET: 'a secret that only this journey uses, long enough',
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host ?? '')}:${portOf()}/${name}`,
  });
  return { program, url: `http://localhost:${port}` };
}

const portOf = () => (database.connection as unknown as { port: number }).port;

/** Calls the API as the page of a person would. */
async function callAs<T>(person: Person, method: string, path: string, body?: object): Promise<T> {
  const { status, text } = await person.page.evaluate(
    async ([how, where, json]) => {
      const response = await fetch(where as string, {
        method: how as string,
        ...(json ? { body: json, headers: { 'content-type': 'application/json' } } : {}),
      });
      return { status: response.status, text: await response.text() };
    },
    [method, path, body ? JSON.stringify(body) : ''] as const,
  );
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}

const noteOf = (person: Person) => person.page.locator('.ProseMirror');
/** The letters of an open note, in any order: two who type at one place may interleave. */
async function lettersOf(person: Person): Promise<string> {
  const text = await person.page.evaluate(() => {
    const copy = document.querySelector('.ProseMirror')?.cloneNode(true) as HTMLElement | undefined;
    for (const caret of copy?.querySelectorAll('[class*=caret], [class*=cursor]') ?? []) caret.remove();
    return copy?.textContent ?? '';
  });
  return sorted(text);
}
const sorted = (text: string) => [...text.replace(/[^0-9A-Za-z]/g, '')].sort().join('');
const saved = (person: Person) => person.page.getByText('Saved', { exact: true }).waitFor();

beforeAll(async () => {
  database = await testDatabase();
  door = await openFrontDoor();
  const [pages, sockets] = await Promise.all([start('web'), start('sync')]);
  web = pages.program;
  door.pages = [pages.url];
  sync.push(sockets.program);
  door.sockets = [sockets.url];
  browser = await launchBrowser();
  [ana, ben] = [await newPerson(browser), await newPerson(browser)];
  // For a busy machine: three programs and a browser run here.
  for (const { page } of [ana, ben]) page.setDefaultTimeout(60_000);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([web?.stop(), ...sync.map((one) => one.stop())]);
  await door?.close();
  await database?.end();
});

describe('Pages and sockets in processes of their own', { timeout: 240_000 }, () => {
  it('each is ready by itself, and does nothing of the other’s work', async () => {
    const [pages = '', sockets = ''] = [door.pages[0], door.sockets[0]];
    const statusOf = async (url: string, path: string) =>
      (await fetch(url + path, { redirect: 'manual' })).status;
    for (const url of [pages, sockets]) {
      expect(await statusOf(url, '/api/health')).toBe(200);
      expect(await statusOf(url, '/api/ready')).toBe(200);
    }
    const id = '0198c0de-0000-7000-8000-000000000000';
    for (const path of ['/', '/sign-in', '/api/me', '/api/auth/csrf', '/_next/static/x.js']) {
      expect(await statusOf(sockets, path), path).toBe(404);
    }
    expect(await statusOf(sockets, `/live/${id}`)).toBe(426);
    const asked = new Knock(`${pages.replace('http', 'ws')}/live/${id}`, { origin: door.url });
    expect(await asked.answer()).toBe(404);
    const served = new Knock(`${sockets.replace('http', 'ws')}/live/${id}`, { origin: door.url });
    expect(await served.answer()).toBe(401);
    expect(sync[0]?.link, 'the link is handed out with the pages').toBe(null);
  });

  it('let two people in through one address', async () => {
    expect(web.link).toContain(door.url);
    await signInByLink(ana.page, web.link as string);
    await ana.page
      .getByRole('link', { name: /Draft audit says/ })
      .first()
      .waitFor();
    const { items } = await callAs<{ items: { id: string }[] }>(ana, 'GET', '/api/projects');
    projectUrl = `${door.url}/projects/${items[0]?.id}`;
    const sources = await callAs<{ items: { id: string }[] }>(ana, 'GET', `${apiOf(projectUrl)}/sources`);
    sourceUrl = `${projectUrl}/sources/${sources.items[0]?.id}`;
    const notes = await callAs<{ items: { id: string; sourceId: string | null }[] }>(
      ana,
      'GET',
      `${apiOf(projectUrl)}/notes`,
    );
    noteId = notes.items.find((note) => sourceUrl.endsWith(note.sourceId ?? 'none'))?.id ?? '';
    const invitation = await callAs<{ url: string }>(ana, 'POST', `${apiOf(projectUrl)}/invitations`, {
      role: 'editor',
    });
    await ben.page.goto(invitation.url);
    await ben.page.getByLabel('Your name').fill('Ben Ito');
    await ben.page.getByLabel('E-mail').fill('ben@example.org');
    await ben.page.getByLabel('Password').fill('a long enough password');
    await ben.page.getByRole('button', { name: /Sign up|Join/ }).click();
    await ben.page.waitForURL(/\/projects\/[0-9a-f-]{36}/);
  });

  it('bring a mark made on one side to the other', async () => {
    for (const { page } of [ana, ben]) await page.goto(sourceUrl);
    await articleOf(ben.page).waitFor();
    await saved(ben);
    await saved(ana);
    await selectWords(ana.page, WORDS);
    await ana.page.keyboard.press('h');
    await scrollToWords(ben.page, WORDS);
    await ben.page.getByRole('article', { name: 'Highlight by First user' }).first().waitFor();
    await selectWords(ben.page, OTHER_WORDS);
    await ben.page.keyboard.press('h');
    await scrollToWords(ana.page, OTHER_WORDS);
    await ana.page.getByRole('article', { name: 'Highlight by Ben Ito' }).waitFor();
  });

  it('let both write in one note, over one sync process and over two', async () => {
    await typeTogether('one');
    const second = await start('sync');
    sync.push(second.program);
    door.sockets.push(second.url);
    // The next sockets take turns: of four, each process gets some.
    for (const { page } of [ana, ben]) {
      await page.reload();
      await articleOf(page).waitFor();
    }
    await Promise.all([saved(ana), saved(ben)]);
    await typeTogether('two');
  });

  it('lose nothing when one sync process is told to stop while both type', async () => {
    const before = await lettersOf(ana);
    const said = { ana: 'Ana types through it all 0123456789', ben: 'Ben does not stop either 9876543210' };
    await caretAt(ana, 'End');
    await caretAt(ben, 'Home');
    const typing = Promise.all([
      ana.page.keyboard.type(said.ana, { delay: 60 }),
      ben.page.keyboard.type(said.ben, { delay: 60 }),
    ]);
    const gone = sync.shift();
    expect(await gone?.stop()).toBe(0);
    door.sockets.shift();
    await typing;
    const wanted = sorted(before + said.ana + said.ben);
    for (const person of [ana, ben]) {
      await expect.poll(() => lettersOf(person), { timeout: 30_000 }).toBe(wanted);
      await saved(person);
    }
    // And what is kept is what they see: a third page reads it anew.
    const again = await newPerson(browser);
    await again.context.addCookies(await ana.context.cookies());
    await again.page.goto(sourceUrl);
    await expect.poll(() => lettersOf(again), { timeout: 30_000 }).toBe(wanted);
    await again.context.close();
  });

  it('close the sockets of a person who was taken out within a second', async () => {
    const [cookie] = (await ben.context.cookies()).filter(({ name }) => name === 'gloss-session');
    const base = door.url.replace('http', 'ws');
    const headers = { origin: door.url, cookie: `gloss-session=${cookie?.value}` };
    const projectId = projectUrl.split('/').at(-1);
    const mine = [`/live/${projectId}`, `/sync/${projectId}/${noteId}`].map(
      (path) => new Knock(base + path, headers),
    );
    await until(() => mine.every((one) => one.opened) && mine[0]?.said('ready').length === 1);
    const me = await callAs<{ id: string }>(ben, 'GET', '/api/me');
    await callAs(ana, 'DELETE', `${apiOf(projectUrl)}/members`, { userId: me.id });
    const done = performance.now();
    for (const one of mine) expect(await one.ended()).toBe(CLOSE.noAccess);
    expect(Math.max(...mine.map((one) => one.closedAt)) - done).toBeLessThan(1_000);
    await ben.page.getByText('You no longer have access to this project.').first().waitFor();
    await expect.poll(() => noteOf(ben).getAttribute('contenteditable')).toBe('false');
  });

  it('know in the log where people come from, behind the proxy', async () => {
    const { rows } = await database.db.$client.query(
      "select distinct ip from account_events where type = 'sign-in'",
    );
    expect(rows).toEqual([{ ip: '127.0.0.1' }]);
  });

  it('reported no error on any page', () => {
    const ofStop = /WebSocket|ERR_CONNECTION|Failed to fetch/;
    expect([...ana.faults, ...ben.faults].filter((fault) => !ofStop.test(fault))).toEqual([]);
  });
});

/** Not by a click: in the middle of a note stands a chip, which leads away. */
async function caretAt(person: Person, key: 'Home' | 'End'): Promise<void> {
  await noteOf(person).focus();
  await person.page.keyboard.press(`Control+${key}`);
}

/** Both type at once; afterwards both see all of it, and it is saved. */
async function typeTogether(mark: string): Promise<void> {
  const before = await lettersOf(ana);
  const said = { ana: `Ana writes over ${mark}`, ben: `Ben too over ${mark}` };
  await caretAt(ana, 'End');
  await caretAt(ben, 'Home');
  await Promise.all([
    ana.page.keyboard.type(said.ana, { delay: 15 }),
    ben.page.keyboard.type(said.ben, { delay: 15 }),
  ]);
  const wanted = sorted(before + said.ana + said.ben);
  for (const person of [ana, ben]) {
    await expect.poll(() => lettersOf(person)).toBe(wanted);
    await saved(person);
  }
}
