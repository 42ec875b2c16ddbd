import type { Editor } from '@tiptap/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MENDED, NOTE_CHANNEL } from '@/db/note-log';
import { notify } from '@/db/notify';
import { noteUpdates } from '@/db/schema/notes';
import type { Note } from '@/lib/notes/note';
import type { Project } from '@/lib/projects/project';
import { newPerson, type Person, signInByLink } from '@/tests/journeys/person';
import { axe } from '@/tests/support/axe';
import { launchBrowser } from '@/tests/support/browser';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { type Program, startProgram } from '@/tests/support/program';

const TYPED = 'Ben goes on here. ';
const FIRST = 'The port authority closes the bridge on Monday.';
const SECOND = 'Nobody had asked the fishermen.';

let database: TestDatabase;
let program: Program;
let browser: Browser;
let ana: Person;
let ben: Person;

/** Asks the API as the person at this page. */
async function api<T>(page: Page, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ([to, sent]) => {
      const response = await fetch(to as string, {
        method: sent ? 'POST' : 'GET',
        headers: sent ? { 'content-type': 'application/json' } : {},
        body: sent ? JSON.stringify(sent) : undefined,
      });
      if (!response.ok) throw new Error(`${to} answered ${response.status}`);
      return response.json();
    },
    [path, body] as const,
  ) as Promise<T>;
}

