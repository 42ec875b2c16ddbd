import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '@/db/audit';
import { insertGuestComment } from '@/db/guests/guests';
import { insertMember } from '@/db/members';
import { createUser } from '@/db/people';
import { newId } from '@/lib/new-id';
import { authorizeGuest } from '@/server/access/authorize-guest';
import { openGuestLink } from '@/server/guests/open';
import { sayAsGuest } from '@/server/guests/say';
import { issueToken } from '@/server/people';
import { storeSource } from '@/server/sources';
import { launchBrowser } from '../support/browser';
import type { TestDatabase } from '../support/database';
import { addPerson, addProject, grantOf, openInstance, type Person, tokenOf } from '../support/instance';
import { type Program, startProgram } from '../support/program';
import { XSS_CASES, type XssCase } from '../support/xss-cases';
import { batchesForImport, batchesForScreen, pageOf } from './xss/batches';
import { audit, pasteEach, settle, unfold, words } from './xss/in-page';
import { Api, asText, bare, chips, haunt, hostileAddresses, NOTES, writeNote } from './xss/lay-out';
import { openBeacon, Witness } from './xss/witness';

const ALL = XSS_CASES.map((one) => asText(one)).join('\n');
const RAW = 'stored html';
const PASTE = 'paste';
const FACTS = {
  ...{ title: 'Title', byline: null, siteName: null, publishedAt: null, language: 'en' },
  ...{ url: null, canonicalUrl: null, html: '<p>Text.</p>', text: 'Text.' },
};
const FITTING = XSS_CASES.filter((one) => asText(one, 121).length <= 120);

let beacon: Awaited<ReturnType<typeof openBeacon>>;
let database: TestDatabase;
let program: Program;
let browser: Browser;
let ana: Person;
let api: Api;
let project: string;
let place: string;
/** As shipped, and without the policy that would stop what survived. */
let witnesses: Witness[];

beforeAll(async () => {
  database = await openInstance();
  const { host, user, database: name } = database.connection as unknown as Record<string, string>;
  const { port } = database.connection as unknown as { port: number };
  program = await startProgram({
    DATABASE_URL: `postgres://${user}@${encodeURIComponent(host ?? '')}:${port}/${name}`,
    NEXTAUTH_SECRET: 'a secret that only this journey uses, long enough',
    LIMIT_IMPORTS_PER_HOUR: '100000',
  });
  ana = await addPerson(database, 'Ana');
  project = await addProject(database, ana);
  place = `/api/projects/${project}`;
  api = new Api(program.url, await tokenOf(ana));
  beacon = await openBeacon();
  browser = await launchBrowser([beacon.flag]);
  witnesses = await Promise.all(
    [true, false].map((policy) => Witness.open(browser, program.url, ana.cookie, policy)),
  );
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  await database?.end();
  beacon?.close();
});

/** Opens a page under both witnesses and waits for its words; nothing of a case may have become more than words. */
async function look(
  sink: string,
  path: string,
  expected: readonly string[],
  act: (witness: Witness) => Promise<void> = async () => undefined,
): Promise<void> {
  const before = beacon.calls();
  await Promise.all(
    witnesses.map(async (witness) => {
      Object.assign(witness, { sink, seen: [] });
      const { page } = witness;
      await page.goto(program.url + path);
      await act(witness);
      const missing = async () => {
        await page.evaluate(unfold);
        const said = await page.evaluate(words);
        return expected.filter((one) => !said.includes(bare(one)));
      };
      await expect.poll(missing, { timeout: 180_000, interval: 250, message: sink }).toEqual([]);
      await page.evaluate(settle);
      expect(await page.evaluate(audit), sink).toEqual([]);
      // A page left open would draw anew with everything that is written for the next one.
      await witness.turnAway();
    }),
  );
  // Taken away, so that what one sink lets through is not held against the next.
  const seen = witnesses.flatMap((witness) => witness.seen.splice(0));
  // Sanitiser and editor parse in a document that is never shown; its policy speaks up for what they then leave out.
  const parsed = sink === RAW || sink === PASTE;
  expect(seen.filter(({ kind }) => !(parsed && kind === 'policy'))).toEqual([]);
  expect(beacon.calls() - before, `calls to a stranger: ${sink}`).toBe(0);
}

