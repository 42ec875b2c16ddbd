import '@/tests/support/test-environment';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsVisibleTo, followUpsVisibleTo, selectSeenBy, visibleTo } from '@/db/access';
import { annotations } from '@/db/schema/annotations';
import { claims } from '@/db/schema/claims';
import { followUps } from '@/db/schema/follow-ups';
import { sourceProtections } from '@/db/schema/source-protections';
import { sources as sourcesTable } from '@/db/schema/sources';
import { canSee } from '@/lib/access/can-see';
import { ROLES } from '@/lib/access/roles';
import { NewFollowUp } from '@/lib/follow-ups/follow-up';
import { newId } from '@/lib/new-id';
import { NewPass } from '@/lib/passes/pass';
import { createAnnotation, deleteAnnotation } from '@/server/annotations';
import { createClaim } from '@/server/claims/create-claim';
import { createFollowUp } from '@/server/follow-ups/create-follow-up';
import { createPass } from '@/server/passes/create-pass';
import type { TestDatabase } from '@/tests/support/database';
import {
  addPerson,
  addProject,
  addSource,
  grantOf,
  openInstance,
  type Person,
} from '@/tests/support/instance';

let database: TestDatabase;
let people: Person[];
const projects: string[] = [];

beforeAll(async () => {
  database = await openInstance();
  people = [
    await addPerson(database, 'Ada'),
    await addPerson(database, 'Ben'),
    await addPerson(database, 'Cleo'),
  ];
  const [ada, ben, cleo] = people as [Person, Person, Person];
  for (const owner of [ada, ben, cleo]) {
    projects.push(await addProject(database, owner));
  }
});
afterAll(() => database.end());

