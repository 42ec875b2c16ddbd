import { createHash } from 'node:crypto';
import type { Database } from '../../db/client';
import { recountUsage } from '../../db/usage';
import { followUpRows } from './follow-ups';
import { writeLog } from './log';
import { article, codeName, headline, person, sentence } from './prose';
import { Random } from './random';
import { quoteRow, speakerRows } from './speakers';

export type Size = { readonly sources: number; readonly annotations: number };
export const LARGE: Size = { sources: 500, annotations: 100_000 };
export type LargeProject = { readonly projectId: string; readonly ownerId: string };

/** What the large project begins with, in ms; a mark a minute from there on. */
const BEGAN = Date.UTC(2024, 0, 1);
const MINUTE = 60_000;
/** Sentences of a source. */
const SENTENCES = 90;
const CODES = 60;
const CLAIMS = 5_000;
const MEMBERS = 8;
const MOTIVATIONS = ['highlighting', 'quoting', 'claiming', 'commenting', 'classifying'] as const;
const COLOURS = ['amber', 'teal', 'violet', 'rose', 'sky'];

type Row = Record<string, unknown>;

/** Inserts rows of one shape, in batches; what the columns are is told by the table itself. */
async function insert(db: Database, table: string, rows: readonly Row[], size = 1_000): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  for (let at = 0; at < rows.length; at += size) {
    await db.$client.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows.slice(at, at + size))],
    );
  }
}

const iso = (at: number) => new Date(at).toISOString();

/**
 * Makes one large project: sources with marks, codes, notes, threads and the log of it all, the same for the same seed but for
 * its ids' first project. `ownerId`: who owns it.
 */
export async function makeLargeProject(
  db: Database,
  ownerId: string,
  { size = LARGE, seed = 7, say }: { size?: Size; seed?: number; say(line: string): void },
): Promise<LargeProject> {
  // Ids of another run must not be met again: they begin where this run does.
  const random = new Random(seed ^ (Date.now() >>> 0));
  const prose = new Random(seed);
  const id = (at: number) => random.id(at);
  const [teamId, projectId] = [id(BEGAN), id(BEGAN)];
  const people = Array.from({ length: MEMBERS }, () => ({ id: id(BEGAN), name: person(prose) }));
  await insert(db, 'teams', [{ id: teamId, name: 'Large', created: iso(BEGAN) }]);
  await insert(db, 'team_members', [{ team_id: teamId, user_id: ownerId, role: 'admin' }]);
  await insert(db, 'projects', [
    { id: projectId, team_id: teamId, name: 'A large project', created: iso(BEGAN) },
  ]);
  await insert(
    db,
    'users',
    people.map((one) => ({ ...one, email: `${one.id}@example.org`, created: iso(BEGAN) })),
  );
  await insert(db, 'project_members', [
    { project_id: projectId, user_id: ownerId, role: 'owner', joined: iso(BEGAN) },
    ...people.map((one) => ({
      project_id: projectId,
      user_id: one.id,
      role: 'annotator',
      joined: iso(BEGAN),
    })),
  ]);
  const at = { created: iso(BEGAN), modified: iso(BEGAN), revision: 1 };
  const codes = Array.from({ length: CODES }, (_, n) => ({
    ...{ id: id(BEGAN), project_id: projectId, name: codeName(n), colour: COLOURS[n % COLOURS.length] },
    ...{ definition: sentence(prose), rank: `V${String(n + 1).padStart(4, '0')}1`, ...at },
  }));
  await insert(db, 'codes', codes);
  await insert(
    db,
    'code_versions',
    codes.map(({ id: code_id, name, definition }) => ({
      ...{ project_id: projectId, code_id, version: 1, name, definition, when_to_use: '', when_not: '' },
      ...{ at: iso(BEGAN), by_id: ownerId },
    })),
  );

  const said = { projectId, creatorId: ownerId, at: iso(BEGAN) };
  const { speakers, names } = speakerRows(said, prose, () => id(BEGAN));
  await insert(db, 'speakers', speakers);
  await insert(db, 'speaker_names', names);

  const texts: string[] = [];
  const sourceIds = Array.from({ length: size.sources }, (_, n) => id(BEGAN + n * MINUTE));
  say(`${size.sources} sources`);
  for (let from = 0; from < size.sources; from += 50) {
    const some = sourceIds.slice(from, from + 50).map((sourceId) => {
      const text = article(prose, SENTENCES);
      texts.push(text);
      return { sourceId, text, title: headline(prose), creator: prose.pick(people).id };
    });
    const made = some.map(({ sourceId, title, creator }, n) => ({
      ...{ id: sourceId, project_id: projectId, title, language: 'en', version: 1, created_by: creator },
      ...{ ...at, created: iso(BEGAN + (from + n) * MINUTE) },
    }));
    await insert(db, 'sources', made);
    await insert(
      db,
      'source_texts',
      some.map(({ sourceId, text, creator }) => ({
        ...{
          project_id: projectId,
          source_id: sourceId,
          version: 1,
          text,
          length: text.length,
          created_by: creator,
        },
        hash: createHash('sha256').update(text).digest('hex'),
        html: `<p>${text.replaceAll('\n\n', '</p><p>')}</p>`,
        ...{ how: 'text', created: iso(BEGAN) },
      })),
    );
    await insert(
      db,
      'notes',
      made.map((source, n) => ({
        ...{ id: id(BEGAN), project_id: projectId, source_id: source.id, title: source.title, ...at },
        ...{ text: n % 2 === 0 ? article(prose, 8) : '', created_by: source.created_by },
      })),
    );
  }
  const making = { projectId, sourceIds, texts, people, codes, speakers, size, prose, id, say };
  await makeMarks(db, making);
  await makeClaims(db, making);
  await makeFollowUps(db, making);
  say('the log');
  await writeLog(db, projectId);
  say('statistics');
  await db.$client.query('vacuum analyze');
  return { projectId, ownerId };
}

