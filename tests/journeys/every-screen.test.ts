import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlaces, type Places, SCREENS } from '../screens/screens';
import { axe } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { type Program, startProgram } from '../support/program';
import { newPerson, type Person, signInByLink } from './person';

let program: Program;
let browser: Browser;
let places: Places;
const people: Record<'wide' | 'narrow' | 'stranger', Person> = {} as never;

beforeAll(async () => {
  program = await startProgram();
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

// The page of the API shows two hundred calls: axe takes half a minute for them, and longer on a busy machine.
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
    const { page } = screen.signedOut ? people.stranger : people.narrow;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(program.url + screen.path(places));
    await screen.ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    if (screen.signedOut) await page.setViewportSize({ width: 1440, height: 900 });
  });
});