describe('Who may see an annotation', () => {
  it('is judged alike by the pure function and by its twin in SQL, on random rows', async () => {
    const sources = new Map<string, string>();
    for (const [at, projectId] of projects.entries()) {
      sources.set(projectId, (await addSource(grantOf(people[at] as Person, projectId))).id);
    }
    const passes = new Map<string, string>();
    for (const [at, projectId] of projects.entries()) {
      const sourceIds = [sources.get(projectId)];
      const input = NewPass.parse({ name: 'Round 1', kind: 'blind', sourceIds });
      passes.set(projectId, (await createPass(grantOf(people[at] as Person, projectId), input)).id);
    }
    const anyRow = fc.record({
      project: fc.constantFrom(...projects),
      creator: fc.constantFrom(...people),
      deleted: fc.boolean(),
      // Who alone may see it, where a blind pass hides it.
      seenBy: fc.option(fc.subarray(people.map(({ userId }) => userId))),
    });
    const rows = fc.sample(anyRow, { numRuns: 60, seed: 20_262 });
    for (const { project, creator, deleted, seenBy } of rows) {
      const grant = grantOf(creator, project, 'annotator');
      const { id } = await createAnnotation(grant, {
        sourceId: sources.get(project) ?? '',
        motivation: 'highlighting',
        selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
        codeIds: [],
      });
      if (deleted) await deleteAnnotation(grant, id, null);
      if (seenBy === null) continue;
      const passId = passes.get(project);
      await database.db.update(annotations).set({ passId, seenBy }).where(eq(annotations.id, id));
    }
    const all = await database.db.select().from(annotations);
    expect(all).toHaveLength(rows.length);
    for (const projectId of projects) {
      for (const person of people) {
        for (const role of ROLES) {
          const grant = grantOf(person, projectId, role);
          const bySql = await database.db
            .select({ id: annotations.id })
            .from(annotations)
            .where(visibleTo(grant));
          const byFunction = all.filter((row) => canSee(grant, row));
          expect(bySql.map(({ id }) => id).sort()).toEqual(byFunction.map(({ id }) => id).sort());
        }
      }
      // A guest, who is no user, by a link that shows some of the rows, also of other projects and hidden ones.
      const only = all.filter((_, nth) => nth % 2 === 0).map(({ id }) => id);
      const guest = { projectId, actor: { userId: newId() }, only };
      const bySql = await database.db
        .select({ id: annotations.id })
        .from(annotations)
        .where(visibleTo(guest));
      const byFunction = all.filter((row) => canSee(guest, row));
      expect(bySql.map(({ id }) => id).sort()).toEqual(byFunction.map(({ id }) => id).sort());
      expect(byFunction.length).toBeGreaterThan(0);
      expect(byFunction.every(({ seenBy, id }) => seenBy === null && only.includes(id))).toBe(true);
    }
  });

  it('is judged alike for claims', async () => {
    const anyRow = fc.record({ project: fc.constantFrom(...projects), creator: fc.constantFrom(...people) });
    const rows = fc.sample(anyRow, { numRuns: 30, seed: 20_263 });
    for (const { project, creator } of rows) {
      const claim = { wording: 'It was closed.', tags: [], evidence: [] };
      await createClaim(grantOf(creator, project, 'annotator'), claim);
    }
    const all = await database.db.select().from(claims);
    expect(all).toHaveLength(rows.length);
    for (const projectId of projects)
      for (const person of people) {
        const grant = grantOf(person, projectId);
        const bySql = await database.db.select({ id: claims.id }).from(claims).where(claimsVisibleTo(grant));
        const byFunction = all.filter((row) => canSee(grant, { ...row, seenBy: null }));
        expect(bySql.map(({ id }) => id).sort()).toEqual(byFunction.map(({ id }) => id).sort());
      }
  });
  it('is judged alike for follow-ups', async () => {
    const anyRow = fc.record({ project: fc.constantFrom(...projects), creator: fc.constantFrom(...people) });
    const rows = fc.sample(anyRow, { numRuns: 30, seed: 20_264 });
    // Some are raised by marks, hidden ones among them, of the rows above.
    const marks = await database.db.select().from(annotations);
    for (const [nth, { project, creator }] of rows.entries()) {
      const grant = grantOf(creator, project, 'annotator');
      const mine = marks.filter((mark) => canSee(grant, mark) && mark.deleted === null);
      const mark = nth % 3 === 0 ? undefined : mine[nth % mine.length];
      const raisedBy = mark && { type: 'annotation', id: mark.id };
      await createFollowUp(grant, NewFollowUp.parse({ wording: 'Ask.', raisedBy }));
    }
    const all = await database.db.select().from(followUps);
    const seenBy = new Map(marks.map((mark) => [mark.id, mark.seenBy]));
    expect(all.filter((row) => seenBy.get(row.raisedAnnotationId ?? '')).length).toBeGreaterThan(3);
    expect(all).toHaveLength(rows.length);
    for (const projectId of projects)
      for (const person of people) {
        const grant = grantOf(person, projectId);
        const bySql = await database.db
          .select({ id: followUps.id })
          .from(followUps)
          .where(followUpsVisibleTo(grant));
        const byFunction = all.filter((row) =>
          canSee(grant, { ...row, seenBy: seenBy.get(row.raisedAnnotationId ?? '') ?? null }),
        );
        expect(bySql.map(({ id }) => id).sort()).toEqual(byFunction.map(({ id }) => id).sort());
      }
  });

  it('is judged alike where sources are under embargo, for some and until a time', async () => {
    const sources = await database.db.select().from(sourcesTable);
    const anyRow = fc.record({
      named: fc.subarray(people.map(({ userId }) => userId)),
      days: fc.constantFrom(-1, 30),
    });
    const given = fc.sample(anyRow, { numRuns: sources.length, seed: 20_265 });
    for (const [nth, { id: sourceId, projectId, createdBy }] of sources.entries()) {
      const { named, days } = given[nth] as (typeof given)[number];
      const embargoUntil = new Date(Date.now() + days * 86_400_000);
      const row = { sourceId, projectId, setBy: createdBy, visibleTo: named, embargoUntil };
      await database.db.insert(sourceProtections).values(row);
    }
    // One more project, whose only member who is named is no owner.
    const [ada, ben, cleo] = people as [Person, Person, Person];
    const projectId = await addProject(database, ada, { editor: ben, reader: cleo });
    const closed = await addSource(grantOf(ada, projectId));
    const mark = { sourceId: closed.id, motivation: 'highlighting' as const, codeIds: [] };
    const selector = [
      { type: 'TextQuoteSelector' as const, exact: 'a draft report', prefix: '', suffix: '' },
    ];
    await createAnnotation(grantOf(cleo, projectId, 'annotator'), { ...mark, selector });
    await database.db.insert(sourceProtections).values({
      ...{ sourceId: closed.id, projectId, setBy: ada.userId, visibleTo: [ben.userId] },
      embargoUntil: new Date(Date.now() + 86_400_000),
    });
    const seen: number[] = [];
    for (const project of [...projects, projectId])
      for (const person of people) {
        const grant = grantOf(person, project);
        const all = await database.db.select().from(annotations).where(eq(annotations.projectId, project));
        const judged: string[] = [];
        for (const row of all) {
          const seenBy = await selectSeenBy(database.db, { projectId: project }, row.id);
          if (canSee(grant, { ...row, seenBy })) judged.push(row.id);
        }
        const bySql = await database.db
          .select({ id: annotations.id })
          .from(annotations)
          .where(visibleTo(grant));
        expect(bySql.map(({ id }) => id).sort()).toEqual(judged.sort());
        seen.push(judged.length);
      }
    // Ada owns the last project, Ben is named, and Cleo made the mark.
    expect(seen.slice(-3)).toEqual([1, 1, 0]);
  });
});
