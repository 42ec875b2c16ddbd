import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectWords } from './person';
import {
  ask,
  expectMarks,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

type Tracked = { wording: string; status: string; signedOff: unknown; evidence: { stance: string }[] };
const claimsOf = async () => {
  const { owner, program, projectId } = workspace;
  return (await ask<{ items: Tracked[] }>(owner, program, 'get', `/api/projects/${projectId}/claims`)).items;
};
const pierClaim = async () => (await claimsOf()).find(({ wording }) => wording === 'Two piers are cracked');
const shot = async (page: import('playwright-core').Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};

describe('Claims', { timeout: 240_000 }, () => {
  it('are tracked from a passage, gather evidence from two sources of one origin, and are signed off', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const [first, second] = [
      await newSource(workspace, 'The Herald'),
      await newSource(workspace, 'The Post'),
    ];
    await openSource(page, first);
    await selectWords(page, 'cracks in two of the nine piers');
    await page.keyboard.press('c');
    await page
      .getByRole('region', { name: 'Selected passage' })
      .getByRole('textbox')
      .fill('Two piers are cracked');
    await page.keyboard.press('Control+Enter');
    await expectMarks(workspace, first, ['claiming: cracks in two of the nine piers']);
    await page
      .getByRole('article', { name: /^Claim by/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('button', { name: 'Attach to a claim' }).click();
    await page.getByRole('button', { name: /^Track a new claim: “Two piers are cracked/ }).click();
    await page.getByRole('list', { name: 'Claims' }).getByRole('link').waitFor();

    await openSource(page, second);
    await selectWords(page, 'found cracks in two of the nine piers');
    await page.keyboard.press('h');
    await page
      .getByRole('article', { name: /^Highlight by/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('button', { name: 'Attach to a claim' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Two piers are cracked', exact: true })
      .click();
    await page
      .getByRole('list', { name: 'Claims' })
      .getByRole('link', { name: 'Two piers are cracked' })
      .click();
    await page.getByText('2 sources, 2 origins').waitFor();

    // The Post has it from the Herald: two articles, one origin.
    await page.getByRole('button', { name: /Where The Post has it from/ }).click();
    await page.getByRole('option', { name: 'The Herald' }).click();
    await page.getByText('2 sources, 1 origin').waitFor();
    await page.getByRole('img', { name: 'The Post has it from The Herald' }).waitFor();
    await page.getByRole('button', { name: /Status$/ }).click();
    await page.getByRole('option', { name: 'Corroborated' }).click();
    await expect.poll(async () => (await pierClaim())?.status).toBe('corroborated');
    await page.getByRole('button', { name: 'Sign it off as it stands' }).click();
    await page.getByText(/^Signed off by/).waitFor();
    await shot(page, 'claim');

    // Somebody else detaches a passage: what was signed off is another claim now.
    const ada = await joinAs(workspace, 'Ada Reyes', 'editor');
    await ada.page.goto(page.url());
    await ada.page.getByText(/^Signed off by/).waitFor();
    await ada.page.getByRole('button', { name: /^Detach found cracks/ }).click();
    await page.getByText('Nobody has signed this off.').waitFor();
    await page.getByText('1 source, 1 origin').waitFor();
    await ada.page.goto(`${program.url}/projects/${projectId}/claims`);
    await ada.page.getByRole('link', { name: 'Two piers are cracked' }).waitFor();
    await ada.page.getByRole('button', { name: 'Board by status' }).click();
    const board = (name: string) => ada.page.getByRole('region', { name, exact: true });
    await board('Corroborated').getByRole('link', { name: 'Two piers are cracked' }).waitFor();
    await shot(ada.page, 'board');
    await board('Corroborated')
      .getByRole('button', { name: /Status of Two piers/ })
      .click();
    await ada.page.getByRole('option', { name: 'Disputed' }).click();
    await board('Disputed').getByRole('link', { name: 'Two piers are cracked' }).waitFor();
    await expect.poll(async () => (await pierClaim())?.status).toBe('disputed');
    expect([...owner.faults, ...ada.faults]).toEqual([]);
    await ada.context.close();
  });

  it('have statuses that the team renames and adds, and takes back', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const ada = await joinAs(workspace, 'Ada Statuses', 'editor');
    await ada.page.goto(`${program.url}/projects/${projectId}/claims`);
    await ada.page.getByRole('button', { name: 'Board by status' }).click();
    const column = (name: string) => ada.page.getByRole('region', { name, exact: true });
    await column('Checking').waitFor();
    await page.goto(`${program.url}/projects/${projectId}/settings`);
    await page.getByRole('textbox', { name: 'Name of status 2' }).fill('Looking into it');
    await page.getByRole('button', { name: 'Add a status' }).click();
    await page
      .getByRole('textbox', { name: /^Name of status/ })
      .last()
      .fill('Parked');
    await page
      .getByRole('region', { name: 'Statuses of claims' })
      .getByRole('button', { name: 'Save' })
      .click();
    await column('Parked').waitFor();
    await column('Looking into it').waitFor();
    expect(await column('Checking').count()).toBe(0);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Control+z');
    await column('Checking').waitFor();
    await expect.poll(() => column('Parked').count()).toBe(0);
    expect([...owner.faults, ...ada.faults]).toEqual([]);
    await ada.context.close();
  });

  it('say when sources name each other as their origin, until one of the links is taken back', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const root = `/api/projects/${projectId}`;
    const { items } = await ask<{ items: { id: string; title: string }[] }>(
      owner,
      program,
      'get',
      `${root}/sources`,
    );
    const idOf = (title: string) => items.find((one) => one.title === title)?.id as string;
    const evidence = [];
    for (const sourceId of [idOf('The Herald'), idOf('The Post')]) {
      const selector = [
        { type: 'TextQuoteSelector', exact: 'cracks in two of the nine piers', prefix: '', suffix: '' },
      ];
      const body = { sourceId, motivation: 'highlighting', selector };
      const { id } = await ask<{ id: string }>(owner, program, 'post', `${root}/annotations`, body);
      evidence.push({ annotationId: id, stance: 'supports' });
    }
    const claim = { wording: 'Both have it', evidence };
    const { id } = await ask<{ id: string }>(owner, program, 'post', `${root}/claims`, claim);
    await page.goto(`${program.url}/projects/${projectId}/claims/${id}`);
    await page.getByText('2 sources, 1 origin').waitFor();
    await page.getByRole('button', { name: /Where The Herald has it from/ }).click();
    await page.getByRole('option', { name: 'The Post' }).click();
    const circle = page.getByText(/^These sources name each other/);
    await circle.waitFor();
    await shot(page, 'claim-circle');
    await page.keyboard.press('Control+z');
    await circle.waitFor({ state: 'detached' });
    await page.getByText('2 sources, 1 origin').waitFor();
    expect(owner.faults).toEqual([]);
  });

  it('are listed a part at a time where they are many', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    for (let at = 0; at < 120; at += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, more) =>
          ask(owner, program, 'post', `/api/projects/${projectId}/claims`, { wording: `Many ${at + more}` }),
        ),
      );
    await page.goto(`${program.url}/projects/${projectId}/claims`);
    const rows = page.getByRole('list', { name: 'Claims' }).getByRole('link');
    await page.getByRole('button', { name: /^Show more/ }).waitFor({ state: 'attached' });
    expect(await rows.count()).toBe(50);
    const scrolled = async () => {
      await rows.last().scrollIntoViewIfNeeded();
      return rows.count();
    };
    await expect.poll(scrolled).toBeGreaterThanOrEqual(122);
    await page.getByRole('searchbox', { name: 'Find a claim' }).fill('Two piers');
    await expect.poll(() => rows.count()).toBe(1);
  });

  it('are found from anywhere by the palette', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await page.goto(`${program.url}/projects/${projectId}/members`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('two piers');
    const item = page.getByRole('menuitem', { name: 'Two piers are cracked' });
    await expect.poll(() => item.getAttribute('data-focused')).toBe('true');
    await shot(page, 'palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Two piers are cracked' }).waitFor();
    // What can be done is there too: it opens its form, and a reload does not open it again.
    await page.locator('body').press('Control+k');
    await page.keyboard.type('write a cl');
    await expect
      .poll(() => page.getByRole('menuitem', { name: 'Write a claim' }).getAttribute('data-focused'))
      .toBe('true');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await page.keyboard.press('Escape');
  });

  it('are found by their words, with the marks they rest on, spelt a little wrong too', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await page.goto(`${program.url}/projects/${projectId}/search`);
    await page.getByRole('searchbox', { name: 'What to look for' }).fill('piers kind:claim');
    const places = page.getByRole('list', { name: 'Places' }).getByRole('listitem');
    await expect
      .poll(() => places.allTextContents())
      .toEqual([expect.stringContaining('Two piers are cracked')]);
    await page.getByRole('searchbox', { name: 'What to look for' }).fill('enginers');
    await page.getByText(/some of them only similar/).waitFor();
    await shot(page, 'search');
    await page.getByRole('button', { name: 'Keep this search' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Engineers');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByRole('button', { name: 'Engineers', exact: true }).waitFor();
    await places.first().getByRole('link').click();
    await page.waitForURL(/\/sources\//);
  });

  it('are narrowed by chips over the same words, taken away and added', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const q = encodeURIComponent('piers kind:claim -by:ada');
    await page.goto(`${program.url}/projects/${projectId}/search?q=${q}`);
    const box = page.getByRole('searchbox', { name: 'What to look for' });
    const chips = page.getByRole('grid', { name: 'Narrowed by' }).getByRole('row');
    await expect.poll(() => chips.allTextContents()).toEqual(['kind: claim', 'not by: ada']);
    await shot(page, 'chips');
    await page.getByRole('button', { name: /^Take away not by: ada/ }).click();
    await expect.poll(() => box.inputValue()).toBe('piers kind:claim');
    await page.getByRole('button', { name: 'Narrow' }).click();
    const dialog = page.getByRole('dialog', { name: 'Narrow the search' });
    await dialog.getByRole('button', { name: /By$/ }).click();
    await page.getByRole('option', { name: 'Source', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Source' }).fill('The Her');
    await page.getByRole('option', { name: 'The Herald' }).click();
    await shot(page, 'narrow');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect.poll(() => box.inputValue()).toBe('piers kind:claim source:"The Herald"');
    await expect.poll(() => chips.allTextContents()).toEqual(['kind: claim', 'source: The Herald']);
    await page
      .getByRole('list', { name: 'Places' })
      .getByRole('link', { name: 'Two piers are cracked' })
      .waitFor();
  });

  it('is written down without leaving the keyboard, and stays as typed when the dialog is closed', async () => {
    const { page } = workspace.owner;
    await page.goto(`${workspace.program.url}/projects/${workspace.projectId}/claims`);
    await page.getByRole('button', { name: 'Write a claim' }).click();
    const field = page.getByRole('textbox', { name: 'What is claimed' });
    await field.fill('The piers hold for now');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Write a claim' }).click();
    expect(await field.inputValue()).toBe('The piers hold for now');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name: 'The piers hold for now' }).waitFor();
  });
});