/** Does something with every case, a few at a time, in their order. */
async function everyCase<T>(make: (one: XssCase, at: number) => Promise<T>, cases = XSS_CASES): Promise<T[]> {
  const made: T[] = [];
  const rest = cases.entries();
  const work = async () => {
    for (const [at, one] of rest) made[at] = await make(one, at);
  };
  await Promise.all([work(), work(), work(), work(), work(), work()]);
  return made;
}
/** A webhook of Ana's whose receiver answered with every case. */
async function sendBadAnswer(): Promise<void> {
  const { $client } = database.db;
  const hook = newId();
  await $client.query(
    `insert into webhooks (id, project_id, maker_id, url, events, secret, cursor)
      values ($1, $2, $3, 'https://hook.invalid/', '{claim.created}', 'x', 9e15)`,
    [hook, project, ana.userId],
  );
  await $client.query(
    `insert into webhook_deliveries (id, project_id, webhook_id, type, state, attempts, status, answer)
      values ($1, $2, $3, 'ping', 'failed', 8, 500, $4)`,
    [newId(), project, hook, ALL],
  );
}

const texts = (longest?: number) => XSS_CASES.map((one) => asText(one, longest));

describe('hostile markup stays words', { timeout: 600_000 }, () => {
  it('in an article that was brought in as html', async () => {
    const kept = await Promise.all(
      batchesForImport().map(async (batch) => {
        const { id } = await api.call('POST', `${place}/sources`, { title: 'Batch', html: pageOf(batch) });
        const { html } = await api.call<{ html: string }>('GET', `${place}/sources/${id}/html`);
        return { html, sentences: batch.sentences };
      }),
    );
    // Clean html can be put together, so that one page shows what was stored of all of them.
    const html = kept.map((one) => one.html).join('');
    const source = await storeSource(grantOf(ana, project), { ...FACTS, html });
    const sentences = kept.flatMap((one) => one.sentences);
    expect(sentences.length).toBe(XSS_CASES.length);
    await look('imported html', `/projects/${project}/sources/${source.id}`, sentences);
  });

  it('in an article that the server had not cleaned', async () => {
    for (const { html, sentences } of batchesForScreen()) {
      const stored = { ...FACTS, html: html.replaceAll('\0', '') };
      const source = await storeSource(grantOf(ana, project), stored);
      await look(RAW, `/projects/${project}/sources/${source.id}`, sentences);
    }
  });

  it('in titles and whatever else is known about a source', async () => {
    await everyCase(async (one) => {
      const address = { url: asText(one), canonicalUrl: asText(one) };
      const { id } = await storeSource(grantOf(ana, project), { ...FACTS, ...address });
      await api.call('PATCH', `${place}/sources/${id}`, {
        ...{ title: asText(one, 500), byline: asText(one, 500), publishedAt: asText(one, 40) },
      });
    });
    await look('titles of sources', `/projects/${project}`, texts(500));
    const source = await storeSource(grantOf(ana, project), {
      ...{ title: ALL.slice(0, 500), byline: ALL, siteName: ALL, publishedAt: ALL, language: ALL },
      ...{ url: 'javascript:self.__xss=1', canonicalUrl: 'javascript:self.__xss=2' },
      ...{ html: FACTS.html, text: FACTS.text },
    });
    await look('head of a source', `/projects/${project}/sources/${source.id}`, texts());
  });

  it('in pasted text, marks, speakers, codes, threads and chips', async () => {
    const id = await addProject(database, ana);
    const at = `/api/projects/${id}`;
    const source = await api.call('POST', `${at}/sources`, { title: 'Words', text: texts().join('\n\n') });
    const codes = await everyCase((one) =>
      api.call('POST', `${at}/codes`, { name: asText(one, 120), definition: asText(one, 4_000) }),
    );
    const canonical = await api.call<string>('GET', `${at}/sources/${source.id}/text`);
    const lines = [...canonical.matchAll(/[^\n]+/g)].slice(0, XSS_CASES.length);
    const mark = (line: RegExpMatchArray, rest: object) =>
      api.call('POST', `${at}/annotations`, {
        sourceId: source.id,
        selector: [
          { type: 'TextPositionSelector', start: line.index, end: (line.index as number) + line[0].length },
          { type: 'TextQuoteSelector', exact: line[0] },
        ],
        ...rest,
      });
    const lineOf = (at: number) => lines[at % lines.length] as RegExpMatchArray;
    const quotes = await everyCase((one, n) =>
      mark(lineOf(n), {
        motivation: 'quoting',
        quote: { speaker: asText(one, 200) },
        codeIds: [(codes[n] as { id: string }).id],
      }),
    );
    await everyCase((one, n) =>
      mark(lineOf(n), { motivation: 'claiming', body: { type: 'TextualBody', value: asText(one) } }),
    );
    const [first] = quotes as [{ id: string }];
    const thread = await api.call('POST', `${at}/threads`, { annotationId: first.id, text: 'Well.' });
    await everyCase((one) => api.call('POST', `${at}/threads/${thread.id}/comments`, { text: asText(one) }));
    const path = `/projects/${id}/sources/${source.id}`;
    const tab = (name: RegExp) => (witness: Witness) => witness.page.getByRole('tab', { name }).click();
    await look('speakers', path, texts(200), tab(/^Quotes/));
    await look('bodies of marks', path, texts(), tab(/^Claims/));
    await look('comments', `${path}?mark=${first.id}`, texts());
    await look('codebook', `/projects/${id}/codebook`, texts(120));
    // In a project of its own: every look opens the whole page, and one with all the codes above takes seconds to draw.
    const book = await addProject(database, ana);
    const { id: codeId } = await api.call('POST', `/api/projects/${book}/codes`, { name: 'Code' });
    // Longer than the API takes, so that one code holds every case.
    const say = 'update codes set definition = $1, when_to_use = $1, when_not = $1 where id = $2';
    await database.db.$client.query(say, [ALL, codeId]);
    await look('a code', `/projects/${book}/codebook?code=${codeId}`, texts());
    await look('activity', `/projects/${id}/activity`, []);
    const note = await api.call('POST', `${at}/notes`, { title: 'Chips' });
    expect(await writeNote(api, id, note.id, chips(quotes.map((one) => one.id)))).toBe(true);
    await look('chips', `/projects/${id}/notes/${note.id}`, texts(200));
  });

  it('in comments of a document, and in the names of those who wrote them', async () => {
    const said = XSS_CASES.map((one) => ({ author: asText(one, 200), at: null, text: asText(one) }));
    const talk = { key: '0', isResolved: false, span: { start: 0, end: 5 }, said };
    const { id } = await storeSource(grantOf(ana, project), { ...FACTS, discussions: [talk] });
    const marks = await api.call<{ items: { id: string }[] }>('GET', `${place}/annotations?source=${id}`);
    const path = `/projects/${project}/sources/${id}?mark=${marks.items[0]?.id}`;
    await look('comments of a document', path, [...texts(), ...texts(200)]);
  });

  it('in what guests are shown, and in what they write', async () => {
    const id = await addProject(database, ana);
    const { id: sourceId } = await storeSource(grantOf(ana, id), { ...FACTS, text: ALL });
    const given = { kind: 'source', mode: 'comment', sourceId, message: texts(1_000)[0] };
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const link = await api.call<{ url: string }>('POST', `/api/projects/${id}/guest-links`, {
      ...given,
      expires,
    });
    const token = new URL(link.url).hash.slice(1);
    const { key } = await openGuestLink({ token, key: null, ip: null }, null);
    const proof = { token, key, ip: null };
    const about = { type: 'source' as const, id: sourceId };
    const thread = await sayAsGuest(proof, { token, about, text: 'Well.', verdict: null });
    // More than a guest may say in an hour.
    const guest = await authorizeGuest(proof, 'guest.comment');
    await everyCase((one) =>
      insertGuestComment(database.db, guest, {
        ...{ id: newId(), threadId: thread.id, text: asText(one), verdict: null },
      }),
    );
    await look('words of guests', `/projects/${id}/members`, texts(), ({ page }) =>
      page.getByRole('button', { name: /^Who looked/ }).click(),
    );
    const cookie = { name: 'gloss-guest', value: key, url: `${program.url}/api/guest/` };
    for (const { page } of witnesses) await page.context().addCookies([cookie]);
    await look('the page of a guest', `/guest#${token}`, texts());
  });

  it('in the titles of notes and in notes that no editor wrote', async () => {
    const id = await addProject(database, ana);
    await everyCase((one) => api.call('POST', `/api/projects/${id}/notes`, { title: asText(one, 200) }));
    // Somebody whose name is markup has every one of these notes open.
    const userId = newId();
    const name = XSS_CASES.slice(0, 60)
      .map((one) => asText(one))
      .join(' ');
    await createUser(database.db, { id: userId, email: `${userId}@example.org`, name });
    await insertMember(database.db, { projectId: id }, userId, 'editor');
    const { token } = await issueToken(userId, { name: 'test', scopes: ['read', 'write'] });
    const caret = ({ page }: Witness) => page.locator('.note-caret-name').waitFor();
    await look('titles of notes', `/projects/${id}/notes`, texts(200));
    for (const [sink, content] of Object.entries(NOTES)) {
      const note = await api.call('POST', `/api/projects/${id}/notes`, { title: ALL.slice(0, 200) });
      const kept = await writeNote(api, id, note.id, content());
      // What the server refuses reaches nobody; words and the right nodes it must take.
      if (sink === 'text of a note') expect(kept).toBe(true);
      const ghost = await haunt(new Api(program.url, token), id, note.id);
      const path = `/projects/${id}/notes/${note.id}`;
      if (sink === 'text of a note')
        await look(`${sink}, and carets`, path, [...texts(), name, 'The end.'], caret);
      else await look(sink, path, kept ? ['The end.'] : []);
      ghost.leave();
    }
  });

  it('when it is pasted into a note', async () => {
    const note = await api.call('POST', `${place}/notes`, { title: 'Paste' });
    const pastes = [
      ...XSS_CASES.map(({ html, payload }) => ({ html, text: payload })),
      { html: '', text: ALL },
      ...hostileAddresses().map((href) => ({ html: '', text: `[x](${href})` })),
      { html: '<p>The end.</p>', text: '' },
    ];
    await look(PASTE, `/projects/${project}/notes/${note.id}`, ['The end.'], async ({ page }) => {
      await page.locator('.ProseMirror[contenteditable=true]').waitFor();
      expect(await page.evaluate(pasteEach, pastes)).toBeGreaterThan(XSS_CASES.length);
    });
  });

  it('in the names of projects, teams and people', async () => {
    await everyCase(async (one) => {
      const team = await api.call('POST', '/api/teams', { name: asText(one) });
      return api.call('POST', '/api/projects', { name: asText(one), teamId: team.id });
    }, FITTING);
    await look(
      'names of projects and teams',
      '/projects',
      FITTING.map((one) => asText(one)),
    );
    await everyCase(async (one) => {
      const userId = newId();
      await createUser(database.db, { id: userId, email: `${userId}@example.org`, name: asText(one) });
      await insertMember(database.db, { projectId: project }, userId, 'reader');
    });
    await look('names of people', `/projects/${project}/members`, texts());
    // Longer than a name of the API, so that one entry holds every case.
    const act = { act: 'member.added', subjectId: null, details: { name: ALL, role: ALL } };
    await insertAudit(database.db, project, [{ ...act, actor: { id: ana.userId, name: ALL, ip: null } }]);
    await look('audit', `/projects/${project}/audit`, texts());
    const { $client } = database.db;
    // Longer than the API takes, so that one name holds every case.
    const own = 'select team_id from projects where id = $2';
    await $client.query(`update teams set name = $1 where id = (${own})`, [ALL, project]);
    await $client.query('update projects set name = $1 where id = $2', [ALL, project]);
    const invitation = await api.call<{ url: string }>('POST', `${place}/invitations`, { role: 'reader' });
    const { pathname, hash } = new URL(invitation.url);
    await look('an invitation', `${pathname}${hash}`, texts());
    await $client.query(
      "insert into passkeys (id, user_id, name, public_key, sign_count, synced) values ('x', $1, $2, 'x', 0, false)",
      [ana.userId, ALL],
    );
    await sendBadAnswer();
    const answers = async ({ page }: Witness) => {
      await page.getByRole('button', { name: 'Deliveries' }).click();
      await page.getByRole('button', { name: 'What answered ping' }).click();
    };
    const kinds = ['image error after a quote', 'quote that ends an attribute', 'style breaker'];
    for (const [nth, kind] of kinds.entries()) {
      const name = asText(XSS_CASES.find((one) => one.name === kind) as XssCase);
      await api.call('PATCH', place, { name });
      await $client.query('update users set name = $1 where id = $2', [name, ana.userId]);
      // What answered a webhook, and what a passkey is called, hold every case: once is enough.
      const [every, open] = nth === 0 ? ([texts(), answers] as const) : ([[], undefined] as const);
      await look('settings', `/projects/${project}/settings`, [name, ...every], open);
      await look('account', '/account', [name, ...every]);
    }
  });

  it('in a table that is looked at before it comes in', async () => {
    const id = await addProject(database, ana);
    // As many columns and rows as are shown, and cells of a length that is shown whole.
    const cells = [
      'code',
      'text',
      ...FITTING.map((one) => asText(one)).filter((text) => !/^'/.test(text)),
    ].slice(0, 240);
    const rows = Array.from({ length: Math.ceil(cells.length / 40) }, (_, at) =>
      cells.slice(at * 40, at * 40 + 40),
    );
    const csv = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    const file = { name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
    await look('a table that comes in', `/projects/${id}/exchange`, cells, ({ page }) =>
      page.locator('input[type=file]').setInputFiles(file),
    );
  });
});
