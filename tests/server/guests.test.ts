import '@/tests/support/test-environment';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase, setDatabase } from '@/db/client';
import { findGuestLink } from '@/db/guests/links';
import { appendUpdates } from '@/db/note-log';
import { annotations } from '@/db/schema/annotations';
import { noteChips } from '@/db/schema/notes';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import type { Claim } from '@/lib/claims/claim';
import type { GuestLink, GuestLinkRecord } from '@/lib/guests/guest-link';
import type { GuestPage, GuestThread } from '@/lib/guests/guest-page';
import { newId } from '@/lib/new-id';
import { buildNote } from '@/lib/notes/note-content';
import { NewPass } from '@/lib/passes/pass';
import type { Thread } from '@/lib/threads/thread';
import { createNote } from '@/server/notes';
import { createPass } from '@/server/passes/create-pass';
import { hashToken } from '@/server/secret';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { ask, type Call, call, grantOf, ORIGIN, TEXT } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';
import { type Door, knockAt, openDoor, until } from '@/tests/support/socket';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const here = (body?: unknown, more: Record<string, string> = {}): Call => ({
  params: { projectId, ...more },
  body,
});

type Made = { id: string; token: string };
async function link(body: object): Promise<Made> {
  const given = { mode: 'comment', expires: inDays(7), ...body };
  const { id, url = '' } = await ask<GuestLink>('guest-link.create', owner, here(given));
  return { id, token: url.split('#')[1] ?? '' };
}
const toSource = (more: object = {}) => link({ kind: 'source', sourceId, ...more });

/** From an address nobody else guesses from. */
let address = 0;
const anew = () => {
  address += 1;
  return `198.51.100.${address}`;
};

/** A browser of somebody without an account: it keeps the cookie it is given. */
class Guest {
  cookie: string | null = null;
  constructor(readonly token: string) {}
  call(id: 'guest.open' | 'guest.news' | 'guest.say', body: object = {}): Promise<Response> {
    const headers: Record<string, string> = { 'x-gloss-ip': '192.0.2.1' };
    if (this.cookie !== null) headers.cookie = `gloss-guest=${this.cookie}`;
    return call(id, null, { headers, body: { token: this.token, ...body } });
  }
  async open(body: object = {}): Promise<GuestPage> {
    const answer = await this.call('guest.open', body);
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^gloss-guest=[\w-]{43}; Path=\/api\/guest; HttpOnly; SameSite=Strict; Max-Age=\d+/);
    this.cookie = /=([\w-]+)/.exec(set)?.[1] ?? null;
    return (await answer.json()) as GuestPage;
  }
  async say(body: object): Promise<GuestThread> {
    const answer = await this.call('guest.say', body);
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as GuestThread;
  }
}
async function guestOf({ token }: Made): Promise<Guest> {
  const guest = new Guest(token);
  await guest.open();
  return guest;
}

async function mark(exact: string, more: object = {}): Promise<Annotation> {
  const selector = [{ type: 'TextQuoteSelector', exact }];
  const body = { sourceId, motivation: 'highlighting', selector, ...more };
  return ask<Annotation>('annotation.create', annotator, here(body));
}
const claimOn = (wording: string, ...marks: Annotation[]) =>
  ask<Claim>(
    'claim.create',
    annotator,
    here({ wording, evidence: marks.map(({ id }) => ({ annotationId: id, stance: 'supports' })) }),
  );
const record = (id: string) =>
  ask<GuestLinkRecord>('guest-link.get', owner, here(undefined, { guestLinkId: id }));
const revoke = (id: string) => ask('guest-link.revoke', owner, here(undefined, { guestLinkId: id }));
/** As a blind pass hides what its coder marked. */
async function hide(id: string): Promise<void> {
  const grant = grantOf(owner, projectId);
  const pass = await createPass(
    grant,
    NewPass.parse({ name: newId(), kind: 'blind', sourceIds: [sourceId] }),
  );
  await database.db
    .update(annotations)
    .set({ passId: pass.id, seenBy: [annotator.userId] })
    .where(eq(annotations.id, id));
}

