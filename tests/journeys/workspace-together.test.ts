import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOf, type Person, selectWords } from './person';
import {
  enterNote,
  expectMarks,
  joinAs,
  newSource,
  noteWords,
  openSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;
let ana: Person;
let ben: Person;
let cy: Person;
let url: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  ana = workspace.owner;
  ben = await joinAs(workspace, 'Ben Ito', 'editor');
  cy = await joinAs(workspace, 'Cy Abe', 'editor');
  url = await newSource(workspace, 'Together');
  for (const { page } of everyone()) await openSource(page, url);
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const everyone = () => [ana, ben, cy];

describe('three people in one source', { timeout: 240_000 }, () => {
  it('type in one paragraph, end with the same words, and see each other’s names', async () => {
    await enterNote(ana.page);
    await ana.page.keyboard.type('Start. ');
    for (const { page } of [ben, cy]) {
      await expect.poll(() => noteWords(page), { timeout: 30_000 }).toContain('Start.');
      await enterNote(page);
    }
    await Promise.all([
      ana.page.keyboard.type('xxxxxxxxxx', { delay: 15 }),
      ben.page.keyboard.type('yyyyyyyyyy', { delay: 15 }),
      cy.page.keyboard.type('zzzzzzzzzz', { delay: 15 }),
    ]);
    await expect
      .poll(async () => [...(await noteWords(ana.page)).trim()].sort().join(''), { timeout: 30_000 })
      .toBe(` .Sartt${'x'.repeat(10)}${'y'.repeat(10)}${'z'.repeat(10)}`);
    const words = await noteWords(ana.page);
    for (const { page } of everyone()) {
      await expect.poll(() => noteWords(page), { timeout: 30_000 }).toBe(words);
      expect(await page.locator('.note-text p').count()).toBe(1);
    }
    const names = ['Ben Ito', 'Cy Abe', 'First user'];
    for (const [index, { page }] of [ben, cy, ana].entries()) {
      const others = names.filter((_, at) => at !== index);
      await expect
        .poll(async () => (await page.locator('.note-caret-name').allTextContents()).sort())
        .toEqual(others);
    }
  });

  it('show marks by kind, by code and by person', async () => {
    await selectWords(ana.page, 'four months');
    await ana.page.keyboard.press('h');
    await selectWords(ben.page, 'cracks in two');
    await ben.page.keyboard.press('c');
    await ben.page.keyboard.press('Control+Enter');
    await selectWords(cy.page, 'every ten minutes');
    await cy.page.keyboard.press('1');
    await expectMarks(workspace, url, [
      'highlighting: four months',
      'claiming: cracks in two',
      'classifying: every ten minutes',
    ]);
    const { page } = ana;
    await articleOf(page).evaluate((root) => root.scrollIntoView({ block: 'start', behavior: 'instant' }));
    const cards = () =>
      page
        .getByRole('article')
        .evaluateAll((all) => all.map((card) => card.getAttribute('aria-label')).sort());
    const all = ['Claim by Ben Ito', 'Code by Cy Abe', 'Highlight by First user'];
    await expect.poll(cards, { timeout: 30_000 }).toEqual(all);
    await page.getByRole('button', { name: /^Claims/ }).click();
    await expect.poll(cards).toEqual(['Claim by Ben Ito']);
    await page.getByRole('button', { name: 'Show all (1 of 3)' }).click();
    await expect.poll(cards).toEqual(all);
    await page
      .getByRole('region', { name: 'Codes' })
      .getByRole('button', { name: /^Intent/ })
      .click();
    await expect.poll(cards).toEqual(['Code by Cy Abe']);
    await page.getByRole('button', { name: 'Show all (1 of 3)' }).click();
    await page.getByRole('button', { name: 'Person', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Ben Ito/ }).click();
    await page.keyboard.press('Escape');
    await expect.poll(cards).toEqual(['Claim by Ben Ito']);
    await page.getByRole('button', { name: 'Show all (1 of 3)' }).click();
    await expect.poll(cards).toEqual(all);
  });

  it('see a chip change when somebody else changes its mark, and say so when it is deleted', async () => {
    await selectWords(ana.page, 'rather close it now');
    await ana.page.keyboard.press('q');
    await ana.page.getByRole('combobox', { name: 'Who says it?' }).fill('H. Lund');
    await ana.page.keyboard.press('Control+Enter');
    const card = ben.page.getByRole('article', { name: /^Quote by/ });
    await card.getByRole('button').first().click();
    await card.getByRole('button', { name: 'Put in the note' }).click();
    const chip = ana.page.locator('.quote-chip-face');
    await expect.poll(() => chip.textContent()).toBe('“rather close it now” — H. Lund');
    await card.getByRole('button', { name: 'Edit' }).click();
    await card.getByRole('combobox', { name: 'Who says it?' }).fill('Hanne Lund');
    await ben.page.keyboard.press('Control+Enter');
    await expect.poll(() => chip.textContent()).toBe('“rather close it now” — Hanne Lund');
    await card.getByRole('button', { name: 'Codes' }).click();
    await ben.page.getByRole('menuitem', { name: 'Denial' }).click();
    await expect.poll(() => chip.textContent()).toContain('· Denial');
    await ben.page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => chip.textContent()).toContain('This mark was deleted');
    await ben.page.getByText('Undo', { exact: true }).click();
    await expect.poll(() => chip.textContent()).toBe('“rather close it now” — Hanne Lund · Denial');
  });

  it('a person made a reader can at once neither mark nor write, where they are', async () => {
    await selectWords(cy.page, 'nine piers');
    await ana.page.goto(`${workspace.program.url}/projects/${workspace.projectId}/members`);
    await ana.page.getByRole('button', { name: /Role of Cy Abe/ }).click();
    await ana.page.getByRole('option', { name: /^reader/ }).click();
    await cy.page.getByRole('toolbar', { name: 'Mark the passage' }).waitFor({ state: 'detached' });
    await cy.page.getByText('You can read here. An owner can let you mark passages too.').waitFor();
    await cy.page.keyboard.press('h');
    await expect.poll(() => cy.page.locator('.note-text').getAttribute('contenteditable')).toBe('false');
    await cy.page.locator('.note-state-text').getByText('Read only', { exact: true }).waitFor();
    await expectMarks(workspace, url, [
      'highlighting: four months',
      'claiming: cracks in two',
      'classifying: every ten minutes',
      'quoting: rather close it now',
    ]);
  });

  it('a person who is removed is shown out at once, and told so', async () => {
    await ana.page.getByRole('button', { name: 'Remove Ben Ito' }).click();
    await ana.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await ben.page.getByRole('alert').getByRole('link', { name: 'Your projects' }).waitFor();
    await expect.poll(() => ben.page.locator('.note-text').getAttribute('contenteditable')).toBe('false');
    await ben.page.reload();
    await ben.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await articleOf(ben.page).count()).toBe(0);
    const ofLeaving = /WebSocket|status of 40[34]/;
    for (const { faults } of everyone()) expect(faults.filter((fault) => !ofLeaving.test(fault))).toEqual([]);
  });
});
