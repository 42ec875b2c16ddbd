import '@/tests/support/test-environment';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { answerMetrics, isForMetrics, mayReadMetrics } from '@/server/metrics/door';
import { countDoorsBy, measureBatch } from '@/server/metrics/metrics';
import { ask, call } from '@/tests/support/instance';
import { owner } from '@/tests/support/one-project';

describe('The measures of a process', () => {
  const server = createServer((incoming, response) => {
    if (isForMetrics(incoming)) void answerMetrics(response, mayReadMetrics(incoming));
    else response.writeHead(404).end();
  });
  let port: number;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => server.close());
  afterEach(() => {
    setEnv({ METRICS_TOKEN: '', TRUSTED_PROXY: '' });
  });

  async function get(headers: Record<string, string> = {}, path = '/metrics') {
    const sent = request({ host: '127.0.0.1', port, path, headers }).end();
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const part of response) text += String(part);
    return { status: response.statusCode as number, text, type: String(response.headers['content-type']) };
  }

  it('tell of requests by operation and status, of notes, sockets, the pool, mails and the process', async () => {
    await ask('project.list', owner);
    await call('project.list', null);
    await measureBatch(7, async () => undefined);
    countDoorsBy(() => ({ live: 3, sync: 4, rooms: 2 }));
    const { status, text, type } = await get();
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    const value = (series: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.split(' ')[1],
      );
    const requests = 'gloss_http_request_duration_seconds_count';
    expect(value(`${requests}{operation="project.list",status="200"}`)).toBe(1);
    expect(value(`${requests}{operation="project.list",status="401"}`)).toBe(1);
    expect(value('gloss_note_updates_total')).toBe(7);
    expect(value('gloss_note_log_batch_seconds_count')).toBe(1);
    expect(value('gloss_sockets{kind="live"}')).toBe(3);
    expect(value('gloss_sockets{kind="sync"}')).toBe(4);
    expect(value('gloss_note_rooms')).toBe(2);
    expect(value('gloss_pg_pool_connections{state="total"}')).toBeGreaterThan(0);
    expect(value('gloss_notice_mails_due')).toBe(0);
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(text).not.toContain(owner.email);
  });

  it('are for this machine alone where no token is set', async () => {
    expect((await get()).status).toBe(200);
    for (const headers of [
      { host: 'gloss.example.org' },
      { 'x-forwarded-for': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { via: '1.1 proxy' },
    ] as Record<string, string>[])
      expect((await get(headers)).status, JSON.stringify(headers)).toBe(401);
    setEnv({ TRUSTED_PROXY: '1' });
    expect((await get()).status).toBe(401);
  });

  it('are for whoever has the token where one is set, and nobody else', async () => {
    setEnv({ METRICS_TOKEN: 'a token that is long enough' });
    const refused = await get();
    expect(refused.status).toBe(401);
    expect(refused.text).not.toContain('gloss_');
    expect((await get({ authorization: 'Bearer a token that is long' })).status).toBe(401);
    const known = { authorization: 'Bearer a token that is long enough', host: 'gloss.example.org' };
    expect((await get({ ...known, 'x-forwarded-for': '10.0.0.1' })).status).toBe(200);
    expect((await get(known, '/metrics/more')).status).toBe(404);
  });
});
