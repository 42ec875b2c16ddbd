import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Thread } from '@/lib/threads/thread';
import type { Person } from './person';
import {
  ask,
  enterNote,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let ben: Person;
const people: Person[] = [];

beforeAll(async () => {
  workspace = await startWorkspace();
  ben = await joinAs(workspace, 'Ben Carter', 'editor');
  people.push(workspace.owner, ben);
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const root = () => `${workspace.program.url}/projects/${workspace.projectId}`;
const post = <T>(path: string, data: unknown) =>
  ask<T>(workspace.owner, workspace.program, 'post', `/api/projects/${workspace.projectId}${path}`, data);
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};
const discussed = (page: Page) => page.locator('.note-text .note-discussed');

/** Opens a note's own page and writes in it. */
async function openNote(page: Page, id: string): Promise<void> {
  await page.goto(`${root()}/notes/${id}`);
  await page.locator('.note-text[contenteditable="true"]').waitFor();
}

describe('Talking', { timeout: 240_000 }, () => {
  it('in a claim: a mention rings the other’s bell, whose link lands on it, and reactions are live', async () => {
    const claim = await post<{ id: string }>('/claims', { wording: 'The bridge closed in May.', tags: [] });
    const { page } = workspace.owner;
    await page.goto(`${root()}/claims/${claim.id}`);
    await ben.page.goto(`${root()}/members`);
    await ben.page.getByRole('button', { name: 'Notices', exact: true }).waitFor();

    const field = page.getByRole('textbox', { name: 'Start a discussion' });
    await field.fill('Was it not June? ');
    await field.pressSequentially('@be');
    await page.getByRole('option', { name: 'Ben Carter' }).waitFor();
    await shot(page, 'talk-mention');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('Was it not June? @Ben Carter ');
    await page.keyboard.press('Control+Enter');
    const discussion = page.getByRole('article', { name: 'Discussion', exact: true }).last();
    await discussion.getByText('@Ben Carter').waitFor();

    await ben.page.getByRole('button', { name: 'Notices, 1 new' }).click();
    await ben.page.getByText('Was it not June? @Ben Carter').waitFor();
    await shot(ben.page, 'talk-bell');
    await ben.page.getByRole('link', { name: 'Open', exact: true }).click();
    await ben.page.waitForURL(new RegExp(`/claims/${claim.id}\\?thread=.*&comment=`));
    await ben.page.getByText('Was it not June?').waitFor();

    await ben.page.getByRole('button', { name: 'React' }).click();
    await ben.page.getByRole('button', { name: 'Not sure' }).click();
    await page.getByRole('button', { name: /^🤔 1, Not sure: Ben Carter/ }).waitFor();
    await ben.page.getByRole('textbox', { name: 'Reply' }).fill('It was May.');
    await ben.page.keyboard.press('Control+Enter');
    await page.getByText('It was May.').waitFor();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Ben Carter' }).click();
    await ben.page.getByRole('button', { name: 'Given to Ben Carter' }).waitFor();
    await shot(page, 'talk-claim');

    // What was done is undone by the same key as everywhere.
    await page.getByRole('heading', { level: 1 }).first().click();
    await page.keyboard.press('Control+z');
    await ben.page.getByRole('button', { name: 'Assign', exact: true }).waitFor();
  });

  it('about words of a note: they keep their discussion when they are cut and pasted, and fade when it is resolved', async () => {
    const { page } = workspace.owner;
    const note = await post<{ id: string }>('/notes', { title: 'Bridges' });
    await openNote(page, note.id);
    await enterNote(page);
    await page.keyboard.type('First line of it.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('The pier is cracked.');
    await page.keyboard.press('Shift+Home');
    await page
      .locator('.note-tool[aria-label*="Discuss the selected words"]:not([aria-disabled="true"])')
      .waitFor();
    await page.keyboard.press('Control+Alt+m');
    const field = page.getByRole('textbox', { name: 'Say something about these words' });
    await field.fill('Which one?');
    await page.keyboard.press('Control+Enter');
    await discussed(page).filter({ hasText: 'The pier is cracked.' }).waitFor();

    await openNote(ben.page, note.id);
    await discussed(ben.page).filter({ hasText: 'The pier is cracked.' }).click();
    await ben.page.getByText('Which one?').waitFor();
    await shot(ben.page, 'talk-note');

    // Cut from the second line, put at the start of the first.
    await page.locator('.note-text').focus();
    await page.keyboard.press('Control+End');
    // As quick as keys can be: it is cut before the browser tells of what is selected.
    await page.evaluate(() => {
      getSelection()?.modify('extend', 'backward', 'lineboundary');
      document.execCommand('cut');
    });
    await expect.poll(() => discussed(page).count()).toBe(0);
    await page.getByText('These words are no longer marked in the note.').waitFor();
    await page.locator('.note-text').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+v');
    await discussed(page).filter({ hasText: 'The pier is cracked.' }).waitFor();
    await page.getByRole('button', { name: 'Show in the note' }).waitFor();
    await discussed(ben.page).filter({ hasText: 'The pier is cracked.' }).waitFor();

    await ben.page.getByRole('button', { name: 'Resolve' }).click();
    await page.locator('.note-discussed.is-resolved').waitFor();
    const path = `/api/projects/${workspace.projectId}/threads?note=${note.id}`;
    const { items } = await ask<{ items: Thread[] }>(ben, workspace.program, 'get', path);
    expect(items).toMatchObject([
      { passage: 'The pier is cracked.', resolved: { by: { name: 'Ben Carter' } } },
    ]);

    // The address of a notice opens it, and points to the words.
    const [thread] = items as [Thread];
    await ben.page.goto(`${root()}/notes/${note.id}?thread=${thread.id}&comment=${thread.comments[0]?.id}`);
    await ben.page.getByRole('article', { name: 'Resolved discussion' }).getByText('Which one?').waitFor();
    await ben.page.locator('.note-discussed.is-current').waitFor();
  });

  it('about a source: it is said on the page of its versions, and the bell leads there', async () => {
    const { page } = workspace.owner;
    const url = await newSource(workspace, 'The Courier');
    await openSource(page, url);
    await page.getByRole('link', { name: 'Discussion', exact: true }).click();
    await page.waitForURL(/\/versions#discussion$/);
    const field = page.getByRole('textbox', { name: 'Start a discussion' });
    await field.fill('Who owns this paper? @Ben Carter');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('region', { name: 'Discussion', exact: true })
      .getByText('Who owns')
      .first()
      .waitFor();
    await shot(page, 'talk-source');
    await ben.page.goto(`${root()}/members`);
    await ben.page.getByRole('button', { name: /^Notices, \d+ new/ }).click();
    await ben.page.getByRole('link', { name: 'Open', exact: true }).first().click();
    await ben.page.waitForURL(/\/versions\?thread=.*&comment=/);
    await ben.page.getByText('Who owns this paper?').first().waitFor();
    await ben.page
      .getByRole('button', { name: /^Follow up the comment by/ })
      .first()
      .click();
    await ben.page.getByRole('dialog').getByText('Who owns this paper? @Ben Carter').first().waitFor();
    await ben.page.keyboard.press('Escape');
  });

  it('is for readers where the owner says so, and the field goes when it is taken back', async () => {
    const cleo = await joinAs(workspace, 'Cleo Reader', 'reader', { width: 390, height: 844 });
    people.push(cleo);
    const url = await newSource(workspace, 'The Herald');
    const mark = await post<{ id: string }>('/annotations', {
      sourceId: url.split('/').at(-1),
      motivation: 'commenting',
      body: { type: 'TextualBody', value: 'Who is that?' },
      selector: [{ type: 'TextQuoteSelector', exact: 'Hanne Lund' }],
    });
    await openSource(cleo.page, `${url}?mark=${mark.id}`);
    const card = cleo.page.getByRole('dialog');
    await card.getByText('Who is that?').waitFor();
    expect(await card.getByRole('textbox').count()).toBe(0);

    await workspace.owner.page.goto(`${root()}/settings`);
    await workspace.owner.page.getByText('Readers may comment').click();
    const field = card.getByRole('textbox', { name: 'Start a discussion' });
    await field.fill('She runs the authority.');
    await card.getByRole('button', { name: 'Post' }).click();
    await card.getByRole('button', { name: 'React' }).waitFor();
    await shot(cleo.page, 'talk-reader');
    await workspace.owner.page.getByText('Readers may comment').click();
    await expect.poll(() => card.getByRole('textbox').count()).toBe(0);
    await card.getByText('She runs the authority.').waitFor();
  });

  it('leaves no fault on any page', () => {
    for (const { faults } of people) expect(faults).toEqual([]);
  });
});