type Making = {
  projectId: string;
  sourceIds: readonly string[];
  texts: readonly string[];
  people: readonly { id: string; name: string }[];
  codes: readonly { id: string }[];
  speakers: readonly { id: string; name: string }[];
  size: Size;
  prose: Random;
  id(at: number): string;
  say(line: string): void;
};

async function makeMarks(db: Database, making: Making): Promise<void> {
  const { projectId, sourceIds, texts, people, codes, speakers, size, prose, id, say } = making;
  const BATCH = 2_000;
  for (let from = 0; from < size.annotations; from += BATCH) {
    const marks: Row[] = [];
    const codings: Row[] = [];
    const targets: Row[] = [];
    const threads: Row[] = [];
    const comments: Row[] = [];
    for (let n = from; n < Math.min(from + BATCH, size.annotations); n += 1) {
      const time = BEGAN + (size.sources + n) * MINUTE;
      const of = prose.below(sourceIds.length);
      const [sourceId, text] = [sourceIds[of] as string, texts[of] as string];
      const start = text.indexOf(' ', prose.below(text.length - 400)) + 1;
      const end = text.indexOf(' ', start + 20 + prose.below(160));
      const [exact, prefix, suffix] = [
        text.slice(start, end),
        text.slice(Math.max(0, start - 32), start),
        text.slice(end, end + 32),
      ];
      const motivation = prose.pick(MOTIVATIONS);
      const annotationId = id(time);
      const when = { created: iso(time), modified: iso(time), revision: 1 };
      marks.push({
        ...{
          id: annotationId,
          project_id: projectId,
          source_id: sourceId,
          version: 1,
          start,
          end,
          exact,
          prefix,
          suffix,
        },
        ...{ creator_id: prose.pickFirst(people).id, motivation, ...when },
        body: prose.next() < 0.4 ? sentence(prose) : null,
        ...quoteRow(prose, motivation === 'quoting', speakers),
      });
      const waits = prose.next() < 0.01;
      targets.push({
        ...{
          project_id: projectId,
          annotation_id: annotationId,
          source_id: sourceId,
          version: 1,
          start,
          end,
          exact,
          prefix,
          suffix,
        },
        ...{
          outcome: waits ? 'changed' : 'made',
          score: 1,
          reason: 'made',
          candidates: [],
          state: waits ? 'waiting' : 'settled',
        },
        revision: 1,
      });
      for (const code of new Set([prose.pickFirst(codes), prose.pickFirst(codes)])) {
        if (prose.next() < 0.6)
          codings.push({
            ...{ project_id: projectId, annotation_id: annotationId, code_id: code.id },
            ...{ definition_code_id: code.id, definition_version: 1 },
          });
      }
      if (prose.next() >= 0.05) continue;
      const threadId = id(time);
      const isResolved = prose.next() < 0.5;
      threads.push({
        ...{ id: threadId, project_id: projectId, annotation_id: annotationId, created: iso(time) },
        ...{ source_id: sourceId },
        ...{ resolved: isResolved ? iso(time) : null, resolved_by: isResolved ? people[0]?.id : null },
      });
      for (let reply = 0; reply <= prose.below(3); reply += 1) {
        comments.push({
          ...{ id: id(time + reply), project_id: projectId, thread_id: threadId, text: sentence(prose) },
          ...{ creator_id: prose.pick(people).id, created: iso(time + reply) },
        });
      }
    }
    await insert(db, 'annotations', marks, BATCH);
    await insert(db, 'annotation_codes', codings, 2 * BATCH);
    await insert(db, 'annotation_targets', targets, BATCH);
    await insert(db, 'threads', threads, BATCH);
    await insert(db, 'comments', comments, BATCH);
    if ((from / BATCH) % 10 === 9) say(`${from + BATCH} annotations`);
  }
  // Rows that come without events are counted by themselves.
  await db.transaction((tx) => recountUsage(tx, { projectId }));
}