let door: Door;
beforeAll(async () => {
  door = await openDoor(database);
});
afterAll(() => door.stop());

describe('A link for guests', () => {
  it('holds 32 random bytes behind #, is shown once, and only its hash is kept', async () => {
    const made = await ask<GuestLink>(
      'guest-link.create',
      owner,
      here({ kind: 'source', mode: 'comment', sourceId, expires: inDays(7) }),
    );
    const url = new URL(made.url ?? '');
    expect([url.origin, url.pathname, url.search]).toEqual([ORIGIN, '/guest', '']);
    const secret = url.hash.slice(1);
    expect(Buffer.from(secret, 'base64url').length).toBe(32);
    for (const id of ['guest-link.list', 'event.list', 'audit.list'] as const)
      expect(await (await call(id, owner, here())).text()).not.toContain(secret);
    expect(await findGuestLink(database.db, hashToken(secret))).toMatchObject({ id: made.id });
  });

  it('works for a day that is to come, and for at most 90 days', async () => {
    for (const [days, status] of [
      [-1, 400],
      [91, 400],
      [89.9, 201],
    ] as const) {
      const body = { kind: 'source', mode: 'comment', sourceId, expires: inDays(days) };
      expect((await call('guest-link.create', owner, here(body))).status, `${days}`).toBe(status);
    }
  });

  it('shows the text as it was when the link was made, and of the marks those that were chosen', async () => {
    const [shown, other, blind] = [
      await mark('a draft report'),
      await mark('in May'),
      await mark('no records'),
    ];
    const made = await toSource({ annotationIds: [shown.id, blind.id] });
    await hide(blind.id);
    const page = await new Guest(made.token).open();
    expect(page).toMatchObject({ kind: 'source', mode: 'comment', title: 'A draft report', text: TEXT });
    expect(page.marks).toEqual([
      {
        id: shown.id,
        start: TEXT.indexOf('a draft report'),
        end: expect.any(Number),
        exact: 'a draft report',
        speaker: '',
      },
    ]);
    const said = JSON.stringify(page);
    for (const secret of [
      other.id,
      blind.id,
      owner.name,
      owner.userId,
      annotator.name,
      annotator.userId,
      projectId,
    ])
      expect(said).not.toContain(secret);
  });

  it('shows who is protected by their pseudonym', async () => {
    const quoted = await mark('The ministry denied it', {
      motivation: 'quoting',
      quote: { speaker: 'Quill Xanadu', written: 'Quill' },
    });
    const speakerId = quoted.quote?.speakerId ?? '';
    const claim = await claimOn('It was denied.', quoted);
    const made = await link({ kind: 'claims', mode: 'confirm', claimIds: [claim.id] });
    expect((await new Guest(made.token).open()).claims[0]?.quotes[0]?.speaker).toBe('Quill Xanadu');
    await ask('speaker.protect', owner, here({ pseudonym: 'A clerk' }, { speakerId }));
    const page = await new Guest(made.token).open();
    expect(page.claims[0]?.quotes[0]?.speaker).toBe('A clerk');
    expect(JSON.stringify(page)).not.toContain('Quill');
  });

  it('knows a guest again by their cookie, under one name, and gives another guest another', async () => {
    const made = await toSource();
    const [one, other] = [new Guest(made.token), new Guest(made.token)];
    const { guest } = await one.open();
    expect(guest).toMatch(/^Guest [A-Z]\w+/);
    expect((await one.open()).guest).toBe(guest);
    expect((await other.open()).guest).not.toBe(guest);
    expect((await record(made.id)).guests).toBe(2);
  });

  it('writes down every view, for those who made it and in the audit', async () => {
    const made = await toSource();
    const guest = new Guest(made.token);
    const { guest: name } = await guest.open();
    await guest.open();
    await guest.call('guest.news');
    const { log, views } = await record(made.id);
    expect(views).toBe(2);
    expect(log).toMatchObject([
      { guest: name, what: 'source, version 1, 0 marks' },
      { guest: name, at: expect.stringMatching(/^\d{4}-/) },
    ]);
    type Audit = { items: { act: string; subjectId: string; actor: { name: string } }[] };
    const { items } = await ask<Audit>('audit.list', owner, { ...here(), query: { limit: 50 } });
    const seen = items.filter(({ act, subjectId }) => act === 'guest-link.viewed' && subjectId === made.id);
    expect(seen.map(({ actor }) => actor.name)).toEqual([name, name]);
    expect(items.some(({ act, subjectId }) => act === 'guest-link.created' && subjectId === made.id)).toBe(
      true,
    );
  });

  it('asks whoever opens it first for its PIN, and nobody again', async () => {
    const made = await toSource({ pin: '48 15 16' });
    const guest = new Guest(made.token);
    for (const pin of [undefined, 'wrong']) {
      const refused = await guest.call('guest.open', { ...(pin && { pin }) });
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ error: { details: { reason: 'pin' } } });
    }
    expect((await record(made.id)).guests).toBe(0);
    await guest.open({ pin: '48 15 16' });
    await guest.open();
  });

  it('counts wrong guesses, and looks nothing up for an address after 30 in an hour', async () => {
    const { token } = await toSource();
    const headers = { 'x-gloss-ip': anew() };
    const guess = (secret: string) => call('guest.open', null, { headers, body: { token: secret } });
    for (let nth = 0; nth < 30; nth += 1) expect((await guess(`${newId()}-${nth}`)).status).toBe(404);
    expect((await guess(newId())).status).toBe(429);
    expect((await guess(token)).status).toBe(429);
    await new Guest(token).open();
  });
});

