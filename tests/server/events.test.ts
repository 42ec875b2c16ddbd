import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAccountEvent } from '@/db/people';
import type { Event } from '@/lib/events/event';
import { createAnnotation } from '@/server/annotations';
import { createCode } from '@/server/codebook';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  grantOf,
  openInstance,
  type Person,
} from '@/tests/support/instance';

let database: TestDatabase;
let owner: Person;

beforeAll(async () => {
  database = await openInstance();
  owner = await addPerson(database, 'Owner');
});
afterAll(() => database.end());

type Page = { items: Event[]; nextCursor: string | null };

describe('The log of a project', () => {
  it('is read to its end by whoever follows it, in commit order, amid twenty writers', async () => {
    const projectId = await addProject(database, owner);
    const elsewhere = await addProject(database, owner);
    const [grant, other] = [grantOf(owner, projectId), grantOf(owner, elsewhere)];
    const source = await addSource(grant);
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let nth = 0; nth < 10; nth++) {
          if (writer % 4 === 3) await createCode(other, { name: `Code ${writer}.${nth}`, definition: '' });
          else if (writer % 2 === 0)
            await createCode(grant, { name: `Code ${writer}.${nth}`, definition: '' });
          else {
            await createAnnotation(grant, {
              sourceId: source.id,
              motivation: 'highlighting',
              selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
              codeIds: [],
            });
          }
        }
      }),
    ).finally(() => {
      writing = false;
    });
    const seen: number[] = [];
    let after = 0;
    const follow = async (limit: number) => {
      const { items } = await ask<Page>('event.list', owner, {
        params: { projectId },
        query: { after, limit },
      });
      seen.push(...items.map(({ id }) => id));
      after = items.at(-1)?.id ?? after;
      return items.length;
    };
    // What was missed once never comes again: the cursor only moves on.
    while (writing) await follow(3);
    await writers;
    while ((await follow(500)) > 0);
    const { rows } = await database.db.$client.query<{ id: string }>(
      'select id from events where project_id = $1 order by id',
      [projectId],
    );
    expect(rows.length).toBe(2 + 150);
    expect(seen).toEqual(rows.map(({ id }) => Number(id)));
  });

  it('says who did it, when and from where', async () => {
    const projectId = await addProject(database, owner);
    const headers = { 'x-gloss-ip': '203.0.113.9' };
    await ask('code.create', owner, { params: { projectId }, body: { name: 'Denial' }, headers });
    const { items } = await ask<Page>('event.list', owner, { params: { projectId } });
    expect(items).toMatchObject([
      {
        actor: { id: owner.userId, name: 'Owner' },
        happening: { type: 'code.created', subject: { name: 'Denial' } },
      },
    ]);
    expect(Math.abs(Date.now() - Date.parse(items[0]?.at ?? ''))).toBeLessThan(60_000);
    const { rows } = await database.db.$client.query('select ip from events where project_id = $1', [
      projectId,
    ]);
    expect(rows).toEqual([{ ip: '203.0.113.9' }]);
  });

  it.each([
    ['events', "update events set actor_name = 'Nobody'"],
    ['events', 'delete from events'],
    ['events', 'truncate events'],
    ['account_events', "update account_events set type = 'nothing'"],
    ['account_events', 'delete from account_events'],
    ['account_events', 'truncate account_events'],
    ['source_texts', "update source_texts set text = 'something else'"],
  ])('refuses what was written to be changed or removed: %s by %s', async (table, statement) => {
    const projectId = await addProject(database, owner);
    await addSource(grantOf(owner, projectId));
    await recordAccountEvent(database.db, { type: 'sign-in', userId: owner.userId, ip: null });
    const count = async () =>
      (await database.db.$client.query(`select count(*)::int as n from ${table}`)).rows;
    const before = await count();
    await expect(database.db.$client.query(statement)).rejects.toThrow('are never changed or removed');
    expect(await count()).toEqual(before);
  });
});
