import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pass } from '@/lib/passes/pass';
import { axe } from '../support/axe';
import { articleOf, type Person } from './person';
import {
  ask,
  joinAs,
  newSource,
  PARAGRAPHS,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

const CLOSES = PARAGRAPHS[0];
const CRACKS = 'Engineers found cracks in two of the nine piers in September.';
const FERRIES = 'Ferries will run every ten minutes at first.';

let workspace: Workspace;
let ben: Person;
beforeAll(async () => {
  workspace = await startWorkspace();
  ben = await joinAs(workspace, 'Ben Carter', 'annotator');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const api = () => `/api/projects/${workspace.projectId}`;
const shots = async (page: Page, name: string) => {
  if (!process.env.GLOSS_SHOTS) return;
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 2_600 });
      await page.screenshot({
        path: `${process.env.GLOSS_SHOTS}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
};
const failings = async (page: Page) =>
  (await (await axe(page)).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

describe('Agreement', { timeout: 240_000 }, () => {
  it('teaches before there is any, goes along while two people code, and leads from a figure to the words', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const sourceId = (await newSource(workspace, 'The bridge')).split('/').at(-1) as string;
    const make = (path: string, body: object, by = owner) =>
      ask<{ id: string }>(by, program, 'post', `${api()}${path}`, body);
    const [closure, damage] = [
      (await make('/codes', { name: 'Closure' })).id,
      (await make('/codes', { name: 'Damage' })).id,
    ];
    const { items } = await ask<{ items: { userId: string }[] }>(owner, program, 'get', `${api()}/members`);
    const coders = items.map(({ userId }) => ({ userId }));
    const pass = (await make('/passes', { name: 'Round 1', sourceIds: [sourceId], coders })) as Pass;
    const mark = (by: Person, exact: string, codeId: string) =>
      make(
        '/annotations',
        {
          ...{ motivation: 'classifying', sourceId, passId: pass.id, codeIds: [codeId] },
          selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }],
        },
        by,
      );

    await page.goto(`${program.url}/projects/${projectId}/passes/${pass.id}`);
    await page.getByRole('link', { name: 'Agreement', exact: true }).click();
    await page.getByText('Nothing to compare yet').waitFor();
    await shots(page, 'nothing');

    await mark(owner, CLOSES, closure);
    await mark(ben, CLOSES, closure);
    const measures = page.getByRole('region', { name: 'Values of measures' });
    const percent = measures.getByRole('row', { name: /^Percent/ });
    await percent.getByText('1.00', { exact: true }).first().waitFor();

    // While people code nobody waits for what takes seconds: with that held back, the figures go on by themselves.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const whole = (url: URL) => /\/agreement$/.test(url.pathname) && !url.searchParams.has('whole');
    await page.route(whole, async (route) => {
      await held;
      await route.continue();
    });
    const { id } = await mark(owner, FERRIES, damage);
    await percent.getByText('0.86', { exact: true }).first().waitFor();
    await ask(owner, program, 'delete', `${api()}/annotations/${id}`);
    await percent.getByText('1.00', { exact: true }).first().waitFor();
    release();
    await page.unrouteAll({ behavior: 'wait' });

    // Two of seven sentences differ now, and a reason stands where there is no figure.
    await mark(owner, CRACKS, damage);
    await mark(ben, CRACKS, closure);
    await mark(ben, FERRIES, damage);
    await percent.getByText('0.71', { exact: true }).first().waitFor();
    await measures
      .getByText(/Can’t be computed: the values are not numbers/)
      .first()
      .waitFor();
    await percent.getByRole('button', { name: /^Percent.*Show where they differ$/ }).click();
    const differing = page.getByRole('dialog', { name: 'Where the coders differ' });
    await differing.getByRole('list', { name: 'Passages' }).getByText('Code differs').waitFor();
    await page.keyboard.press('Escape');
    const alpha = measures.getByRole('button', { name: "Krippendorff's alpha (nominal)", exact: true });
    await alpha.click();
    await measures.getByText(/Content Analysis, 2nd ed., ch. 11/).waitFor();
    await measures.getByText(/^No code 64 %, Closure 21 %/).waitFor();
    const inputs = await measures.getByRole('link', { name: /\(CSV\)/ }).getAttribute('href');
    expect(await (await owner.context.request.get(program.url + inputs)).text()).toContain('Ben Carter');
    await shots(page, 'agreement');
    expect(await failings(page)).toEqual([]);

    await page
      .getByRole('button', { name: /^Closure and Damage: 1/ })
      .first()
      .click();
    const sheet = page.getByRole('dialog', { name: 'Closure and Damage' });
    const place = sheet.getByRole('list', { name: 'Passages' }).getByRole('listitem');
    await place.getByText('Code differs').waitFor();
    expect(await place.locator('mark').allTextContents()).toEqual([CRACKS, CRACKS]);
    await shots(page, 'places');
    expect(await failings(page)).toEqual([]);

    await place.getByRole('link', { name: 'The bridge' }).click();
    await articleOf(page).getByText(CRACKS).waitFor();
    await page.waitForURL(/\/sources\/.*/);
    // In the text, the marks of these coders and no others, each in the colour of whoever made it.
    await page.locator('button', { hasText: 'Colour: person' }).waitFor();
    await page.getByRole('button', { name: /^Show all/ }).click();
    await page.getByRole('button', { name: /^Show all/ }).waitFor({ state: 'detached' });
    await shots(page, 'in-the-text');
    expect(owner.faults).toEqual([]);
  });
});
