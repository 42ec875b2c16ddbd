import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlaces, type Places, SCREENS } from '../screens/screens';
import { axe } from '../support/axe';
import { launchBrowser } from '../support/browser';
import type { Program } from '../support/program';
import { startOnTestDatabase } from '../support/program-on-test-database';
import { newPerson, type Person, signInByLink } from './person';

let program: Program;
let browser: Browser;
let places: Places;
const people: Record<'wide' | 'narrow' | 'stranger', Person> = {} as never;

beforeAll(async () => {
  program = await startOnTestDatabase();
  browser = await launchBrowser();
  people.wide = await newPerson(browser);
  await signInByLink(people.wide.page, program.link as string);
  places = await findPlaces(people.wide.page, program.url);
  people.narrow = await newPerson(browser, { width: 390, height: 844 });
  await people.narrow.context.addCookies(await people.wide.context.cookies());
  people.stranger = await newPerson(browser);
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

/** What lies over the page now: a menu that closes as the page becomes narrow would not be measured. */
const overlays = (page: Page) =>
  page.locator('[role=dialog], [role=menu], [role=listbox], [role=grid]').filter({ visible: true }).count();

// The page of the API shows two hundred calls: axe takes several seconds for them, and longer on a busy machine.
describe.each(SCREENS)('the screen $name', { timeout: 180_000 }, (screen) => {
  it('opens without an error, and has nothing that axe objects to', async () => {
    const { page, faults } = screen.signedOut ? people.stranger : people.wide;
    await page.goto(program.url + screen.path(places));
    await screen.ready(page);
    const { violations } = await (await axe(page)).analyze();
    expect(
      violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target.join(' ')) })),
    ).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  });

  it('is not wider than a telephone', async () => {
    const { page, faults } = await (screen.apart ? openedNarrow() : madeNarrow());
    try {
      // A page is laid out anew a moment after its width changed.
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThan(391);
      expect(faults.splice(0)).toEqual([]);
    } finally {
      if (!screen.apart) await page.setViewportSize({ width: 1440, height: 900 });
    }
  });

  async function openedNarrow(): Promise<Person> {
    const { page } = people.narrow;
    await page.goto(program.url + screen.path(places));
    await screen.ready(page);
    return people.narrow;
  }

  /** The page that stands open from the test before. */
  async function madeNarrow(): Promise<Person> {
    const person = screen.signedOut ? people.stranger : people.wide;
    const before = await overlays(person.page);
    await person.page.setViewportSize({ width: 390, height: 844 });
    await person.page.waitForFunction(() => innerWidth === 390);
    await person.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    expect(await overlays(person.page), 'what lay over the page').toBeGreaterThanOrEqual(before);
    return person;
  }
});