describe('What a guest says', () => {
  it('is a thread of the project, as by a guest, which members answer and the guest reads', async () => {
    const shown = await mark('The watchdog wrote');
    const made = await toSource({ annotationIds: [shown.id] });
    const guest = await guestOf(made);
    const about = { type: 'annotation', id: shown.id };
    const id = newId();
    const thread = await guest.say({ id, about, text: '<b>Which one?</b>' });
    expect(await guest.say({ id, about, text: '<b>Which one?</b>' })).toEqual(thread);
    const threadId = thread.id;
    const asMember = await ask<Thread>('thread.get', annotator, here(undefined, { threadId }));
    const { guest: name } = await guest.open();
    expect(asMember).toMatchObject({
      annotationId: shown.id,
      sourceId,
      comments: [{ text: '<b>Which one?</b>', creator: { name }, guest: { verdict: null } }],
    });
    await ask('comment.create', owner, here({ text: `Ours, says @[${annotator.userId}].` }, { threadId }));
    const answered = (await guest.open()).threads[0];
    expect(answered?.said).toMatchObject([
      { by: null, text: '<b>Which one?</b>' },
      { by: 'The team', text: 'Ours, says @somebody.' },
    ]);
    const commentId = asMember.comments[0]?.id ?? '';
    await ask('comment.delete', owner, here(undefined, { threadId, commentId }));
    expect((await guest.open()).threads[0]?.said[0]).toMatchObject({ removed: true, text: '' });
    const { items } = await ask<{ items: { kind: string; text: string | null }[] }>('notice.list', owner);
    expect(items.some(({ kind }) => kind === 'reply')).toBe(true);
  });

  it('is found by a search, under the name of the guest', async () => {
    const guest = await guestOf(await toSource());
    const { guest: name } = await guest.open();
    await guest.say({ about: { type: 'source', id: sourceId }, text: 'A flabbergasting sentence.' });
    const found = await (await call('search', owner, { ...here(), query: { q: 'flabbergasting' } })).text();
    expect(found).toContain(name);
  });

  it('confirms one claim and disputes another, and is told who answered where the link says so', async () => {
    const claims = [
      await claimOn('It was written.', await mark('a draft report')),
      await claimOn('It was denied.'),
    ];
    const [first, second] = claims.map(({ id }) => ({ type: 'claim', id }));
    const claimIds = claims.map(({ id }) => id);
    const guest = await guestOf(await link({ kind: 'claims', mode: 'confirm', claimIds, showNames: true }));
    const { id: threadId } = await guest.say({ about: first, verdict: 'confirmed', text: '' });
    await guest.say({ about: second, verdict: 'disputed', text: 'I never said that.' });
    expect((await guest.call('guest.say', { about: second, verdict: 'disputed', text: '' })).status).toBe(
      400,
    );
    expect((await guest.call('guest.say', { about: second, text: 'Only a comment' })).status).toBe(403);
    const { items } = await ask<{ items: Thread[] }>('thread.list', owner, {
      ...here(),
      query: { claim: claims[1]?.id ?? '' },
    });
    expect(items[0]?.comments[0]).toMatchObject({
      guest: { verdict: 'disputed' },
      text: 'I never said that.',
    });
    await ask('comment.create', owner, here({ text: 'Thank you.' }, { threadId }));
    expect((await guest.open()).threads[0]?.said[1]).toMatchObject({ by: owner.name, text: 'Thank you.' });
  });

  it('is about what the link shows, and nothing else', async () => {
    const [shown, other] = [await mark('a draft report'), await mark('in May')];
    const claim = await claimOn('It is so.');
    const { id: noteId } = await createNote(grantOf(owner, projectId), { title: 'Ours' });
    const guest = await guestOf(await toSource({ annotationIds: [shown.id] }));
    for (const about of [
      { type: 'annotation', id: other.id },
      { type: 'claim', id: claim.id },
      { type: 'note', id: noteId },
      { type: 'source', id: newId() },
    ])
      expect((await guest.call('guest.say', { about, text: 'Hm.' })).status, about.type).toBe(404);
    await hide(shown.id);
    const hidden = { about: { type: 'annotation', id: shown.id }, text: 'Hm.' };
    expect((await guest.call('guest.say', hidden)).status).toBe(404);
  });

  it('can be of a note, which is read as it stands, without what is not to be shown', async () => {
    const { id: noteId } = await createNote(grantOf(owner, projectId), { title: 'What we found' });
    const [shown, other] = [await mark('no records'), await mark('in May')];
    await database.db.insert(noteChips).values({ projectId, noteId, annotationId: shown.id });
    const { token } = await link({ kind: 'note', noteId });
    const content = ['They say ', { chip: shown.id }, ' and ', { chip: other.id }];
    const entries = [{ update: buildNote([{ type: 'paragraph', content }]), userId: owner.userId }];
    await appendUpdates(database.db, [{ key: noteKeyOf({ projectId }, noteId), entries }], 'test');
    const guest = new Guest(token);
    const page = await guest.open();
    const text = 'They say “no records” and [a passage that is not shown]';
    expect(page).toMatchObject({ title: 'What we found', whole: { type: 'note', id: noteId } });
    expect(page.blocks).toEqual([{ kind: 'paragraph', text }]);
    await guest.say({ about: page.whole as object, text: 'Well put.' });
    const { items } = await ask<{ items: Thread[] }>('thread.list', owner, {
      ...here(),
      query: { note: noteId },
    });
    expect(items[0]?.comments[0]?.guest).toEqual({ verdict: null });
  });

  it('is limited in length and in how much in an hour', async () => {
    const guest = await guestOf(await toSource());
    const about = { type: 'source', id: sourceId };
    expect((await guest.call('guest.say', { about, text: 'x'.repeat(4_001) })).status).toBe(400);
    for (let nth = 0; nth < 30; nth += 1) await guest.say({ about, text: `Line ${nth}` });
    expect((await guest.call('guest.say', { about, text: 'One more' })).status).toBe(429);
  });

  it('is no longer taken in an archived project, which can still be read', async () => {
    const guest = await guestOf(await toSource());
    await ask('project.archive', owner, here());
    try {
      const about = { type: 'source', id: sourceId };
      expect((await guest.call('guest.say', { about, text: 'Hm.' })).status).toBe(403);
      await guest.open();
    } finally {
      await ask('project.unarchive', owner, here());
    }
  });
});

