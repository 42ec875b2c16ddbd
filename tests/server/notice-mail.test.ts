import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteMember, insertMember } from '@/db/members';
import { setEnv } from '@/env';
import { newId } from '@/lib/new-id';
import type { Notice } from '@/lib/notices/notice';
import { nextDaily } from '@/lib/notices/settings';
import type { Thread } from '@/lib/threads/thread';
import { createClaim } from '@/server/claims/create-claim';
import { deleteClaim, restoreClaim, updateClaim } from '@/server/claims/update-claim';
import { createMailer, waitAfter } from '@/server/notices/mailer';
import { createThread, updateThread } from '@/server/threads';
import { createComment, deleteComment, updateComment } from '@/server/threads/comments';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, ask, grantOf, openInstance, type Person } from '@/tests/support/instance';
import { type Mailbox, openMailbox } from '@/tests/support/mailbox';

let database: TestDatabase;
let mailbox: Mailbox;
let ada: Person;
let ben: Person;
let projectId: string;

beforeAll(async () => {
  database = await openInstance();
  mailbox = await openMailbox();
});
afterAll(async () => {
  setEnv({ SMTP_URL: '' });
  await mailbox.close();
  await database.end();
});
beforeEach(async () => {
  setEnv({ SMTP_URL: mailbox.url, GLOSS_URL: 'http://gloss.test' });
  [ada, ben] = [await addPerson(database, 'Ada'), await addPerson(database, 'Ben')];
  projectId = await addProject(database, ada, { editor: ben });
});

const HOUR = 3_600_000;
const as = (person: Person) => grantOf(person, projectId, person === ada ? 'owner' : 'editor');
const later = (ms: number) => () => new Date(Date.now() + ms);
const mailsTo = (person: Person) => mailbox.mails.filter(({ to }) => to.includes(person.email));
const heard = async (person: Person) =>
  (await ask<{ items: Notice[] }>('notice.list', person)).items.filter(
    ({ project }) => project.id === projectId,
  );
const queued = async (person: Person) =>
  (
    await database.db.execute(
      sql`select kind, due, attempts, done, gave_up from notice_mails where user_id = ${person.userId} order by id`,
    )
  ).rows as { kind: string; due: Date; attempts: number; done: Date | null; gave_up: Date | null }[];
const choose = (person: Person, body: object) => ask('notice-settings.update', person, { body });

/** Sends until nothing is due any more. */
async function sendAll(now: () => Date = later(0)): Promise<void> {
  const mailer = createMailer({ now });
  while ((await mailer.sendOnce()) > 0);
}

async function claimOf(person: Person): Promise<string> {
  const made = { wording: 'The bridge was closed in May.', tags: [], evidence: [] };
  return (await createClaim(as(person), made)).id;
}
const say = async (text: string, by = ada): Promise<Thread> =>
  createThread(as(by), { claimId: await claimOf(ada), text });

