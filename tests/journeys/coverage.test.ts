import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import type { NoteSignOff } from '@/lib/coverage/sign-off';
import type { Note } from '@/lib/notes/note';
import { axe } from '../support/axe';
import type { Person } from './person';
import {
  ask,
  enterNote,
  joinAs,
  newSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let editor: Person;
let root: string;
let note: Note;
beforeAll(async () => {
  workspace = await startWorkspace();
  editor = await joinAs(workspace, 'Eli Berg', 'editor');
  root = `/api/projects/${workspace.projectId}`;
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const post = <T>(path: string, body: object) =>
  ask<T>(workspace.owner, workspace.program, 'post', `${root}${path}`, body);
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};
const bar = (page: Page) => page.getByRole('region', { name: 'What backs this note' });
const open = async ({ page }: Person) => {
  await page.goto(`${workspace.program.url}/projects/${workspace.projectId}/notes/${note.id}`);
  await page.locator('.note-text[contenteditable="true"]').waitFor();
};
const counts = async (page: Page) =>
  (await bar(page).getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

let titles = 0;
beforeEach(async () => {
  titles += 1;
  note = await post<Note>('/notes', { title: `Draft ${titles}` });
});

describe('What backs a note', { timeout: 240_000 }, () => {
  it('is shown sentence by sentence as it is written, and an editor vouches for each with one key', async () => {
    const { page } = workspace.owner;
    const sourceId = new URL(await newSource(workspace, 'The Herald')).pathname.split('/').at(-1) as string;
    const exact = 'We would rather close it now than explain later why we did not';
    const mark = await post<Annotation>('/annotations', {
      sourceId,
      motivation: 'quoting',
      selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
      quote: { speaker: 'Hanne Lund', direct: true },
    });
    await post('/claims', {
      wording: 'Two piers are cracked',
      evidence: [{ annotationId: mark.id, stance: 'supports' }],
    });
    await open(workspace.owner);
    await page.getByRole('button', { name: 'What backs this note' }).click();
    await enterNote(page);
    await page.keyboard.type('The bridge is old. Its piers are cracked, [[cracked');
    await page
      .getByRole('listbox', { name: 'Link to' })
      .getByRole('option', { name: /Two piers/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(
      'as engineers say. “We would rather close it today than explain later why we did not,” Lund said of [[Herald',
    );
    await page.getByRole('option', { name: /The Herald/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('on Monday.');
    await expect
      .poll(() => counts(page))
      .toEqual([
        'Nothing 1',
        'Disputed 1',
        'Single origin 1',
        'Sourced 0',
        'A quotation differs from its source',
        'A claim behind it is still open',
      ]);
    await expect
      .poll(() => page.locator('.note-text .misquoted').innerText())
      .toMatch(/^We would rather close it today/);
    await shot(page, 'coverage');

    // The wrong word is put right where it stands.
    await page.locator('.note-text .misquoted').evaluate((element) => {
      const text = element.firstChild as Text;
      const at = text.data.indexOf('today');
      document.getSelection()?.setBaseAndExtent(text, at, text, at + 5);
    });
    await page.keyboard.type('now');
    await expect
      .poll(() => counts(page))
      .toEqual([
        'Nothing 1',
        'Disputed 0',
        'Single origin 2',
        'Sourced 0',
        'A claim behind it is still open',
      ]);

    // A count leads from one of its sentences to the next.
    const selected = () => page.evaluate(() => getSelection()?.toString().trim());
    await bar(page)
      .getByRole('button', { name: /^Single origin/ })
      .click();
    await expect.poll(selected).toMatch(/^Its piers are cracked/);
    await bar(page)
      .getByRole('button', { name: /^Single origin/ })
      .click();
    await expect.poll(selected).toMatch(/^“We would rather close it now/);

    await open(editor);
    await editor.page.getByRole('button', { name: 'What backs this note' }).click();
    await bar(editor.page).getByRole('button', { name: 'Line by line' }).click();
    const lines = editor.page.getByRole('grid', { name: 'Sentences' });
    await lines.getByRole('row').nth(1).focus();
    await editor.page.keyboard.press('s');
    await lines.getByRole('row').nth(1).getByText('Eli Berg').waitFor();
    await shot(editor.page, 'coverage-lines');
    const { violations } = await (await axe(editor.page)).include('[role=dialog]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    // The other sees it at once, and that a changed sentence is another one.
    await bar(page).getByText('3 sentences, 1 signed off').waitFor();
    await page.locator('.note-text').evaluate((note) => {
      const walker = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf('piers are');
        if (at >= 0) return document.getSelection()?.collapse(node, at);
      }
    });
    await page.keyboard.type('two ');
    await bar(page).getByText('3 sentences, 0 signed off').waitFor();
    const path = `${root}/notes/${note.id}/sign-offs`;
    const { items } = await ask<{ items: NoteSignOff[] }>(workspace.owner, workspace.program, 'get', path);
    expect(items.map(({ statement }) => statement)).toEqual([
      expect.stringMatching(/^Its piers are cracked, \[claim:.+\] as engineers say\.$/),
    ]);
    await lines
      .getByRole('row', { name: /^Its two piers/ })
      .getByRole('button', { name: 'Sign off' })
      .waitFor();
    // Enter leads to the sentence in the note.
    await lines.getByRole('row').nth(1).focus();
    await editor.page.keyboard.press('Enter');
    await lines.waitFor({ state: 'detached' });
    await expect
      // The caret of the other, who wrote last, stands between its words.
      .poll(() => editor.page.evaluate(() => getSelection()?.toString().replaceAll('\u2060', '').trim()))
      .toMatch(/^Its two\s+piers are cracked/);
    await editor.page.setViewportSize({ width: 390, height: 844 });
    expect(await editor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await shot(editor.page, 'coverage-390');
    await bar(editor.page).getByRole('button', { name: 'Line by line' }).click();
    await shot(editor.page, 'coverage-lines-390');
    await editor.page.setViewportSize({ width: 1440, height: 900 });
    expect([...workspace.owner.faults, ...editor.faults]).toEqual([]);
  });

  it('names people by @, and links by [[ lead to what they name', async () => {
    const { page } = workspace.owner;
    await open(workspace.owner);
    await enterNote(page);
    await page.keyboard.type('Ask @Eli');
    await page.getByRole('option', { name: /Eli Berg/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('about [[Draft 1');
    await page
      .getByRole('listbox', { name: 'Link to' })
      .getByRole('option', { name: /Draft 1/ })
      .first()
      .click();
    await page.keyboard.type('now.');
    await open(editor);
    await expect
      .poll(() => editor.page.locator('.note-text p').first().innerText())
      .toMatch(/^Ask @Eli Berg about Draft 1 now\./);
    // Whoever is named is told, and led to where.
    await editor.page.getByRole('button', { name: /^Notices, 1 / }).click();
    const told = editor.page.getByRole('article').filter({ hasText: /mentioned you in the note “Draft 2”/ });
    await shot(editor.page, 'note-mention');
    await told.getByRole('link', { name: 'Open' }).click();
    await editor.page.locator('.note-reference.is-flashed').getByText('@Eli Berg').waitFor();
    await editor.page.locator('.note-reference a').click();
    await editor.page.getByRole('textbox', { name: 'Title of the note' }).waitFor();
    await expect
      .poll(() => editor.page.getByRole('textbox', { name: 'Title of the note' }).inputValue())
      .toBe('Draft 1');
    expect([...workspace.owner.faults, ...editor.faults]).toEqual([]);
  });
});

describe('A living search in a note', { timeout: 240_000 }, () => {
  it('says what is found as others work, for everybody, and stays as it was once it is frozen', async () => {
    const { page } = workspace.owner;
    await post('/claims', { wording: 'The zeppelin landed' });
    await open(workspace.owner);
    await enterNote(page);
    await page.keyboard.type('/living');
    await page.getByRole('option', { name: /Living search/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox', { name: 'What to look for' }).fill('zeppelin');
    await page.keyboard.press('Enter');
    const places = (of: Page) => of.getByRole('region', { name: 'Search: zeppelin' }).getByRole('listitem');
    await expect.poll(() => places(page).count()).toBe(1);
    await open(editor);
    await expect.poll(() => places(editor.page).count()).toBe(1);
    await post('/claims', { wording: 'A second zeppelin landed' });
    await expect.poll(() => places(page).count()).toBe(2);
    await page.getByRole('button', { name: 'Freeze' }).click();
    await editor.page.getByText(/^2 places when .+ froze it/).waitFor();
    await shot(editor.page, 'living-query');
    await post('/claims', { wording: 'A third zeppelin landed' });
    await editor.page.getByRole('button', { name: 'Live again' }).click();
    await expect.poll(() => places(page).count()).toBe(3);
    const { violations } = await (await axe(page)).include('.note').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.getByRole('button', { name: 'Take this search out of the note' }).click();
    await expect.poll(() => editor.page.getByRole('region', { name: 'Search: zeppelin' }).count()).toBe(0);
    expect([...workspace.owner.faults, ...editor.faults]).toEqual([]);
  });
});
