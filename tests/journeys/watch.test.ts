import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '@/tests/support/newspaper';
import { type Site, startSite } from '@/tests/support/sites';
import { articleOf, openBringIn, saveSource, selectWords } from './person';
import { enterNote, expectMarks, joinAs, startWorkspace, stopWorkspace, type Workspace } from './workspace';

const SAID = 'The minister knew of the leak in March, two officials said.';
const EDITED = 'The minister may have known of the leak in March, two officials said.';
const REST = 'The plant was shut down for a week. Nobody was hurt, the operator said at the time.';

let workspace: Workspace;
let site: Site;
let article = `${SAID}\n\n${REST}`;

beforeAll(async () => {
  site = await startSite((request, response) => {
    if (request.url === '/robots.txt') return response.writeHead(404).end();
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(article));
  });
  workspace = await startWorkspace({ GLOSS_TEST_IMPORT_HOSTS: site.host, WATCH_POLL_SECONDS: '1' });
}, 240_000);
afterAll(async () => {
  await stopWorkspace(workspace);
  await site?.close();
});

describe('A watched page', { timeout: 240_000 }, () => {
  it('that is edited in silence becomes a version, and whoever marked what changed is told at once', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await openBringIn(page, `${program.url}/projects/${projectId}`);
    await page.getByRole('tab', { name: 'From an address' }).click();
    await page.getByLabel('Address of the page').fill(`http://${site.host}/leak`);
    await page.getByRole('button', { name: 'Read it' }).click();
    const url = await saveSource(page);

    const ada = await joinAs(workspace, 'Ada Reyes', 'editor');
    await ada.page.goto(url);
    await articleOf(ada.page).getByText('The minister knew').waitFor();
    await ada.page.getByText('Marks saved').waitFor({ state: 'attached' });
    await selectWords(ada.page, 'The minister knew of the leak in March');
    await ada.page.keyboard.press('n');
    await expectMarks(workspace, url, ['highlighting: The minister knew of the leak in March']);
    await ada.page.locator('.quote-chip[data-state="here"]').waitFor();
    await enterNote(ada.page);
    await ada.page.keyboard.type(' Our headline rests on this.');

    const quiet = await page.getByRole('button', { name: /^Notices/ }).getAttribute('aria-label');
    article = `${EDITED}\n\n${REST}`;
    await page.goto(`${url}/versions`);
    await page.getByRole('region', { name: 'Watch the page' }).getByRole('button').click();
    await page.getByRole('option', { name: 'Every hour' }).click();
    await page.getByText('became a version').waitFor();
    await page.getByText('2 versions.').waitFor();

    // Ada, who reads the old text, is told without a reload; what she reads has not moved.
    const bell = ada.page.getByRole('button', { name: 'Notices, 1 new' });
    await bell.waitFor();
    expect(await articleOf(ada.page).textContent()).toContain('The minister knew');
    await bell.click();
    const notices = ada.page.getByRole('dialog', { name: 'Notices' });
    await notices.getByText('has a version 2').waitFor();
    expect(await notices.locator('del').first().textContent()).toContain('knew');
    expect(await notices.locator('ins').first().textContent()).toContain('may have known');
    if (process.env.GLOSS_SHOTS) await ada.page.screenshot({ path: `${process.env.GLOSS_SHOTS}/notice.png` });
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('button', { name: 'Notices', exact: true }).waitFor();
    // Whoever had nothing in it is not told.
    expect(await page.getByRole('button', { name: /^Notices/ }).getAttribute('aria-label')).toBe(quiet);

    await page.getByRole('region', { name: 'Watch the page' }).getByRole('button').click();
    await page.getByRole('option', { name: 'Never' }).click();
    await page.getByText('When its text changes, it becomes a version').waitFor();
    expect([...owner.faults, ...ada.faults]).toEqual([]);
    await ada.context.close();
  });
});
