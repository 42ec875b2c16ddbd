import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Database, migrate, openDatabase, setDatabase } from '../../db/client';
import { setEnv } from '../../env';
import type { PassAgreement } from '../../lib/agreement/answer';
import { OPERATIONS, type OperationId } from '../../lib/api/operations';
import { newId } from '../../lib/new-id';
import { addUser, issueToken } from '../../server/people';
import { launchPostgres } from '../../server/postgres/launch';
import { makeLargeProject } from '../queries/large-project';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Size = {
  readonly coders: number;
  readonly each: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
};

/** How long figures at once take after a mark changed, in a project in Postgres: token, gate, queries, thread and JSON. */
export async function measureInProject({ coders, each, rounds, say }: Size): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gloss-bench-'));
  setEnv({ GLOSS_DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  const postgres = await launchPostgres({ dataDir, log: () => undefined });
  const db = openDatabase(postgres.connection);
  try {
    setDatabase(db, postgres.connection);
    await migrate(db, resolve('db/migrations'));
    const { id } = await addUser({ email: 'ada@example.org', name: 'Ada', password: 'long enough 1' });
    const size = { sources: Math.ceil(each / 50), annotations: coders * each };
    const { projectId } = await makeLargeProject(db, id, { size, say: () => undefined });
    const pass = await makePass(db, projectId, coders);
    const { token } = await issueToken(id, { name: 'bench', scopes: ['read', 'write'] });
    const ask = asker(token, { projectId, ...pass });
    say(`in a project: ${coders} coders, ${each} codings each, ${size.sources} sources`);
    say('from the answer about a changed mark to the figures at once: begin | p50, p95 of so many changes');
    for (const unit of ['sentence', 'passage', 'character']) {
      const times: number[] = [];
      let began = 0;
      for (let round = -1; round < rounds; round += 1) {
        const [annotationId, codeId] = [
          pass.marks[(round + 1) * 97],
          pass.codes[(round + 1) % pass.codes.length],
        ];
        await ask('annotation.update', { annotationId }, {}, { codeIds: [codeId] });
        const start = performance.now();
        const found = (await ask('agreement.get', {}, { unit, whole: 'false' })) as PassAgreement;
        const ms = performance.now() - start;
        if (found.codings !== coders * each) throw new Error(`${found.codings} codings were compared.`);
        if (round === -1) began = ms;
        else times.push(ms);
      }
      times.sort((a, b) => a - b);
      const at = (part: number) => (times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(0).padStart(7);
      say(`${unit.padEnd(60)}${began.toFixed(0).padStart(6)} |${at(0.5)}${at(0.95)}  (${times.length})`);
    }
  } finally {
    await db.$client.end();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Makes all marks of a project those of one pass: a code each, dealt out to so many named coders who have begun everything. */
async function makePass(db: Database, projectId: string, coders: number) {
  const { $client } = db;
  const ids = async (sql: string, ...values: unknown[]) =>
    (await $client.query<{ id: string }>(sql, values)).rows.map(({ id }) => id);
  const passId = newId();
  await $client.query(
    `insert into passes (id, project_id, name, kind, lead_id, reveal_when, creator_id)
     select $2, p.id, 'Pilot', 'open', m.user_id, 'by-hand', m.user_id
     from projects p join project_members m on m.project_id = p.id and m.role = 'owner' where p.id = $1`,
    [projectId, passId],
  );
  await $client.query(
    `insert into pass_sources (project_id, pass_id, source_id, place)
     select project_id, $2, id, row_number() over (order by id) - 1 from sources where project_id = $1`,
    [projectId, passId],
  );
  const coderIds = await ids(
    `insert into pass_coders (id, project_id, pass_id, name)
     select id, $1, $2, 'Coder ' || n from unnest($3::uuid[]) with ordinality one (id, n) returning id`,
    ...[projectId, passId, Array.from({ length: coders }, () => newId())],
  );
  await $client.query(
    `insert into pass_assignments (pass_id, coder_id, source_id, state, started)
     select $2, c, s.id, 'working', now() from sources s, unnest($3::uuid[]) c where s.project_id = $1`,
    [projectId, passId, coderIds],
  );
  const codes = await ids('select id from codes where project_id = $1 order by id limit 20', projectId);
  await $client.query('delete from annotation_codes where project_id = $1', [projectId]);
  await $client.query('drop table if exists dealt');
  await $client.query(
    `create temp table dealt as select id, row_number() over (order by source_id, start, id)::int n
     from annotations where project_id = $1`,
    [projectId],
  );
  await $client.query(
    `update annotations a set pass_id = $1, coder_id = ($2::uuid[])[d.n % $3::int + 1], motivation = 'classifying', body = null
     from dealt d where d.id = a.id`,
    [passId, coderIds, coders],
  );
  await $client.query(
    `insert into annotation_codes (project_id, annotation_id, code_id, definition_code_id, definition_version)
     select $1, d.id, c, c, 1 from dealt d, lateral (select ($2::uuid[])[d.n * 7919 % 20 + 1] c) one`,
    [projectId, codes],
  );
  await $client.query('analyze');
  const marks = await ids('select id from annotations where pass_id = $1 order by id', passId);
  return { passId, codes, marks };
}

function asker(token: string, fixed: Record<string, unknown>) {
  return async (
    id: OperationId,
    params: object,
    query: Record<string, string>,
    body?: object,
  ): Promise<unknown> => {
    const { method, path } = OPERATIONS[id];
    const file = resolve('app', path.slice(1).replaceAll('{', '[').replaceAll('}', ']'), 'route.ts');
    const handler = ((await import(file)) as Record<string, Handler>)[method] as Handler;
    const all = { ...fixed, ...params } as Record<string, string>;
    const url = new URL(
      path.replace(/\{(\w+)\}/g, (_, name: string) => all[name] ?? ''),
      'http://gloss.test',
    );
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const request = new Request(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await handler(request, { params: Promise.resolve(all) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${id} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
}
