import '@/tests/support/test-environment';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Adjudication, AgreementRecord, Decision } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { Contribution } from '@/lib/contributions/contribution';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { Used } from '@/lib/projects/usage';
import type { Source } from '@/lib/sources/source';
import { limitProject } from '@/server/projects/usage';
import { addPdf, addPerson, ask, type Call, call, grantOf, type Person } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { desk } from '@/tests/support/versioned-source';

const OPEN = ['received eleven boxes of paper', 'eleven boxes of paper'] as const;
const SECRET = ['burnt every invoice at night', 'every invoice'] as const;

let place: Awaited<ReturnType<typeof desk>>;
/** Named in no protection. */
let editor: Person;
let other: Person;
let secret: Source;
let pass: Pass;

const here = (body?: object, params: Record<string, string> = {}): Call =>
  place.inside({ params: { passId: pass.id, ...params }, body });
const read = (by: Person) => ask<Adjudication>('adjudication.get', by, here());
const told = (records: readonly AgreementRecord[]) =>
  records.map(({ moment, decided, of, figures }) => ({ moment, decided, of, figures }));
const sizes = (records: readonly AgreementRecord[]) =>
  records.map(({ moment, decided, of }) => `${moment} ${decided}/${of}`);
const decideIn = async ({ id }: Pick<Source, 'id'>, by: Person) => {
  const one = (await read(by)).queue.find(({ sourceId }) => sourceId === id);
  return ask<Decision>('decision.make', by, here({ key: one?.key, outcome: 'merge' }));
};
const embargo = (body: object) =>
  ask('source-protection.set', owner, place.inside({ params: { sourceId: secret.id }, body }));
const withhold = () =>
  embargo({
    embargoUntil: new Date(Date.now() + 86_400_000).toISOString(),
    visibleTo: [annotator.userId, other.userId],
  });
const open = () => ask('source-protection.end', owner, place.inside({ params: { sourceId: secret.id } }));

/** A pass in which two coders differ once in each of its sources. */
async function code(sources: readonly (readonly [Pick<Source, 'id'>, readonly [string, string]])[]) {
  const { id: codeId } = await ask<Code>('code.create', owner, place.inside({ body: { name: 'Count' } }));
  const coders = [{ userId: annotator.userId }, { userId: other.userId }];
  const body = { name: 'Round 1', kind: 'open', sourceIds: sources.map(([{ id }]) => id), coders };
  pass = await ask<Pass>('pass.create', owner, place.inside({ body }));
  const given = { motivation: 'classifying', codeIds: [codeId], passId: pass.id };
  for (const [{ id: sourceId }, [long, short]] of sources) {
    await place.mark(long, { ...given, sourceId }, annotator);
    await place.mark(short, { ...given, sourceId }, other);
  }
}

async function begin() {
  place = await desk();
  await insertMember(database.db, place, editor.userId, 'editor');
  await insertMember(database.db, place, other.userId, 'annotator');
}

beforeEach(async () => {
  [editor, other] = [await addPerson(database, 'Editor'), await addPerson(database, 'Other')];
  await begin();
  const text = 'The clerk said that they burnt every invoice at night, and that nobody asked.';
  secret = await ask<Source>('source.create', owner, place.inside({ body: { title: 'Leak', text } }));
});

describe('What was kept of the agreement of a pass', () => {
  const both = () =>
    code([
      [place.source, OPEN],
      [secret, SECRET],
    ]);

  it('is to who is kept from one of its sources what it would be without that source', async () => {
    await both();
    await decideIn(secret, owner);
    await withhold();
    expect((await read(editor)).agreement).toEqual([]);
    await decideIn(place.source, owner);
    const seen = (await read(editor)).agreement;
    expect(sizes(seen)).toEqual(['before 0/1', 'after 1/1']);
    expect(sizes((await read(annotator)).agreement)).toEqual(['before 0/2', 'after 2/2']);
    const file = await call('export.download', editor, here(undefined, { format: 'gloss' }));
    const exported = Buffer.from(await file.arrayBuffer()).toString('latin1');
    expect(exported).toMatch(/"moment":"after","at":"[^"]+","decided":1,"of":1/);
    expect(exported).not.toMatch(/"of":2/);

    await begin();
    await code([[place.source, OPEN]]);
    await decideIn(place.source, owner);
    expect(told(seen)).toEqual(told((await read(editor)).agreement));
  });

  it('is as it was kept to all once the embargo is over', async () => {
    await both();
    await withhold();
    await decideIn(place.source, owner);
    expect(sizes((await read(editor)).agreement)).toEqual(['before 0/1', 'after 1/1']);
    await decideIn(secret, owner);
    await open();
    expect((await read(editor)).agreement).toEqual((await read(owner)).agreement);
    expect(sizes((await read(editor)).agreement)).toEqual(['before 0/2', 'after 2/2']);
  });

  it('is of all sources of the pass, also where who decides is kept from one', async () => {
    await both();
    await withhold();
    await decideIn(secret, owner);
    await decideIn(place.source, editor);
    expect(sizes((await read(owner)).agreement)).toEqual(['before 0/2', 'after 2/2']);
    expect(sizes((await read(editor)).agreement)).toEqual(['before 0/1', 'after 1/1']);
  });

  it('is not taken for whole while something is left that who decides can not see', async () => {
    await both();
    await withhold();
    await decideIn(place.source, editor);
    expect(sizes((await read(owner)).agreement)).toEqual(['before 0/2']);
  });
});

