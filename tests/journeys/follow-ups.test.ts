import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Thread } from '@/lib/threads/thread';
import type { Person } from './person';
import { selectWords } from './person';
import {
  ask,
  enterNote,
  expectMarks,
  joinAs,
  newSource,
  openSource,
  startWorkspace,
  stopWorkspace,
  type Workspace,
} from './workspace';

const SOON = { timeout: 40_000 };
const WORDS = 'cracks in two of the nine piers';

let workspace: Workspace;
let ada: Person;
let source: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  source = await newSource(workspace, 'The Herald');
  ada = await joinAs(workspace, 'Ada Reyes', 'annotator');
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const stored = async () => {
  const { owner, program, projectId } = workspace;
  const path = `/api/projects/${projectId}/follow-ups`;
  return (await ask<{ items: FollowUp[] }>(owner, program, 'get', path)).items;
};
const called = async (wording: string) => (await stored()).filter((one) => one.wording === wording);
const listUrl = () => `${workspace.program.url}/projects/${workspace.projectId}/follow-ups`;
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Follow up' });
const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS) await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png` });
};

/** Whether a reload without the server would find the program, and this follow-up in the project. Runs in the page. */
async function isReadyForOffline(wording: string) {
  const shell = (await caches.match('/offline')) !== undefined && navigator.serviceWorker.controller !== null;
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done, fail) => {
    open.onsuccess = () => done(open.result);
    open.onerror = () => fail(open.error);
  });
  const rows = db.transaction('projects').objectStore('projects').getAll();
  const kept = await new Promise<{ snapshot: { followUps: { wording: string }[] } }[]>((done) => {
    rows.onsuccess = () => done(rows.result);
  });
  db.close();
  return shell && kept.some(({ snapshot }) => snapshot.followUps.some((one) => one.wording === wording));
}

/** How many changes wait in the browser's store: what stands there outlives the page. Runs in the page. */
async function countWaiting() {
  const open = indexedDB.open('gloss');
  const db = await new Promise<IDBDatabase>((done, fail) => {
    open.onsuccess = () => done(open.result);
    open.onerror = () => fail(open.error);
  });
  const rows = db.transaction('changes').objectStore('changes').count();
  const count = await new Promise<number>((done) => {
    rows.onsuccess = () => done(rows.result);
  });
  db.close();
  return count;
}

describe('Follow-ups', { timeout: 240_000 }, () => {
  it('are raised from a mark with one key, seen live by whom they are given to, and moved to done by keyboard', async () => {
    const { owner } = workspace;
    const { page } = owner;
    await ada.page.goto(listUrl());
    await ada.page.getByRole('heading', { name: 'Follow-ups', level: 1 }).waitFor();
    await openSource(page, source);
    await selectWords(page, WORDS);
    await page.keyboard.press('h');
    await expectMarks(workspace, source, [`highlighting: ${WORDS}`]);
    await page
      .getByRole('article', { name: /^Highlight by/ })
      .getByRole('button')
      .first()
      .click();
    await page.keyboard.press('f');
    await dialogOf(page).getByText(WORDS).waitFor();
    await page.keyboard.type('Who measured them?');
    await dialogOf(page)
      .getByRole('button', { name: /Owner$/ })
      .click();
    await page.getByRole('option', { name: 'Ada Reyes' }).click();
    await shot(page, 'follow-up-new');
    await page.keyboard.press('Control+Enter');
    await dialogOf(page).waitFor({ state: 'detached' });
    const card = page.getByRole('article', { name: /^Highlight by/ });
    await card.getByRole('button', { name: 'Who measured them?', exact: true }).waitFor();
    await page.getByRole('tab', { name: /^Follow-ups 1/ }).click();
    await page
      .getByRole('tabpanel')
      .getByRole('list', { name: 'Follow-ups' })
      .getByText('Who measured them?')
      .waitFor();
    await shot(page, 'follow-up-tab');
    expect(await called('Who measured them?')).toMatchObject([
      { kind: 'question', owner: { name: 'Ada Reyes' }, raisedBy: { type: 'annotation', quote: WORDS } },
    ]);

    // Ada sees it without a reload, is told of it, and takes it along the board by keys alone.
    await ada.page.getByRole('button', { name: 'Who measured them?', exact: true }).waitFor();
    await ada.page.getByRole('button', { name: /^Notices, \d+ new$/ }).click();
    await ada.page.getByText(/gave you a question/).waitFor();
    await shot(ada.page, 'follow-up-notice');
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('button', { name: 'Mine' }).click();
    await ada.page.getByText('Who counts the 212 children now?').waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Board by state' }).click();
    const column = (name: string) => ada.page.getByRole('region', { name, exact: true });
    const question = (name: string) =>
      column(name).getByRole('button', { name: 'Who measured them?', exact: true });
    await question('Open').focus();
    await ada.page.keyboard.press('Alt+ArrowRight');
    await question('Doing').waitFor();
    await expect.poll(() => question('Doing').evaluate((one) => one === document.activeElement)).toBe(true);
    await ada.page.keyboard.press('Alt+ArrowRight');
    await question('Done').waitFor();
    await expect.poll(async () => (await called('Who measured them?'))[0]?.state).toBe('done');
    await shot(ada.page, 'follow-up-board');

    // Whoever asked is told, and comes from there to the question.
    await page.getByRole('button', { name: /^Notices, \d+ new$/ }).click();
    await page.getByText('Ada Reyes answered a question.').waitFor();
    await page
      .getByRole('article')
      .filter({ hasText: 'answered a question' })
      .getByRole('link', { name: 'Open' })
      .click();
    await page.getByRole('dialog', { name: 'Question' }).getByText(WORDS).waitFor();
    await page.keyboard.press('Escape');
  });

  it('stay in the order that somebody gave them, also for others', async () => {
    const { owner, program, projectId } = workspace;
    const path = `/api/projects/${projectId}/follow-ups`;
    for (const wording of ['First', 'Second', 'Third']) await ask(ada, program, 'post', path, { wording });
    await ada.page.goto(listUrl());
    const board = (page: Page) => page.getByRole('region', { name: 'Open', exact: true });
    const order = async (page: Page) =>
      (await board(page).locator('[data-follow-up]').allTextContents()).filter((words) =>
        ['First', 'Second', 'Third'].includes(words),
      );
    await expect.poll(() => order(ada.page)).toEqual(['First', 'Second', 'Third']);
    await board(ada.page).getByRole('button', { name: 'Third', exact: true }).focus();
    await ada.page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => order(ada.page)).toEqual(['First', 'Third', 'Second']);
    await ada.page.getByText(/Undone/).waitFor({ state: 'detached' });
    await ada.page.keyboard.press('Control+z');
    await expect.poll(() => order(ada.page)).toEqual(['First', 'Second', 'Third']);
    await ada.page.keyboard.press('Control+Shift+z');
    await expect.poll(() => order(ada.page)).toEqual(['First', 'Third', 'Second']);
    await owner.page.goto(listUrl());
    await owner.page.getByRole('button', { name: 'Board by state' }).click();
    await expect.poll(() => order(owner.page)).toEqual(['First', 'Third', 'Second']);
    await board(ada.page)
      .getByRole('listitem')
      .filter({ hasText: 'Third' })
      .dragTo(ada.page.getByRole('region', { name: 'Dropped' }));
    await expect.poll(async () => (await called('Third'))[0]?.state).toBe('dropped');
    await owner.page
      .getByRole('region', { name: 'Dropped' })
      .getByRole('button', { name: 'Third', exact: true })
      .waitFor();
  });

  it('are raised from a comment, from a claim, and from a task of the note, by its button and by its key', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await openSource(page, source);
    await page
      .getByRole('article', { name: /^Highlight by/ })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Start a discussion' }).fill('Has anybody asked the city?');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: /^Follow up the comment by/ }).focus();
    await page.keyboard.press('f');
    await dialogOf(page).getByText('About a comment').waitFor();
    await page.keyboard.type('Ask the city');
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await called('Ask the city'))[0]?.raisedBy?.type).toBe('comment');

    await enterNote(page);
    await page.keyboard.press('Enter');
    await page.keyboard.type('[ ] Call the engineers');
    await page.locator('.note-text').getByRole('button', { name: 'Follow up' }).click();
    await dialogOf(page).getByRole('textbox', { name: 'What is to be done' }).waitFor();
    expect(await dialogOf(page).getByRole('textbox', { name: 'What is to be done' }).inputValue()).toBe(
      'Call the engineers',
    );
    await shot(page, 'follow-up-task');
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(async () => (await called('Call the engineers'))[0]?.raisedBy)
      .toMatchObject({ type: 'note', quote: 'Call the engineers' });
    await dialogOf(page).waitFor({ state: 'detached' });
    // The task shows what became of it, and leads there.
    const face = page.locator('.note-text').getByRole('button', { name: /^To do/ });
    await face.click();
    await page.getByRole('dialog').getByText('Call the engineers').first().waitFor();
    await page.keyboard.press('Escape');
    await shot(page, 'follow-up-face');
    // A task whose words are mended stays the one that raised it.
    await enterNote(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' today');
    await page.locator('.note-text').getByText('Call the engineers today').first().waitFor();
    await face.waitFor();
    await page.keyboard.press('Control+Alt+f');
    await dialogOf(page).waitFor();
    await page.keyboard.press('Escape');

    const path = `/api/projects/${projectId}/claims`;
    const { id } = await ask<{ id: string }>(owner, program, 'post', path, { wording: 'The piers hold' });
    await page.goto(`${program.url}/projects/${projectId}/claims/${id}`);
    await page.getByRole('heading', { name: 'The piers hold' }).waitFor();
    await page.getByRole('button', { name: 'Ask or assign' }).waitFor();
    await page.locator('body').press('f');
    await dialogOf(page).getByText('About a claim').waitFor();
    await page.keyboard.type('Who says so?');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('list', { name: 'Follow-ups' })
      .getByRole('button', { name: 'Who says so?', exact: true })
      .waitFor();
    await shot(page, 'follow-up-claim');

    // What was said about the claim is followed up too, and leads back to where it was said.
    const threads = `/api/projects/${projectId}/threads`;
    const { comments } = await ask<Thread>(owner, program, 'post', threads, {
      claimId: id,
      text: 'By whom?',
    });
    const raisedBy = { type: 'comment', id: comments[0]?.id };
    await ask(owner, program, 'post', `/api/projects/${projectId}/follow-ups`, {
      wording: 'By whom',
      raisedBy,
    });
    await page.goto(listUrl());
    await page.getByRole('button', { name: 'List by day' }).click();
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: 'By whom', exact: true }) })
      .getByRole('link')
      .click();
    await page.waitForURL(new RegExp(`/claims/${id}\\?thread=[^&]+&comment=${raisedBy.id}$`));
    await page.getByText('By whom?').first().waitFor();
  });

  it('are made and done without a connection, and sent in their order after a reload', async () => {
    const { page, context } = ada;
    await page.goto(listUrl());
    await page.getByRole('button', { name: 'List by day' }).click();
    await page.reload();
    await expect.poll(() => page.evaluate(isReadyForOffline, 'First'), SOON).toBe(true);
    await context.setOffline(true);
    await page.getByText(/^No connection\./).waitFor();
    await page.getByRole('button', { name: 'Ask or assign' }).click();
    await dialogOf(page).getByRole('textbox', { name: 'What is to be done' }).fill('Count the boats');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Done: First' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Count the boats' });
    await row.getByText('Not saved yet').waitFor();
    // The page itself asks before it is left until both are kept.
    await expect.poll(() => page.evaluate(countWaiting)).toBe(2);
    await page.reload();
    await row.getByText('Not saved yet').waitFor();
    await page.getByText(/^Done and dropped/).click();
    await page.getByRole('button', { name: 'Open again: First' }).waitFor();
    await shot(page, 'follow-up-offline');
    expect(await called('Count the boats')).toEqual([]);
    await context.setOffline(false);
    await row.getByText('Not saved yet').waitFor({ state: 'detached' });
    await expect.poll(async () => (await called('Count the boats')).length, SOON).toBe(1);
    await expect.poll(async () => (await called('First'))[0]?.state, SOON).toBe('done');
  });

  it('are found by their words, and begun from the palette', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    await page.goto(`${program.url}/projects/${projectId}/search?q=boats+kind:follow-up`);
    const places = page.getByRole('list', { name: 'Places' }).getByRole('listitem');
    await expect.poll(() => places.allTextContents()).toEqual([expect.stringContaining('Count the boats')]);
    await places.getByRole('link').click();
    await page.getByRole('dialog', { name: 'Task' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ask a question');
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor();
    await page.keyboard.press('Escape');
    const ofAbsence = /WebSocket|ERR_CONNECTION|ERR_INTERNET|Failed to fetch|server responded with a status/;
    expect([...owner.faults, ...ada.faults].filter((fault) => !ofAbsence.test(fault))).toEqual([]);
  });
});
