import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Adjudication, Decision } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { ImportReport } from '@/lib/exchange/import-report';
import type { Note } from '@/lib/notes/note';
import type { Pass } from '@/lib/passes/pass';
import type { Source } from '@/lib/sources/source';
import { importFile } from '@/server/exchange/import';
import { importId, importIdInTurn } from '@/server/exchange/import-id';
import { addPerson, addProject, ask, call, grantOf, type Person, TEXT } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';
import { column, pdfFile } from '@/tests/support/pdf-files';

const DENIED = 'The ministry denied it';
const here = (rest: object = {}) => ({ params: { projectId, ...rest } });
type Line = Record<string, unknown> & { kind: string };

let other: Person;
let coded: Source;
let revealed: Pass;
let hidden: Pass;

async function exported(from: string, person: Person = owner): Promise<Line[]> {
  const response = await call('export.download', person, { params: { projectId: from, format: 'gloss' } });
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const bytesOf = (lines: readonly Line[]) =>
  new TextEncoder().encode(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
const bring = (into: string, lines: readonly Line[]): Promise<ImportReport> =>
  importFile(grantOf(owner, into), bytesOf(lines), { dryRun: false });
const ofKind = (lines: readonly Line[], kind: string) => lines.filter((line) => line.kind === kind);

beforeAll(async () => {
  other = await addPerson(database, 'Annotator');
  await insertMember(database.db, { projectId }, other.userId, 'annotator');
  coded = await ask<Source>('source.create', owner, { ...here(), body: { text: TEXT, title: 'A draft' } });
  const form = new FormData();
  const page = column(['A heading', 'Some words of a report that stand on a page.'], {});
  form.append('file', new File([pdfFile({ pages: [{ texts: page }] }) as BlobPart], 'report.pdf'));
  await ask('source.create', owner, { ...here(), body: form });
  const code = async (name: string) =>
    (await ask<Code>('code.create', owner, { ...here(), body: { name } })).id;
  const [denial, doubt] = [await code('Denial'), await code('Doubt')];
  const guide = await ask<Note>('note.create', owner, { ...here(), body: { title: 'How to code' } });
  const pass = (body: object) =>
    ask<Pass>('pass.create', owner, { ...here(), body: { kind: 'blind', sourceIds: [coded.id], ...body } });
  const mark = (person: Person, codeId: string, of: { passId: string; coderId?: string }) =>
    ask<Annotation>('annotation.create', person, {
      ...here(),
      body: {
        ...{ sourceId: coded.id, motivation: 'classifying', codeIds: [codeId], ...of },
        selector: [{ type: 'TextQuoteSelector', exact: DENIED }],
      },
    });
  const people = [{ userId: owner.userId }, { userId: other.userId }];
  revealed = await pass({
    ...{ name: 'Round 1', guidelineNoteId: guide.id, codeIds: [denial, doubt] },
    coders: [...people, { name: 'Program', isExpert: true }],
  });
  const passId = revealed.id;
  await mark(owner, denial, { passId });
  await mark(other, doubt, { passId });
  const program = revealed.coders.find(({ userId }) => userId === null)?.id ?? '';
  await mark(owner, denial, { passId, coderId: program });
  await ask('pass.progress', other, { ...here({ passId }), body: { sourceId: coded.id, state: 'done' } });
  await ask('pass.reveal', owner, here({ passId }));
  const { queue } = await ask<Adjudication>('adjudication.get', owner, here({ passId }));
  const accepted = queue[0]?.codings.find(({ codeId }) => codeId === denial);
  const decision = await ask<Decision>('decision.make', owner, {
    ...here({ passId }),
    body: { key: queue[0]?.key, outcome: 'accept', accepted, why: 'It is plain' },
  });
  await ask('objection.create', other, {
    ...here({ passId, decisionId: decision.id }),
    body: { text: 'It is not' },
  });
  hidden = await pass({ name: 'Round 2', coders: people });
  await mark(owner, doubt, { passId: hidden.id });
});

/** A line as it is in a project, with its ids, without times; of what others are and did, only what a file can prove. */
function asIn(into: string | null, line: Line): unknown {
  const inTurn = ['pass', 'coder', 'decision', 'objection', 'note', 'thread'];
  const once = ['source', 'code', 'mark'];
  const text = JSON.stringify(line, (key, value) => {
    if (/^(created|modified|revision|started|done|revealed|at|projectId|key)$/.test(key)) return null;
    if (key === 'userId') return value === owner.userId ? value : null;
    return key === 'by' ? String(value.name).replace(/ \(brought in by .*\)$/, '') : value;
  });
  if (into === null) return inOrder(JSON.parse(text));
  const known = (id: string) => {
    const is = kinds.get(id);
    if (is === undefined) return id;
    return inTurn.includes(is)
      ? importIdInTurn(into, is, id)
      : once.includes(is)
        ? importId(into, is, id)
        : id;
  };
  return inOrder(JSON.parse(text.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, known)));
}
/** A round whose codes and assignments stand in the order of their ids, which are others in another project. */
function inOrder(line: Line): Line {
  const { pass } = line as unknown as { pass: Pass };
  pass.codeIds.sort();
  pass.assignments.sort((a, b) => (a.coderId < b.coderId ? -1 : 1));
  return line;
}

/** What each id of the first project is one of. */
const kinds = new Map<string, string>();
function learn(lines: readonly Line[]): void {
  const idsOf = (value: unknown, kind: string) => {
    for (const one of (Array.isArray(value) ? value : [value]) as { id: string }[]) kinds.set(one.id, kind);
  };
  for (const line of lines) {
    if (['source', 'code', 'note', 'pass', 'thread'].includes(line.kind)) idsOf(line[line.kind], line.kind);
    if (line.kind === 'annotation') idsOf(line.annotation, 'mark');
    if (line.kind !== 'pass') continue;
    idsOf((line.pass as Pass).coders, 'coder');
    idsOf(line.decisions, 'decision');
    for (const { objections } of line.decisions as Decision[]) idsOf(objections, 'objection');
  }
}

describe('Rounds of coding that go out as Gloss and come in elsewhere', () => {
  it('have their coders, progress, decisions, objections and agreement again, and nothing of it twice', async () => {
    const before = await exported(projectId);
    learn(before);
    const into = await addProject(database, owner, { annotator: other });
    const report = await bring(into, before);
    expect(report.losses.map(({ what }) => what)).toEqual(['Which members code in a round', 'Who made it']);
    expect(report.items).toContainEqual({ what: 'Rounds of coding', added: 2, there: 0 });
    expect(report.items).toContainEqual({ what: 'Decisions', added: 1, there: 0 });
    const after = await exported(into);
    const passes = ofKind(after, 'pass').map((line) => asIn(null, line));
    expect(passes).toEqual(ofKind(before, 'pass').map((line) => asIn(into, line)));
    expect(JSON.stringify(passes)).toContain('It is not');
    expect((await bring(into, before)).items.every(({ added }) => added === 0)).toBe(true);
    expect(await exported(into)).toHaveLength(after.length);
  });

  it('count each mark for whom it counted, so that they agree and differ as before', async () => {
    const into = await addProject(database, owner, { annotator: other });
    await bring(into, await exported(projectId));
    const passId = importIdInTurn(into, 'pass', revealed.id);
    const at = (of: string, pass: string) => ({ params: { projectId: of, passId: pass } });
    const before = await ask<Adjudication>('adjudication.get', owner, at(projectId, revealed.id));
    const after = await ask<Adjudication>('adjudication.get', owner, at(into, passId));
    expect(after.queue).toHaveLength(1);
    expect(after.queue[0]?.codings).toHaveLength(3);
    expect(after.decisions[0]?.key).toBe(after.queue[0]?.key);
    expect(after.agreement.map(({ figures }) => figures)).toEqual(
      before.agreement.map(({ figures }) => figures),
    );
  });

  it('stay blind: nobody else sees what is not revealed, and whoever does not lead it takes only their own out', async () => {
    const into = await addProject(database, owner, { annotator: other });
    await bring(into, await exported(projectId));
    const passId = importIdInTurn(into, 'pass', hidden.id);
    const seenBy = async (person: Person) =>
      (
        await ask<{ items: Annotation[] }>('annotation.list', person, {
          params: { projectId: into },
          query: { pass: passId },
        })
      ).items.length;
    expect(await seenBy(owner)).toBe(1);
    expect(await seenBy(other)).toBe(0);
    const lines = ofKind(await exported(projectId, other), 'pass');
    const blind = lines.find(({ pass }) => (pass as Pass).id === hidden.id);
    expect(blind).toMatchObject({ kind: 'pass', pass: { assignments: [{ state: 'not-started' }] } });
    expect(blind).not.toHaveProperty('decisions');
  });
});

describe('A PDF that goes out as Gloss and comes in elsewhere', () => {
  it('is the same file with the same places on its pages', async () => {
    const before = await exported(projectId);
    const into = await addProject(database, owner, { annotator: other });
    await bring(into, before);
    const [file] = ofKind(before, 'file');
    const [again] = ofKind(await exported(into), 'file');
    expect(again).toEqual({ ...file, sourceId: importId(into, 'source', file?.sourceId as string) });
    expect(file?.bytes).toMatch(/^JVBERi0/);
  });

  it('that is damaged, no PDF, or has places that can’t be its text’s stays behind, and the text comes in', async () => {
    const before = await exported(projectId);
    const into = await addProject(database, owner);
    for (const change of [
      { bytes: btoa('%PDF-1.7 other') },
      { bytes: btoa('<script>') },
      { places: { pages: [{ width: 600, height: 800, runs: [0, 1e9, 1, 1, 1, 1, 0] }] } },
      { places: { pages: [] } },
    ]) {
      const lines = before.map((line) => (line.kind === 'file' ? { ...line, ...change } : line));
      const report = await importFile(grantOf(owner, into), bytesOf(lines), { dryRun: true });
      expect(report.losses.map(({ what }) => what)).toContain('PDF files');
      expect(report.items).toContainEqual({ what: 'Sources', added: 2, there: 0 });
    }
  });
});
