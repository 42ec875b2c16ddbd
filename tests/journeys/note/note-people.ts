import type { Browser, Locator, Page } from 'playwright-core';
import type { Annotation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { Place } from '@/tests/server/sync/note-server';
import type * as InPage from './note-page';
import type { NotePageServer } from './note-page-server';

const AT = '2026-01-01T00:00:00.000Z';
export const SOURCE = newId();

type Run = <K extends keyof typeof InPage>(
  name: K,
  ...args: Parameters<(typeof InPage)[K]>
) => Promise<Awaited<ReturnType<(typeof InPage)[K]>>>;

/** Somebody with the note open in a browser of their own. */
export type Someone = {
  page: Page;
  text: Locator;
  state: Locator;
  chips: Locator;
  /** Calls a function of the page's harness. */
  run: Run;
  /** Shows the note, again after the page was loaded anew. */
  mount(): Promise<void>;
  problems: string[];
};

export type Opening = {
  person: number;
  canWrite?: boolean;
  sourceId?: string | null;
  width?: number;
  dark?: boolean;
  /** What is on the machine before the note is first shown. */
  before?: (page: Page) => Promise<void>;
};

/** Opens the note in a browser context of its own. */
export async function openNoteAs(
  browser: Browser,
  server: NotePageServer,
  place: Place,
  { person, canWrite = true, sourceId = SOURCE, width = 900, dark = false, before }: Opening,
): Promise<Someone> {
  const url = server.urlFor(person);
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addCookies([{ name: 'person', value: String(person), url }]);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  const run: Run = (name, ...args) =>
    page.evaluate(
      ([exported, values]) => {
        const { modules } = globalThis as unknown as {
          modules: Record<string, (...of: unknown[]) => unknown>;
        };
        return modules[exported as string]?.(...(values as unknown[]));
      },
      [name, args] as const,
    ) as never;
  const mount = () =>
    run('mountNote', { snapshot: snapshotFor(place, person), note: noteOf(place, sourceId), canWrite });
  await before?.(page);
  await mount();
  return {
    page,
    run,
    mount,
    problems,
    text: page.locator('.note-text'),
    state: page.locator('.note-state-text'),
    chips: page.locator('.quote-chip-face'),
  };
}

function noteOf(place: Place, sourceId: string | null): Note {
  return {
    id: place.noteId,
    projectId: place.projectId,
    sourceId,
    title: 'Notes',
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    excerpt: '',
  };
}

function snapshotFor(place: Place, person: number): ProjectSnapshot {
  const me = place.people[person];
  if (me === undefined) throw new Error('Nobody there');
  return {
    me,
    project: {
      id: place.projectId,
      teamId: newId(),
      teamName: 'Desk',
      name: 'Story',
      role: 'editor',
      created: AT,
      readersComment: false,
      secondFactor: 'free',
      lacksFactor: false,
      archived: null,
      counts: { sources: 1, annotations: 0, members: 3 },
    },
    members: [],
    sources: [],
    codes: [],
    speakers: [],
    notes: [],
    claims: [],
    followUps: [],
    passes: [],
    rest: { claims: null, followUps: null },
    claimStatuses: [],
    lastEventId: 0,
  };
}

/** A mark on the source beside the note. */
export function markOf(place: Place, exact: string, over: Partial<Annotation> = {}): Annotation {
  return {
    id: newId(),
    projectId: place.projectId,
    sourceId: SOURCE,
    version: 1,
    creator: { id: newId(), name: 'Ada' },
    motivation: 'quoting',
    selector: [
      { type: 'TextPositionSelector', start: 10, end: 10 + exact.length },
      { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
    ],
    body: null,
    codeIds: [],
    quote: { ...EMPTY_QUOTE, speaker: 'R. Ito' },
    created: AT,
    modified: AT,
    revision: 1,
    deleted: null,
    noteIds: [],
    anchoring: null,
    passId: null,
    coderId: null,
    ...over,
  };
}