/** Claims, each resting on three marks. */
async function makeClaims(db: Database, { projectId, people, prose, id }: Making): Promise<void> {
  const { rows } = await db.$client.query<{ id: string }>(
    'select id from annotations where project_id = $1 order by id limit $2',
    [projectId, 3 * CLAIMS],
  );
  const claims = Array.from({ length: Math.floor(rows.length / 3) }, (_, n) => ({
    ...{ id: id(BEGAN + n * MINUTE), project_id: projectId, wording: sentence(prose), tags: [], revision: 1 },
    ...{ status: prose.pick(['unverified', 'checking', 'disputed']), creator_id: prose.pick(people).id },
    ...{ created: iso(BEGAN + n * MINUTE), modified: iso(BEGAN + n * MINUTE) },
  }));
  await insert(db, 'claims', claims);
  const evidence = claims.flatMap((claim, n) =>
    rows.slice(3 * n, 3 * n + 3).map((mark) => ({
      ...{ id: id(BEGAN), project_id: projectId, claim_id: claim.id, annotation_id: mark.id, revision: 1 },
      ...{ stance: prose.pick(['supports', 'disputes']), creator_id: claim.creator_id, created: iso(BEGAN) },
    })),
  );
  await insert(db, 'evidence', evidence);
}

async function makeFollowUps(db: Database, { projectId, people, prose, id }: Making): Promise<void> {
  const { rows } = await db.$client.query<{ id: string; source_id: string; exact: string }>(
    'select id, source_id, exact from annotations where project_id = $1 order by id limit 5000',
    [projectId],
  );
  const of = { projectId, began: BEGAN };
  await insert(
    db,
    'follow_ups',
    followUpRows(of, people, rows, prose, () => id(BEGAN)),
  );
}