describe('A guest', () => {
  it('has no session: every other operation answers 401 and does nothing, and so do the sockets', async () => {
    const guest = await guestOf(await toSource());
    const before = await fingerprintOf(database);
    const ids = Object.keys(OPERATIONS) as OperationId[];
    const others = ids.filter((id) => OPERATIONS[id].access !== 'public');
    expect(others.length).toBeGreaterThan(150);
    const things = { projectId, sourceId, userId: owner.userId };
    for (const id of others) {
      const names = [...OPERATIONS[id].path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
      const params = Object.fromEntries(
        names.map((name) => [name, (things as Record<string, string>)[name] ?? newId()]),
      );
      const tries: Record<string, string>[] = [
        { cookie: `gloss-guest=${guest.cookie}` },
        // Neither of its secrets passes for a session or a token.
        { cookie: `gloss-guest=${guest.cookie}; gloss-session=${guest.cookie}` },
        { cookie: `gloss-session=${guest.token}`, authorization: `Bearer ${guest.token}` },
      ];
      for (const headers of tries) {
        const answer = await call(id, null, { params, body: { token: guest.token }, headers });
        expect(answer.status, id).toBe(401);
      }
    }
    expect(await fingerprintOf(database)).toBe(before);
    const cookie = `gloss-guest=${guest.cookie}`;
    for (const path of [`/live/${projectId}`, `/sync/${projectId}/${newId()}`]) {
      const knock = knockAt(door, path, {}, { cookie });
      await until(() => knock.status !== null);
      expect([knock.status, knock.opened]).toEqual([401, false]);
    }
  });

  it('gets nothing by the secret of another link, nor without their cookie', async () => {
    const [one, other] = [await toSource(), await toSource()];
    const guest = await guestOf(one);
    const about = { type: 'source', id: sourceId };
    await guest.say({ about, text: 'Mine.' });
    const elsewhere = new Guest(other.token);
    elsewhere.cookie = guest.cookie;
    expect((await elsewhere.call('guest.news')).status).toBe(401);
    expect((await elsewhere.open()).threads).toEqual([]);
    const stranger = new Guest(one.token);
    for (const id of ['guest.news', 'guest.say'] as const)
      expect((await stranger.call(id, { about, text: 'Theirs.' })).status).toBe(401);
    expect((await stranger.open()).threads).toEqual([]);
  });

  it('is told that the link has ended by the next request, in every process', async () => {
    const made = await toSource();
    const guest = await guestOf(made);
    const about = { type: 'source', id: sourceId };
    await revoke(made.id);
    const calls = () =>
      Promise.all(
        (['guest.open', 'guest.news', 'guest.say'] as const).map((id) =>
          guest.call(id, { about, text: 'Hm.' }),
        ),
      );
    // Another process shares nothing but the database.
    const elsewhere = openDatabase(database.connection, { max: 2 });
    try {
      for (const db of [database.db, elsewhere]) {
        setDatabase(db, database.connection);
        for (const answer of await calls()) {
          expect(answer.status).toBe(410);
          expect(await answer.json()).toMatchObject({
            error: { code: 'gone', message: expect.stringMatching(/ended/) },
          });
        }
      }
    } finally {
      setDatabase(database.db, database.connection);
      await elsewhere.$client.end();
    }
    const { said, revoked } = await record(made.id);
    expect([said, typeof revoked]).toEqual([[], 'string']);
  });

  it('is told that the link has run out', async () => {
    const made = await toSource();
    const guest = await guestOf(made);
    await database.db.$client.query(
      "update guest_links set expires = now() - interval '1 second' where id = $1",
      [made.id],
    );
    const answer = await guest.call('guest.open');
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('has run out');
  });

  it('is let in or told so by the clock of Postgres, whatever that of this process says', async () => {
    const made = await toSource();
    const guest = await guestOf(made);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 30 * 86_400_000);
    try {
      expect((await guest.call('guest.open')).status).toBe(200);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