describe('What people did', () => {
  it('is counted without what an embargo withholds from who reads it: decisions, evidence, talk and sign-offs', async () => {
    await code([[secret, SECRET]]);
    await withhold();
    const counts = async (by: Person) =>
      (await ask<{ items: Contribution[] }>('contribution.list', by, place.inside())).items.find(
        ({ person }) => person.id === annotator.userId,
      );
    const before = await counts(editor);
    await ask('member.update', owner, place.inside({ body: { userId: annotator.userId, role: 'editor' } }));
    await decideIn(secret, annotator);
    const passage = await place.mark('nobody asked', { sourceId: secret.id }, annotator);
    const wording = 'Invoices were burnt.';
    const claim = await ask<{ id: string }>('claim.create', annotator, place.inside({ body: { wording } }));
    await ask(
      'evidence.create',
      annotator,
      place.inside({
        params: { claimId: claim.id },
        body: { annotationId: (passage as Annotation).id, stance: 'supports' },
      }),
    );
    const about = place.inside({ body: { claimId: claim.id, text: 'Is it so?' } });
    const thread = await ask<{ id: string }>('thread.create', annotator, about);
    await ask(
      'comment.create',
      annotator,
      place.inside({ params: { threadId: thread.id }, body: { text: 'It is.' } }),
    );
    const { items } = await ask<{ items: Note[] }>(
      'note.list',
      annotator,
      place.inside({ query: { source: secret.id } }),
    );
    await ask(
      'note-sign-off.create',
      annotator,
      place.inside({ params: { noteId: items[0]?.id ?? '' }, body: { statement: 'They burnt it.' } }),
    );
    expect(await counts(editor)).toEqual(before);
    expect(await counts(owner)).toMatchObject({
      decisions: 1,
      evidence: 1,
      threads: 1,
      comments: 1,
      reviews: 1,
    });
  });
});

describe('How much a project holds', () => {
  const held = async (by: Person) =>
    Object.fromEntries(
      (await ask<{ items: Used[] }>('usage.list', by, place.inside())).items.map((one) => [one.what, one]),
    );

  it('is told to an owner whole, and to who is kept from a source without it, its file and its marks', async () => {
    const pdf = await addPdf(grantOf(owner, place.projectId));
    const before = await held(editor);
    await code([[secret, SECRET]]);
    const hidden = await addPdf(grantOf(owner, place.projectId));
    const embargoUntil = new Date(Date.now() + 86_400_000).toISOString();
    const params = { sourceId: hidden.id };
    await ask('source-protection.set', owner, place.inside({ params, body: { embargoUntil } }));
    await withhold();
    const after = await held(editor);
    expect(after).toEqual({ ...before, sources: { ...before.sources, used: 2 } });
    const whole = await held(owner);
    expect(whole).toMatchObject({ sources: { used: 4, isWhole: true }, annotations: { used: 2 } });
    expect(whole['file-bytes']?.used).toBe(2 * (after['file-bytes']?.used ?? 0));
    expect(pdf.id).not.toBe(hidden.id);
  });

  it('leaves out what a blind pass hides from who asks', async () => {
    const coders = [{ userId: annotator.userId }, { userId: other.userId }];
    const body = { name: 'Blind', kind: 'blind', sourceIds: [place.source.id], coders };
    pass = await ask<Pass>('pass.create', owner, place.inside({ body }));
    await place.mark(OPEN[0], { passId: pass.id }, annotator);
    expect([(await held(other)).annotations?.used, (await held(annotator)).annotations?.used]).toEqual([
      0, 1,
    ]);
  });

  it('is told as little room by all that is there, and refused without a number of what is withheld', async () => {
    await withhold();
    await limitProject(place.projectId, ['sources=2']);
    expect((await held(editor)).sources).toEqual({
      ...{ what: 'sources', used: 1, of: 2, room: 'full', isWhole: false },
    });
    const refused = await call(
      'source.create',
      editor,
      place.inside({ body: { title: 'More', text: 'More.' } }),
    );
    expect(refused.status).toBe(403);
    const { error } = (await refused.json()) as { error: { details: object } };
    expect(error.details).toEqual({ reason: 'limit', limit: 'sources', of: 2 });
  });
});
