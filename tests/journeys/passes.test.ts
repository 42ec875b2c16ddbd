import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pass } from '@/lib/passes/pass';
import { type Person, selectWords } from './person';
import {
  ask,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  storedMarks,
  type Workspace,
} from './workspace';

const CLOSES = 'The harbour bridge will close for four months';
const CRACKS = 'Engineers found cracks in two of the nine piers';

const APART = 'Ferries will run every ten minutes';
const byLength = (one: string, other: string) => other.length - one.length;

let workspace: Workspace;
let ben: Person;
let cleo: Person;

beforeAll(async () => {
  workspace = await startWorkspace();
  [ben, cleo] = [
    await joinAs(workspace, 'Ben Carter', 'annotator'),
    await joinAs(workspace, 'Cleo Diaz', 'annotator'),
  ];
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const root = () => `${workspace.program.url}/projects/${workspace.projectId}`;
const api = () => `/api/projects/${workspace.projectId}`;
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};
const passBar = (page: Page) => page.getByRole('region', { name: 'Pass', exact: true });

/** The pictures of a narrow page in the dark, for whoever looks at them. */
async function shotsNarrow(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, 'pass-progress-390-dark');
  await page.goto(`${root()}/passes`);
  await page.getByRole('list', { name: 'Passes' }).waitFor();
  await shot(page, 'passes-390-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Codes a passage by keys, with the first code that is offered. */
async function code(page: Page, words: string): Promise<void> {
  await selectWords(page, words);
  await page.keyboard.press('t');
  await page.getByRole('dialog', { name: 'Choose a code' }).waitFor();
  await page.keyboard.type('Bridge');
  await page.getByRole('menuitem', { name: /^Bridge/ }).click();
  await page.getByText('Marks saved').waitFor({ state: 'attached' });
}

/** The creators of the marks of a source that a person is told of. */
const seenBy = async (person: Person, sourceId: string) => {
  const path = `${api()}/annotations?source=${sourceId}&limit=100`;
  const { items } = await ask<{ items: { creator: { name: string } }[] }>(
    person,
    workspace.program,
    'get',
    path,
  );
  return items.map(({ creator }) => creator.name).sort();
};

describe('Coding blind', { timeout: 240_000 }, () => {
  it('hides two coders from each other until the lead reveals it, and then shows both to both, live', async () => {
    const lead = workspace.owner;
    const url = await newSource(workspace, 'The bridge');
    const sourceId = url.split('/').at(-1) as string;
    await ask(lead, workspace.program, 'post', `${api()}/codes`, { name: 'Bridge works' });

    await lead.page.goto(`${root()}/passes`);
    await lead.page.getByRole('button', { name: 'Start a pass' }).click();
    const dialog = lead.page.getByRole('dialog', { name: 'Start a pass' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Round 1');
    await dialog.getByRole('group', { name: 'Sources' }).getByText('The bridge').click();
    for (const name of ['Ben Carter', 'Cleo Diaz'])
      await dialog.getByRole('group', { name: 'Coders' }).getByText(name).click();
    await shot(lead.page, 'new-pass');
    await dialog.getByRole('button', { name: 'Start it' }).click();
    await lead.page.waitForURL(/\/passes\/[0-9a-f-]{36}$/);
    const progress = lead.page.getByRole('region', { name: 'Progress' });
    await progress.getByRole('columnheader', { name: 'Cleo Diaz' }).waitFor();

    await lead.page.getByRole('button', { name: 'Change', exact: true }).click();
    const changing = lead.page.getByRole('dialog', { name: 'Change this pass' });
    await changing.getByRole('textbox', { name: 'Name' }).fill('Round 2');
    await shot(lead.page, 'edit-pass');
    await changing.getByRole('button', { name: 'Save' }).click();
    await lead.page.getByRole('heading', { level: 1, name: 'Round 2' }).waitFor();
    await changing.waitFor({ state: 'detached' });
    await lead.page.keyboard.press('Control+z');
    await lead.page.getByRole('heading', { level: 1, name: 'Round 1' }).waitFor();
    // The next press means what was just asked for, answered or not; and what is taken back before it stays so.
    await lead.page.getByRole('textbox', { name: 'Add a coder by name' }).fill('A program');
    await lead.page.getByRole('button', { name: 'Add', exact: true }).click();
    await lead.page.keyboard.press('Control+z');
    await lead.page.getByText('Undone: change of the coders').waitFor();
    const passPath = `${api()}/passes/${lead.page.url().split('/').at(-1)}`;
    const stored = async () => {
      const { name, coders } = await ask<Pass>(lead, workspace.program, 'get', passPath);
      return [name, ...coders.map((coder) => coder.name)];
    };
    await expect.poll(stored).toEqual(['Round 1', 'Ben Carter', 'Cleo Diaz']);

    for (const { page } of [ben, cleo]) {
      await openSource(page, url);
      await passBar(page).getByText('Coding in “Round 1”').waitFor();
    }
    await code(ben.page, CLOSES);
    await code(cleo.page, CRACKS);
    await expect.poll(async () => (await storedMarks(workspace, url)).length).toBe(2);
    await shot(ben.page, 'pass-coding');

    // Who has the note beside it open is hidden with the rest.
    expect(await ben.page.getByRole('list', { name: 'In this note now' }).getByText('Cleo').count()).toBe(0);

    // The lead sees both, and both at work.
    expect(await seenBy(lead, sourceId)).toEqual(['Ben Carter', 'Cleo Diaz']);
    await expect.poll(() => progress.getByText('Working').count()).toBe(2);
    await shot(lead.page, 'pass-progress');

    // Neither coder sees the other: in lists, in the margin, in the counts, in who is here, in what happened.
    expect(await seenBy(ben, sourceId)).toEqual(['Ben Carter']);
    expect(await seenBy(cleo, sourceId)).toEqual(['Cleo Diaz']);
    for (const [mine, other] of [
      [ben, 'Cleo Diaz'],
      [cleo, 'Ben Carter'],
    ] as const) {
      expect(await mine.page.locator('[data-annotation]').filter({ hasText: other }).count()).toBe(0);
      await mine.page.getByRole('link', { name: 'Activity' }).first().click();
      await mine.page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
      await mine.page.getByText('started the pass').first().waitFor();
      expect(await mine.page.getByText(`${other} coded`).count()).toBe(0);
      await openSource(mine.page, url);
    }
    await passBar(ben.page).getByRole('button', { name: 'Done with this source' }).click();
    await passBar(ben.page).getByText('Done with this source in').waitFor();
    await progress.getByText('Done', { exact: true }).waitFor();

    await lead.page.getByRole('button', { name: 'Reveal', exact: true }).click();
    await shot(lead.page, 'pass-reveal');
    await lead.page.getByRole('button', { name: 'Reveal it to everybody' }).click();
    await lead.page.getByText(/Revealed by/).waitFor();

    // On the open pages, without loading them anew.
    for (const [mine, other] of [
      [ben, 'Cleo Diaz'],
      [cleo, 'Ben Carter'],
    ] as const)
      await mine.page
        .locator('[data-annotation]')
        .filter({ hasText: other })
        .first()
        .waitFor({ state: 'attached' });
    await shot(ben.page, 'pass-revealed');
    if (process.env.GLOSS_SHOTS) await shotsNarrow(lead.page);
    const { items } = await ask<{ items: Pass[] }>(ben, workspace.program, 'get', `${api()}/passes`);
    expect(items[0]?.revealed).not.toBe(null);

    // From there on to the figure, the passage behind it, a decision, and the gold that is taken out.
    await ask(lead, workspace.program, 'post', `${api()}/annotations`, {
      sourceId,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: APART, prefix: '', suffix: '' }],
    });
    const { page } = lead;
    await page.goto(`${root()}/passes/${items[0]?.id}`);
    await page.getByRole('link', { name: 'Agreement', exact: true }).click();
    const matrix = page.getByRole('region', { name: 'Coders by coders' });
    await matrix.getByRole('button', { name: /^Ben Carter and Cleo Diaz: / }).click();
    const sheet = page.getByRole('dialog', { name: 'Ben Carter and Cleo Diaz' });
    const places = sheet.getByRole('list', { name: 'Passages' }).getByRole('listitem');
    await expect
      .poll(() => places.locator('mark').allTextContents())
      .toEqual([CLOSES, CRACKS].sort(byLength));
    await places.filter({ hasText: CRACKS }).getByRole('link', { name: 'The bridge' }).click();
    await page.getByRole('button', { name: /^Show all/ }).waitFor();
    // Whoever is neither of the two is left out, until all are asked for.
    const marks = () => page.locator('[data-annotation]').count();
    await expect.poll(marks).toBe(2);
    await shot(page, 'pass-in-text');
    await page.getByRole('button', { name: /^Show all/ }).click();
    await expect.poll(marks).toBe(3);
    await page.goto(`${root()}/passes/${items[0]?.id}/adjudicate`);
    await page.getByText('0 of 2 decided').waitFor();
    await page.keyboard.press('1');
    await page.getByText('1 of 2 decided').waitFor();
    await shot(page, 'pass-adjudicated');
    await page.getByRole('link', { name: 'Decisions', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'as a table (CSV)' }).click();
    const gold = readFileSync(await (await download).path(), 'utf8');
    expect([CLOSES, CRACKS].filter((words) => gold.includes(words))).toHaveLength(1);
    expect(gold).toContain('Bridge works');
    // What the coders made is as it was.
    expect(await seenBy(lead, sourceId)).toEqual(['Ben Carter', 'Cleo Diaz', 'First user']);
    for (const { faults } of [lead, ben, cleo]) expect(faults).toEqual([]);
  });

  it('tells a coder who learns, after each source, how far they are from the expert', async () => {
    const lead = workspace.owner;
    const url = await newSource(workspace, 'The training');
    const sourceId = url.split('/').at(-1) as string;
    const { items: codes } = await ask<{ items: { id: string; name: string }[] }>(
      lead,
      workspace.program,
      'get',
      `${api()}/codes`,
    );
    const members = await ask<{ items: { userId: string; name: string }[] }>(
      lead,
      workspace.program,
      'get',
      `${api()}/members`,
    );
    const idOf = (name: string) => members.items.find((one) => one.name === name)?.userId as string;
    const pass = await ask<Pass>(lead, workspace.program, 'post', `${api()}/passes`, {
      name: 'Training',
      kind: 'blind',
      sourceIds: [sourceId],
      codeIds: codes.map(({ id }) => id),
      coders: [{ userId: idOf('Ben Carter'), isExpert: true }, { userId: idOf('Cleo Diaz') }],
    });
    for (const [person, words] of [
      [ben, CLOSES],
      [ben, CRACKS],
      [cleo, CLOSES],
    ] as const)
      await ask(person, workspace.program, 'post', `${api()}/annotations`, {
        sourceId,
        motivation: 'classifying',
        selector: [{ type: 'TextQuoteSelector', exact: words, prefix: '', suffix: '' }],
        codeIds: [codes[0]?.id],
        passId: pass.id,
      });
    await openSource(cleo.page, url);
    await passBar(cleo.page).getByText('Coding in “Training”').waitFor();
    expect(await passBar(cleo.page).getByText('Beside Ben Carter').count()).toBe(0);
    await passBar(cleo.page).getByRole('button', { name: 'Done with this source' }).click();
    await passBar(cleo.page)
      .getByText(/Beside Ben Carter: 1 the same, 1 not found\./)
      .waitFor();
    await shot(cleo.page, 'training');
    expect(cleo.faults).toEqual([]);
  });
});
