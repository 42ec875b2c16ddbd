import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPerson } from './person';
import { ask, startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const shot = async (page: Page, name: string) => {
  if (process.env.GLOSS_SHOTS)
    await page.screenshot({ path: `${process.env.GLOSS_SHOTS}/${name}.png`, fullPage: true });
};

describe('A guest', { timeout: 120_000 }, () => {
  it('confirms one claim and disputes another on a phone, is answered, and is told when the link is ended', async () => {
    const { owner, program, projectId, browser } = workspace;
    const { page } = owner;
    const place = (path: string) => `${program.url}/projects/${projectId}${path}`;
    const make = (wording: string) =>
      ask<{ id: string }>(owner, program, 'post', `/api/projects/${projectId}/claims`, { wording });
    const right = await make('The bridge closes on Monday.');
    const wrong = await make('The report was never written.');

    await page.goto(place(`/members?do=guest&claims=${right.id},${wrong.id}`));
    const form = page.getByRole('dialog', { name: 'Ask a guest' });
    await form.getByText('The report was never written.').waitFor();
    await form
      .getByRole('textbox', { name: /^Your words/ })
      .fill('You told us this by telephone. Is it right?');
    await shot(page, 'guest-dialog');
    await form.getByRole('button', { name: 'Make the link' }).click();
    const url = await page.getByRole('textbox', { name: /^Guest link to/ }).inputValue();

    const guest = await newPerson(browser, { width: 390, height: 844 });
    await guest.page.goto(url);
    const statement = (nth: number) => guest.page.getByRole('region', { name: `Statement ${nth} of 2` });
    await statement(1).getByRole('heading', { name: 'The bridge closes on Monday.' }).waitFor();
    await shot(guest.page, 'guest-phone');
    // By keyboard, as all of it can be done.
    await statement(1).getByRole('button', { name: 'Yes, right' }).focus();
    await guest.page.keyboard.press('Enter');
    await statement(1).getByRole('button', { name: 'Send' }).click();
    await statement(1).getByText('Yes, this is right.').waitFor();
    // The other one stands open on the lead's page before it is disputed.
    await page.goto(place(`/claims/${wrong.id}`));
    await page.getByRole('heading', { name: 'Discussion' }).waitFor();
    await statement(2).getByRole('button', { name: 'No, wrong' }).click();
    const send = statement(2).getByRole('button', { name: 'Send' });
    expect(await send.isDisabled()).toBe(true);
    await statement(2)
      .getByRole('textbox', { name: /^What is wrong/ })
      .fill('It was, in May.');
    await send.click();
    await page.getByText('guest, says it is wrong').waitFor();
    await page.getByText('It was, in May.').waitFor();
    await shot(page, 'guest-claim');
    await page
      .getByRole('textbox', { name: /answer|reply|comment|write/i })
      .last()
      .fill('Thank you, we look again.');
    await page.keyboard.press('Control+Enter');
    await statement(2).getByText('Thank you, we look again.').waitFor();
    await statement(2).getByText('The team').waitFor();
    await shot(guest.page, 'guest-phone-said');
    await guest.page.emulateMedia({ colorScheme: 'dark' });
    await shot(guest.page, 'guest-phone-dark');

    await page.goto(place('/members'));
    const links = page.getByRole('list', { name: 'Guest links' });
    await links.getByText('1 guest · 1 view · 2 answers').waitFor();
    await links.getByRole('button', { name: /^Who looked/ }).click();
    await links
      .getByRole('region', { name: 'Who looked' })
      .getByText(/^Guest [A-Z]/)
      .waitFor();
    await shot(page, 'guest-links');
    await links.getByRole('button', { name: /^End it/ }).click();
    await guest.page.getByRole('heading', { name: 'Nothing more to read here' }).waitFor();
    await guest.page.getByText('This link was ended').waitFor();
    expect(await guest.page.content()).not.toContain('The bridge closes');
    await shot(guest.page, 'guest-ended');
    expect([...owner.faults, ...guest.faults]).toEqual([]);
  });
});
