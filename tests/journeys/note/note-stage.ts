import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { makePlace, type Place } from '@/tests/server/sync/note-server';
import { launchBrowser } from '@/tests/support/browser';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { bundleNotePage, type NotePageBundle, type NotePageServer, startNotePages } from './note-page-server';
import { type Opening, openNoteAs, type Someone } from './note-people';

export let browser: Browser;
export let database: TestDatabase;
/** An empty note, and the server of its page, made anew for each test. */
export let place: Place;
export let server: NotePageServer;
/** Everybody who has opened the note in this test. */
export let people: Someone[] = [];
let bundle: NotePageBundle;

/** Registers what makes and ends them, and that no page may have complained; call it once in a test file. */
export function setUpNoteStage(): void {
  // Three browsers on a busy machine take their time.
  vi.setConfig({ testTimeout: 120_000 });
  beforeAll(async () => {
    [browser, database, bundle] = await Promise.all([launchBrowser(), testDatabase(), bundleNotePage()]);
  });
  afterAll(async () => {
    await browser?.close();
    await database?.end();
  });
  beforeEach(async () => {
    place = await makePlace(database.db, { empty: true });
    server = await startNotePages(database, place, bundle);
  });
  afterEach(async () => {
    const problems = people.flatMap((someone) => someone.problems);
    await Promise.all(people.map(({ page }) => page.context().close()));
    people = [];
    await server.down();
    expect(problems).toEqual([]);
  });
}

/** Somebody opens the note in a browser of their own. */
export async function open(opening: Opening): Promise<Someone> {
  const someone = await openNoteAs(browser, server, place, opening);
  people.push(someone);
  return someone;
}

export const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 30 });

/** Waits until the state line reads so. */
export const says = (someone: Someone, text: string | RegExp) =>
  soon(async () => expect(await someone.state.textContent()).toMatch(text));

/** The text alone, without other people's carets. */
export const textOf = (someone: Someone) =>
  someone.text.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.note-caret')) caret.remove();
    return copy.textContent ?? '';
  });

/** Waits until the note holds this text. */
export const reads = (someone: Someone, text: string) =>
  soon(async () => expect(await textOf(someone)).toContain(text));

/** Waits until the note can be typed into. */
export async function writable(someone: Someone): Promise<void> {
  await says(someone, 'Saved');
  await soon(async () => expect(await someone.text.getAttribute('contenteditable')).toBe('true'));
}