/** Goes to an end of the note. Right after a click or a focus the editor may still put the caret back; nobody is so fast. */
async function goTo({ page }: Person, end: 'Home' | 'End'): Promise<void> {
  const isThere = () =>
    page.locator('.note-text').evaluate((root, key) => {
      const { state } = (root as unknown as { editor: Editor }).editor;
      return key === 'Home' ? state.selection.head === 1 : state.selection.head >= state.doc.content.size - 1;
    }, end);
  await vi.waitFor(
    async () => {
      await page.keyboard.press(`Control+${end}`);
      expect(await isThere()).toBe(true);
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Brings the first draft back for everybody. */
async function bringBack(person: Person): Promise<void> {
  await openHistory(person);
  await history(person)
    .getByRole('option', { name: /First draft/ })
    .click();
  await history(person).getByRole('button', { name: 'Bring it back…' }).click();
  await person.page.getByRole('button', { name: 'Bring it back', exact: true }).click();
  await history(person).waitFor({ state: 'detached' });
}

const note = ({ page }: Person) => page.getByRole('textbox', { name: /^Note: / });
const history = ({ page }: Person) => page.getByRole('dialog', { name: /^History of/ });
const version = (person: Person) => history(person).getByRole('document');
const openHistory = async (person: Person) => {
  await person.page.getByRole('button', { name: 'History', exact: true }).click();
  await history(person).waitFor();
};
/** The lines of a text, without carets and the names on them. */
const linesOf = (person: Person) =>
  note(person).evaluate((root) =>
    [...root.querySelectorAll('p')].map((line) => {
      const copy = line.cloneNode(true) as HTMLElement;
      for (const caret of copy.querySelectorAll('.note-caret')) caret.remove();
      return copy.textContent?.replaceAll('\u2060', '').trim();
    }),
  );

beforeAll(async () => {
  database = await testDatabase();
  const { host, port, user, database: name } = database.connection as unknown as Record<string, string>;
  program = await startProgram({
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host ?? '')}:${port}/${name}`,
  });
  browser = await launchBrowser();
  ana = await newPerson(browser);
  ben = await newPerson(browser, { width: 1100 });
  await signInByLink(ana.page, program.link as string);
  const { items } = await api<{ items: Project[] }>(ana.page, '/api/projects');
  const projectId = items[0]?.id;
  const root = `/api/projects/${projectId}`;
  const made = await api<Note>(ana.page, `${root}/notes`, { title: 'The bridge' });
  const { url } = await api<{ url: string }>(ana.page, `${root}/invitations`, { role: 'editor' });
  await ben.page.goto(url);
  await ben.page.getByLabel('Your name').fill('Ben Ito');
  await ben.page.getByLabel('E-mail').fill('ben@example.org');
  await ben.page.getByLabel('Password').fill('a long enough password');
  await ben.page.getByRole('button', { name: /Sign up|Join/ }).click();
  await ben.page.waitForURL(/\/projects\/[0-9a-f-]{36}/);
  for (const { page } of [ana, ben]) await page.goto(`${program.url}/projects/${projectId}/notes/${made.id}`);
  // Until the note has come it cannot be written.
  for (const { page } of [ana, ben]) await page.locator('.note-text[contenteditable=true]').waitFor();
  await note(ana).click();
  await ana.page.keyboard.type(FIRST);
  await note(ben).getByText(FIRST).click();
  await goTo(ben, 'End');
  await ben.page.keyboard.press('Enter');
  await ben.page.keyboard.type(SECOND);
  await note(ana).getByText(SECOND).waitFor();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await database?.end();
});

describe('the history of a note', { timeout: 60_000 }, () => {
  it('has what was written, and shows by colour and name who wrote it', async () => {
    await openHistory(ana);
    await version(ana).getByText(SECOND).waitFor();
    const panel = history(ana);
    await panel.getByRole('button', { name: 'Colour by author' }).click();
    const legend = panel.getByRole('list', { name: 'Who wrote what' });
    await expect.poll(() => legend.getByRole('button').count()).toBe(2);
    expect(await version(ana).getByTitle('Ben Ito').innerText()).toBe(SECOND);
    await legend.getByRole('button', { name: 'Ben Ito' }).click();
    await expect.poll(() => ana.page.evaluate(() => document.activeElement?.textContent)).toBe(SECOND);
    await panel.getByText(`Written by Ben Ito, 1 of 1: ${SECOND}`).waitFor({ state: 'attached' });
  });

  it('has nothing that axe objects to, in light and dark, and fits a telephone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await ana.page.emulateMedia({ colorScheme });
      const { violations } = await (await axe(ana.page)).include('[role=dialog]').analyze();
      const said = violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }));
      expect(said, colorScheme).toEqual([]);
    }
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await history(ana).getByRole('option').first().click();
    await version(ana).waitFor();
    expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const overflow = await history(ana).evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await history(ana).getByRole('button', { name: 'All versions' }).click();
    await ana.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('takes a name by keyboard, which the other sees at once', async () => {
    await openHistory(ben);
    await history(ana).getByRole('button', { name: 'Name it…' }).press('Enter');
    await history(ana).getByLabel('Name of this version').fill('First draft');
    await ana.page.keyboard.press('Enter');
    await history(ben)
      .getByRole('option', { name: /First draft/ })
      .waitFor();
    await ben.page.keyboard.press('Escape');
    await history(ben).waitFor({ state: 'detached' });
  });

  it('stays at the version one reads when a newer one comes', async () => {
    await note(ben).focus();
    await goTo(ben, 'End');
    await ben.page.keyboard.type(' Or had they');
    await expect.poll(() => ana.page.locator('.note-text').first().textContent()).toContain('Or had they');
    const [projectId, noteId] = ben.page.url().match(/[0-9a-f-]{36}/g) ?? [];
    await api(ben.page, `/api/projects/${projectId}/notes/${noteId}/versions`, { name: 'Sent to the desk' });
    await history(ana)
      .getByRole('option', { name: /Sent to the desk/ })
      .waitFor();
    await history(ana)
      .getByRole('region', { name: /First draft/ })
      .waitFor();
    await ana.page.keyboard.press('Escape');
    await history(ana).waitFor({ state: 'detached' });
    await ben.page.keyboard.press('Control+z');
    await expect.poll(async () => (await linesOf(ana)).at(-1)).toBe(SECOND);
  });

  it('compares a version with the note now, word by word and line by line', async () => {
    await note(ben).getByText(SECOND).click({ clickCount: 3 });
    await ben.page.keyboard.press('Backspace');
    await ben.page.keyboard.press('Backspace');
    await goTo(ben, 'End');
    await ben.page.keyboard.press('ArrowLeft');
    await ben.page.keyboard.type(' and Tuesday');
    // His caret, with his name, stands before the full stop.
    await note(ana).getByText('on Monday and Tuesday').waitFor();
    await openHistory(ana);
    const panel = history(ana);
    await panel.getByRole('option', { name: /First draft/ }).click();
    await version(ana).getByText(SECOND).waitFor();
    await panel.getByRole('button', { name: /Compare with/ }).click();
    await ana.page.getByRole('option', { name: 'The note now' }).click();
    await panel.getByText('2 words added, 5 words taken out.').waitFor();
    expect(await version(ana).locator('ins').textContent()).toBe(' and Tuesday');
    expect(await version(ana).locator('del').textContent()).toBe(SECOND);
    // A press that the page moved away under does nothing; the first that does something leads to the first change.
    const said = panel.getByText(/^Change, \d+ of \d+/);
    await expect
      .poll(async () => {
        if ((await said.count()) === 0) await panel.getByRole('button', { name: 'Next change' }).click();
        return (await said.allTextContents()).join('; ');
      })
      .toMatch(/^Change, 1 of 2:\s+and Tuesday$/);
    await expect
      .poll(() => ana.page.evaluate(() => document.activeElement?.textContent))
      .toBe(' and Tuesday');
  });

  it('brings a version back while the other writes, and takes that back', async () => {
    await note(ben).focus();
    await goTo(ben, 'Home');
    const typing = ben.page.keyboard.type(TYPED, { delay: 60 });
    await history(ana).getByRole('button', { name: 'Bring it back…' }).click();
    await ana.page.getByRole('button', { name: 'Bring it back', exact: true }).click();
    await history(ana).waitFor({ state: 'detached' });
    await typing;
    await expect.poll(async () => (await linesOf(ana))[1]).toBe(SECOND);
    await expect.poll(async () => (await linesOf(ana)).join()).toBe((await linesOf(ben)).join());
    const [line = ''] = await linesOf(ben);
    // What he typed before it came back went with it; what he typed after stands there.
    const ends = Array.from({ length: TYPED.length + 1 }, (_, from) => TYPED.slice(from).trimStart() + FIRST);
    expect(ends).toContain(line);
    await ana.page
      .getByRole('region', { name: /Messages/ })
      .getByRole('button', { name: 'Bring back what was before' })
      .click();
    // What was there when it was brought back: the line is gone again, and "and Tuesday" is back.
    await expect.poll(async () => (await linesOf(ben)).join(' ')).toMatch(/on Monday and Tuesday\.$/);
    await expect.poll(async () => (await linesOf(ana)).join()).toBe((await linesOf(ben)).join());
  });

  it('ends what can be undone where a version is brought back: nothing comes twice', async () => {
    await note(ben).focus();
    await goTo(ben, 'End');
    await ben.page.keyboard.press('Control+a');
    await ben.page.keyboard.press('Backspace');
    await expect.poll(async () => (await linesOf(ana)).join('')).toBe('');
    await bringBack(ana);
    await expect.poll(async () => (await linesOf(ben)).join(' ')).toContain(`${FIRST} ${SECOND}`);
    const undo = ben.page.getByRole('button', { name: 'Undo', exact: true });
    await expect.poll(() => undo.getAttribute('aria-disabled')).toBe('true');
    const before = await linesOf(ben);
    await note(ben).focus();
    await ben.page.keyboard.press('Control+z');
    await ben.page.keyboard.type('x');
    await note(ana).getByText('x', { exact: false }).first().waitFor();
    expect((await linesOf(ben)).join('').replace('x', '')).toBe(before.join(''));
  });

  it('gives a damaged note a new start, for whoever has it open', async () => {
    const [projectId = '', noteId = ''] = ana.page.url().match(/[0-9a-f-]{36}/g) ?? [];
    const script = [
      1, 1, 7, 0, 7, 1, 7, 100, 101, 102, 97, 117, 108, 116, 3, 6, 115, 99, 114, 105, 112, 116, 0,
    ];
    await database.db.insert(noteUpdates).values({ projectId, noteId, update: Uint8Array.from(script) });
    // Every process is to look at what is stored.
    await notify(database.db, NOTE_CHANNEL, `${MENDED} ${noteId}:0`);
    const state = ({ page }: Person) => page.locator('.note-state-text');
    for (const person of [ana, ben])
      await state(person).getByText('This note is damaged and can only be read').waitFor();
    await ben.page.getByRole('button', { name: 'Restore a version…' }).click();
    await history(ben).getByText('Something was stored in this note that must not be there').waitFor();
    await history(ben)
      .getByRole('option', { name: /First draft/ })
      .click();
    await history(ben).getByRole('button', { name: 'Bring it back…' }).click();
    await ben.page.getByRole('button', { name: 'Bring it back', exact: true }).click();
    for (const person of [ana, ben]) await state(person).getByText('Saved', { exact: true }).waitFor();
    await expect.poll(async () => (await linesOf(ana)).join()).toBe([FIRST, SECOND].join());
    await note(ana).focus();
    await goTo(ana, 'End');
    await ana.page.keyboard.type(' It goes on.');
    await note(ben).getByText('It goes on.').waitFor();
    await state(ana).getByText('Saved', { exact: true }).waitFor();
  });

  it('no page of the journey reported an error', () => {
    expect([...ana.faults, ...ben.faults]).toEqual([]);
  });
});