describe('A mention', () => {
  it('is told in the app and mailed at once, with a link that lands on the comment', async () => {
    const thread = await say(`Can you look, @[${ben.userId}]?`);
    const [comment] = thread.comments;
    const path = `/projects/${projectId}/claims/${thread.claimId}?thread=${thread.id}&comment=${comment?.id}`;
    expect(await heard(ben)).toMatchObject([
      {
        kind: 'mention',
        by: { name: 'Ada' },
        about: 'The bridge was closed in May.',
        text: 'Can you look, @Ben?',
        path,
      },
    ]);
    await sendAll();
    const [mail, ...others] = mailsTo(ben);
    expect(others).toEqual([]);
    expect(mail?.headers.get('subject')).toContain('Ada_mentioned_you');
    expect(mail?.text).toContain(`http://gloss.test${path}`);
    expect(mail?.text).toContain('> Can you look, @Ben?');
    expect(mail?.text).toContain('http://gloss.test/account/notices');
    expect(mailsTo(ada)).toEqual([]);
  });

  it('says in html what it says in plain text, and takes no tag from a comment', async () => {
    await say(`<img src=x onerror=alert(1)> @[${ben.userId}]`);
    await sendAll();
    const [mail] = mailsTo(ben);
    expect(mail?.text).toContain('> <img src=x onerror=alert(1)> @Ben');
    expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt; @Ben');
    expect(mail?.html).not.toContain('<img');
    for (const link of mail?.text.match(/https?:\S+/g) ?? [])
      expect(mail?.html).toContain(`href="${link.replaceAll('&', '&amp;')}"`);
  });

  it('that an edit adds is told to whom it adds, once, and to nobody who was told of the comment', async () => {
    const cleo = await addPerson(database, 'Cleo');
    await insertMember(database.db, { projectId }, cleo.userId, 'editor');
    const thread = await say('Can you look?');
    const reply = await createComment(as(ben), thread.id, { text: 'I will.' });
    const before = await heard(ada);
    expect(before).toMatchObject([{ kind: 'reply', commentId: reply.id }]);
    const both = `I will, @[${ada.userId}] and @[${cleo.userId}].`;
    for (const text of [both, 'I will.', both, 'I will soon.', `${both} Soon.`])
      await updateComment(as(ben), thread.id, reply.id, { text });
    expect((await heard(ada)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await heard(cleo)).toMatchObject([{ kind: 'mention', by: { name: 'Ben' } }]);
    await sendAll();
    expect(mailsTo(cleo)).toHaveLength(1);
  });
});

describe('Whoever is in a thread', () => {
  it('hears of a reply, of its being resolved by another, and of being given it', async () => {
    const thread = await say('Is it so?', ben);
    await createComment(as(ada), thread.id, { text: 'It is.' });
    await updateThread(as(ada), thread.id, { assignee: ben.userId });
    await updateThread(as(ada), thread.id, { resolved: true });
    expect((await heard(ben)).map(({ kind }) => kind)).toEqual(['thread-resolved', 'assigned', 'reply']);
    await updateThread(as(ben), thread.id, { resolved: false });
    await updateThread(as(ben), thread.id, { resolved: true });
    expect((await heard(ben)).length).toBe(3);
  });

  it('includes who made what it is about', async () => {
    await createThread(as(ben), { claimId: await claimOf(ada), text: 'Who says so?' });
    expect(await heard(ada)).toMatchObject([{ kind: 'reply', text: 'Who says so?' }]);
  });
});

describe('A claim', () => {
  it('that is given to somebody is told to them, and not again while it stays theirs', async () => {
    const claimId = await claimOf(ada);
    await updateClaim(as(ada), claimId, { owner: ben.userId }, null);
    await updateClaim(as(ada), claimId, { owner: ben.userId, due: '2027-01-01' }, null);
    await updateClaim(as(ben), claimId, { owner: ada.userId }, null);
    expect((await heard(ben)).map(({ kind }) => kind)).toEqual(['claim-assigned']);
    expect((await heard(ada)).map(({ kind }) => kind)).toEqual(['claim-assigned']);
  });
});

describe('Two processes', () => {
  it('that look at the same moment send each mail once', async () => {
    for (let nth = 0; nth < 6; nth += 1) await say(`@[${ben.userId}] ${nth}`);
    const mailers = [createMailer(), createMailer(), createMailer()];
    const rounds = Array.from({ length: 4 }, () => mailers.map((mailer) => mailer.sendOnce()));
    await Promise.all(rounds.flat());
    await sendAll();
    expect(mailsTo(ben)).toHaveLength(6);
    expect(new Set(mailsTo(ben).map(({ headers }) => headers.get('message-id'))).size).toBe(6);
    expect((await queued(ben)).every(({ done }) => done !== null)).toBe(true);
  });

  it('leave a mail alone while another has it, and take it up when that one was killed', async () => {
    await say(`@[${ben.userId}]`);
    // A process that takes it and dies.
    await database.db.execute(sql`update notice_mails set lease = ${newId()}, leased_until = now() + interval '1 minute'
      where user_id = ${ben.userId}`);
    await sendAll();
    expect(mailsTo(ben)).toEqual([]);
    await sendAll(later(2 * 60_000));
    expect(mailsTo(ben)).toHaveLength(1);
  });
});

describe('A mail server that is away', () => {
  it('is tried again, later each time, and the mail goes out once', async () => {
    setEnv({ SMTP_URL: 'smtp://127.0.0.1:1' });
    await say(`@[${ben.userId}]`);
    await sendAll();
    const [first] = await queued(ben);
    expect(first).toMatchObject({ attempts: 1, done: null });
    expect(new Date(first?.due ?? 0).getTime()).toBeGreaterThan(Date.now() + waitAfter(1) / 2);
    expect([1, 2, 3, 20].map(waitAfter)).toEqual([60_000, 120_000, 240_000, 6 * HOUR]);
    setEnv({ SMTP_URL: mailbox.url });
    await sendAll();
    expect(mailsTo(ben)).toEqual([]);
    await sendAll(later(2 * 60_000));
    expect(mailsTo(ben)).toHaveLength(1);
  });

  it('is given up in the end', async () => {
    await say(`@[${ben.userId}]`);
    await database.db.execute(sql`update notice_mails set attempts = 15 where user_id = ${ben.userId}`);
    setEnv({ SMTP_URL: 'smtp://127.0.0.1:1' });
    await sendAll();
    expect((await queued(ben))[0]?.gave_up).not.toBeNull();
  });
});

describe('The daily mail', () => {
  it('gathers what was not seen, at the hour its person chose', async () => {
    await choose(ben, { mail: { mention: 'daily', reply: 'daily' }, hour: 7, timeZone: 'America/New_York' });
    const first = await say(`One, @[${ben.userId}].`);
    await createComment(as(ben), first.id, { text: 'Yes?' });
    await createComment(as(ada), first.id, { text: 'Two.' });
    await say(`Three, @[${ben.userId}].`);
    const [row, ...others] = await queued(ben);
    expect(others).toEqual([]);
    const due = nextDaily(new Date(), { hour: 7, timeZone: 'America/New_York' });
    expect(new Date(row?.due ?? 0)).toEqual(due);
    await sendAll(() => new Date(due.getTime() - 1_000));
    expect(mailsTo(ben)).toEqual([]);
    const [seen] = await heard(ben);
    await ask('notice.see', ben, { body: { ids: [seen?.id] } });
    await sendAll(() => new Date(due.getTime() + 1_000));
    const [mail] = mailsTo(ben);
    expect(mail?.headers.get('subject')).toBe('Your day in Gloss: 2 things');
    for (const words of ['One, @Ben.', 'Two.']) expect(mail?.text).toContain(words);
    expect(mail?.text).not.toContain('Three');
  });

  it('is not sent when all of it was seen', async () => {
    await choose(ben, { mail: { mention: 'daily' } });
    await say(`One, @[${ben.userId}].`);
    await ask('notice.see', ben, { body: { ids: (await heard(ben)).map(({ id }) => id) } });
    await sendAll(later(26 * HOUR));
    expect(mailsTo(ben)).toEqual([]);
    expect((await queued(ben))[0]?.done).not.toBeNull();
  });
});

describe('What a person chose', () => {
  it('stays as it is where it is not named, and says whether there is mail at all', async () => {
    await choose(ben, { mail: { reply: 'none' }, hour: 18 });
    await choose(ben, { timeZone: 'Asia/Kathmandu' });
    expect(await ask('notice-settings.get', ben)).toMatchObject({
      mail: { reply: 'none', mention: 'at-once' },
      hour: 18,
      timeZone: 'Asia/Kathmandu',
      sendsMail: true,
    });
  });

  it('is heeded when a mail is queued, and again when it is sent', async () => {
    await choose(ben, { mail: { mention: 'none' } });
    await say(`@[${ben.userId}]`);
    expect(await queued(ben)).toEqual([]);
    await choose(ben, { mail: { mention: 'at-once' } });
    await say(`@[${ben.userId}]`);
    await choose(ben, { mail: { mention: 'none' } });
    await sendAll();
    expect(mailsTo(ben)).toEqual([]);
    expect(await heard(ben)).toHaveLength(2);
  });

  it('queues nothing where no mail is sent', async () => {
    setEnv({ SMTP_URL: '' });
    await say(`@[${ben.userId}]`);
    expect(await heard(ben)).toHaveLength(1);
    expect(await queued(ben)).toEqual([]);
    expect(await ask('notice-settings.get', ben)).toMatchObject({ sendsMail: false });
  });
});

describe('Whoever may not see it', () => {
  it('gets neither notice nor mail: who left before, who left before it was sent, who never was in', async () => {
    const cleo = await addPerson(database, 'Cleo');
    const dora = await addPerson(database, 'Dora');
    for (const person of [cleo, dora])
      await insertMember(database.db, { projectId }, person.userId, 'reader');
    const thread = await say('canary-4711');
    await createComment(grantOf(cleo, projectId), thread.id, { text: 'I was here.' });
    await deleteMember(database.db, as(ada), cleo.userId);
    await createComment(as(ada), thread.id, { text: `canary-4712 @[${dora.userId}]` });
    await deleteMember(database.db, as(ada), dora.userId);
    await sendAll(later(26 * HOUR));
    for (const person of [cleo, dora]) {
      expect(await heard(person)).toEqual([]);
      expect(mailsTo(person)).toEqual([]);
    }
    expect(JSON.stringify(mailbox.mails)).not.toContain('canary-4712');
  });

  it('hears no more of what is said about something that was deleted, and says nothing about it', async () => {
    const thread = await say(`canary-4714 @[${ben.userId}]`);
    const claimId = thread.claimId as string;
    await deleteClaim(as(ada), claimId, null);
    expect(await heard(ben)).toEqual([]);
    await sendAll();
    expect(mailsTo(ben)).toEqual([]);
    await expect(createComment(as(ben), thread.id, { text: 'So?' })).rejects.toThrow('no such thread');
    await expect(updateThread(as(ben), thread.id, { resolved: true })).rejects.toThrow('no such thread');
    await restoreClaim(as(ada), claimId);
    expect(await heard(ben)).toHaveLength(1);
  });

  it('reads nothing in a mail that was deleted before it went out', async () => {
    const thread = await say('So?');
    const comment = await createComment(as(ada), thread.id, { text: `canary-4713 @[${ben.userId}]` });
    await deleteComment(as(ada), thread.id, comment.id);
    await sendAll();
    expect(JSON.stringify(mailsTo(ben))).not.toContain('canary-4713');
  });
});
