import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GoldRow } from '@/lib/adjudication/decision';
import type { Person } from './person';
import { ask, joinAs, newSource, startWorkspace, stopWorkspace, type Workspace } from './workspace';

const CLOSES = 'The harbour bridge will close for four months';
const CRACKS = 'cracks in two of the nine piers';
const LATE = 'The city has not published their report';

let workspace: Workspace;
let ben: Person;
let eve: Person;
let passId: string;
let sourceId: string;
let works: string;

const root = () => `${workspace.program.url}/projects/${workspace.projectId}`;
const api = () => `/api/projects/${workspace.projectId}`;
const post = <T>(person: Person, path: string, data: unknown) =>
  ask<T>(person, workspace.program, 'post', `${api()}${path}`, data);
const mark = (person: Person, exact: string, codeId: string) =>
  post(person, '/annotations', {
    sourceId,
    motivation: 'classifying',
    selector: [{ type: 'TextQuoteSelector', exact }],
    codeIds: [codeId],
    passId,
  });
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};
const gold = async () =>
  (
    await ask<{ items: GoldRow[] }>(
      workspace.owner,
      workspace.program,
      'get',
      `${api()}/passes/${passId}/gold`,
    )
  ).items;

beforeAll(async () => {
  workspace = await startWorkspace();
  [ben, eve] = [
    await joinAs(workspace, 'Ben Carter', 'annotator'),
    await joinAs(workspace, 'Eve Adair', 'editor'),
  ];
  const { owner } = workspace;
  sourceId = (await newSource(workspace, 'The bridge')).split('/').at(-1) as string;
  const code = async (name: string) => (await post<{ id: string }>(owner, '/codes', { name })).id;
  works = await code('Bridge works');
  const risk = await code('Risk to people');
  const path = `${api()}/members`;
  const list = await ask<{ items: { userId: string; name: string }[] }>(
    owner,
    workspace.program,
    'get',
    path,
  );
  const coders = list.items
    .filter(({ name }) => name === 'Ben Carter' || name === 'Eve Adair')
    .map(({ userId }) => ({ userId }));
  const pass = await post<{ id: string }>(owner, '/passes', {
    name: 'Round 1',
    sourceIds: [sourceId],
    coders,
  });
  passId = pass.id;
  await mark(ben, CLOSES, works);
  await mark(eve, CLOSES, risk);
  await mark(ben, CRACKS, risk);
}, 240_000);
afterAll(() => stopWorkspace(workspace));

describe('Adjudicating', { timeout: 240_000 }, () => {
  it('is done by keys, seen by the other adjudicator, undone, exported, and objected to by whoever coded', async () => {
    const { page } = workspace.owner;
    for (const person of [workspace.owner, eve]) {
      await person.page.goto(`${root()}/passes/${passId}/adjudicate`);
      await person.page.getByText('0 of 2 decided').waitFor();
    }
    await page.getByRole('list', { name: 'Codings' }).getByText('Bridge works').waitFor();
    await page.getByLabel('Why (the coders see it)').fill('Nobody is said to be at risk.');
    await page.keyboard.press('Control+Enter');
    await shot(page, 'adjudicate');
    const first = page.getByRole('list', { name: 'Codings' }).getByRole('listitem').first();
    const isBen = (await first.textContent())?.includes('Ben Carter');
    await page.keyboard.press(isBen ? '2' : '1');
    await page.getByText('1 of 2 decided').waitFor();
    await eve.page.getByText('1 of 2 decided').waitFor();
    await eve.page.keyboard.press('j');
    await page.keyboard.press('m');
    await eve.page.getByText('2 of 2 decided').waitFor();
    await page.keyboard.press('u');
    await eve.page.getByText('1 of 2 decided').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('region', { name: 'A third coding' }).waitFor();
    await page.keyboard.press('Control+ArrowLeft');
    await shot(page, 'adjudicate-third');
    await page.keyboard.press('Enter');
    await eve.page.getByText('2 of 2 decided').waitFor();
    await expect
      .poll(async () => (await gold()).map(({ exact, code, outcome }) => [exact, code, outcome]))
      .toEqual([
        [CLOSES, 'Risk to people', 'accept'],
        ['cracks in two of the nine', 'Risk to people', 'third'],
      ]);
    await page.keyboard.press('Control+z');
    await eve.page.getByText('1 of 2 decided').waitFor();

    const here = eve.page.getByRole('list', { name: 'Disagreements' }).locator('[aria-current]');
    const words = await here.locator('.font-serif').textContent();
    await mark(ben, LATE, works);
    await eve.page.getByText('1 of 3 decided').waitFor();
    expect(await here.locator('.font-serif').textContent()).toBe(words);

    await ben.page.goto(`${root()}/passes/${passId}/decisions`);
    await ben.page.getByText('Why: Nobody is said to be at risk.').waitFor();
    await shot(ben.page, 'decisions');
    await ben.page.getByRole('button', { name: 'Object' }).first().click();
    await ben.page.getByLabel('What you object to').fill('A closed bridge cuts off the clinic.');
    await ben.page.getByRole('button', { name: 'Object' }).first().click();
    await page.goto(`${root()}/passes/${passId}/decisions`);
    await page.getByText('A closed bridge cuts off the clinic.').waitFor();
    await page.getByRole('button', { name: 'Dealt with' }).click();
    await ben.page.getByText(/dealt with it/).waitFor();
    if (process.env.GLOSS_SHOTS)
      for (const [width, scheme] of [
        [390, 'light'],
        [390, 'dark'],
        [1440, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: scheme });
        for (const name of ['adjudicate', 'decisions']) {
          await page.goto(`${root()}/passes/${passId}/${name}`);
          await page
            .getByText(/decided$|^Why: /)
            .first()
            .waitFor();
          await shot(page, `${name}-${width}-${scheme}`);
        }
      }
  });
});
