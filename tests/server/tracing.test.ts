import '@/tests/support/test-environment';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, setDatabase } from '@/db/client';
import { summaryOf, traceQueries } from '@/server/tracing/queries';
import { startTracing } from '@/server/tracing/tracing';
import { addProject, call } from '@/tests/support/instance';
import { database, owner } from '@/tests/support/one-source';

type Told = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status?: { code?: number };
};

const bodies: string[] = [];
const collector = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    bodies.push(`${request.url} ${body}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
let own: Database;
let tracing: ReturnType<typeof startTracing>;

beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const { port } = collector.address() as AddressInfo;
  // Connections that are there already have no spans.
  own = openDatabase(database.connection);
  traceQueries(own.$client);
  setDatabase(own, database.connection);
  tracing = startTracing({ endpoint: `http://127.0.0.1:${port}/`, serviceName: 'gloss-test', share: 1 });
});
afterAll(async () => {
  setDatabase(database.db, database.connection);
  await own.$client.end();
  collector.close();
});

describe('Traces', () => {
  it('tell a collector what a request did and asked the database, and nothing that somebody wrote', async () => {
    const projectId = await addProject(database, owner);
    const asked = Array.from({ length: 30 }, () =>
      call('claim.create', owner, { params: { projectId }, body: { wording: 'canary wording of a claim' } }),
    );
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    await call('claim.list', owner, { params: { projectId }, query: { text: 'canary query' } });
    await tracing.stop();

    expect(bodies.every((body) => body.startsWith('/v1/traces '))).toBe(true);
    const resources = bodies.flatMap((body) => JSON.parse(body.slice('/v1/traces '.length)).resourceSpans);
    expect(JSON.stringify(resources)).toContain('gloss-test');
    const spans: Told[] = resources.flatMap((one: { scopeSpans: { spans: Told[] }[] }) =>
      one.scopeSpans.flatMap(({ spans: own }) => own),
    );
    const requests = spans.filter(({ name }) => name === 'POST /api/projects/{projectId}/claims');
    expect(requests).toHaveLength(30);
    // More at once than there are connections: each question is still its own request's.
    const byParent = Map.groupBy(spans, ({ parentSpanId }) => parentSpanId ?? '');
    const numbers = requests.map(({ spanId }) => byParent.get(spanId)?.length ?? 0);
    expect(Math.min(...numbers)).toBeGreaterThan(3);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(2);
    const of = byParent.get(requests[0]?.spanId ?? '') ?? [];
    expect(of.map(({ name }) => name)).toContain('insert claims');
    expect(new Set(of.map(({ traceId }) => traceId))).toEqual(new Set([requests[0]?.traceId]));
    expect(requests[0]?.attributes).toContainEqual({
      key: 'http.response.status_code',
      value: { intValue: 201 },
    });
    const all = bodies.join('');
    for (const word of ['canary', projectId, owner.userId, 'Bearer']) expect(all).not.toContain(word);
  });

  it.each([
    ['select "id" from "annotations" where "text" = $1', 'select annotations'],
    ['with mine as (select 1 from users) select * from mine', 'with users'],
    ['insert into "claims" ("id") values ($1)', 'insert claims'],
    ['begin', 'begin'],
    [{ text: 'update "public"."sources" set x = 1' }, 'update sources'],
    [null, 'query'],
  ])('name a question by what it does and its table: %j', (question, summary) => {
    expect(summaryOf(question)).toBe(summary);
  });
});
