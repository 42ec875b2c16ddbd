import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { emptyDatabase } from '@/tests/support/database';
import { type Program, startProgram } from '@/tests/support/program';
import { ROOT } from '@/tests/support/source-files';

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** One request, with whatever headers: fetch would not let us choose Host. */
async function get(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const sent = request(url, { method: options.method ?? 'GET', headers: options.headers });
  sent.end(options.body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const part of response) body += String(part);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Signs in through the program's own routes and answers the session cookie. */
async function signIn(
  url: string,
  by: 'credentials' | 'link',
  form: Record<string, string>,
): Promise<string> {
  const csrf = await get(`${url}/api/auth/csrf`);
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const cookie = (csrf.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
  const answer = await get(`${url}/api/auth/callback/${by}`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, csrfToken, json: 'true' }).toString(),
  });
  const session = (answer.headers['set-cookie'] ?? []).find((line) => line.startsWith('gloss-session='));
  if (session === undefined) throw new Error(`No session: ${answer.status} ${answer.body}`);
  return session.split(';')[0] ?? '';
}

/** Words that must never reach the log, one for each place that takes words. */
const CANARY = {
  title: 'canary-title-4711',
  text: 'canary-article-4711',
  body: 'canary-comment-4711',
  note: 'canary-note-4711',
  thread: 'canary-thread-4711',
  code: 'canary-code-4711',
  password: 'canary-password-4711',
  token: 'canary-token-4711',
};

describe('The running program', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gloss-guard-'));
  const printed: string[] = [];
  let program: Program;
  let cookie: string;
  let projectId: string;

  beforeAll(async () => {
    program = await startProgram({ GLOSS_DATA_DIR: dataDir, LOG_LEVEL: 'trace', DRAIN_SECONDS: '1' });
  });
  afterAll(async () => {
    await program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const call = async (method: string, path: string, body?: object): Promise<Answer> =>
    get(`${program.url}/api${path}`, {
      method,
      headers: { cookie, origin: program.url, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const ask = async <T = { id: string }>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as T;
  };

  it('signs its first person in by the link that it printed, once', async () => {
    const token = program.link?.split('#')[1] ?? '';
    cookie = await signIn(program.url, 'link', { token });
    expect(await ask('GET', '/me')).toMatchObject({ name: 'First user' });
    await expect(signIn(program.url, 'link', { token })).rejects.toThrow('No session: 401');
    const { items } = await ask<{ items: { id: string }[] }>('GET', '/projects');
    expect(items).toHaveLength(1);
    projectId = items[0]?.id ?? '';
  });

  it('says that it lives, that it is ready, and what its contract is', async () => {
    expect(JSON.parse((await get(`${program.url}/api/health`)).body)).toEqual({ status: 'ok' });
    expect(JSON.parse((await get(`${program.url}/api/ready`)).body)).toEqual({ status: 'ready' });
    const contract = JSON.parse((await get(`${program.url}/api/openapi.json`)).body) as { openapi: string };
    expect(contract.openapi).toMatch(/^3\.1/);
  });

  it('tells this machine its measures, of pages and operations alike, and nobody who comes by a proxy', async () => {
    await get(`${program.url}/sign-in`);
    const { status, body } = await get(`${program.url}/metrics`);
    expect(status).toBe(200);
    expect(body).toMatch(/^gloss_http_request_duration_seconds_count\{operation="page",status="200"\} \d/m);
    expect(body).toMatch(/^gloss_http_request_duration_seconds_count\{operation="ready",status="200"\} \d/m);
    expect(body).toMatch(/^gloss_pg_pool_connections\{state="total"\} [1-9]/m);
    const proxied = { headers: { 'x-forwarded-for': '127.0.0.1' } };
    expect((await get(`${program.url}/metrics`, proxied)).status).toBe(401);
    expect((await get(`${program.url}/metrics`, { headers: { host: 'evil.test' } })).status).toBe(401);
  });

  describe('guards every kind of answer', () => {
    const paths: [string, string][] = [
      ['a page for anybody', '/sign-in'],
      ['a page that is not there', '/nowhere/at/all'],
      ['the first page', '/'],
      ['a page for members', '/projects'],
      ['the API', '/api/health'],
      ['a refusal of the API', '/api/projects'],
      ['a path the API does not have', '/api/nothing'],
      ['next-auth', '/api/auth/csrf'],
      ['a file that is not there', '/_next/static/none.js'],
    ];
    it.each(paths)('%s', async (_, path) => {
      const { headers } = await get(`${program.url}${path}`);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['x-powered-by']).toBe(undefined);
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'(;|$)/);
      expect(policy).toContain("frame-ancestors 'none'");
      if (!path.startsWith('/_next/')) expect(headers['cache-control']).toContain('no-store');
    });

    it('a page’s scripts carry the nonce of its answer, all of them, and a new one each time', async () => {
      const nonces = new Set<string>();
      for (const path of ['/sign-in', '/sign-in', '/nowhere', '/']) {
        const { headers, body } = await get(`${program.url}${path}`, { headers: { cookie } });
        const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
        const scripts = [...body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
        for (const tag of scripts) expect(tag, path).toContain(`nonce="${nonce}"`);
        nonces.add(nonce);
        expect(body).not.toMatch(/\son[a-z]+="/);
      }
      expect(nonces.size).toBe(4);
    });

    it('a file of the build is served as what it is, and may be kept', async () => {
      const { body } = await get(`${program.url}/sign-in`);
      const path = /src="(\/_next\/static\/[^"]+\.js)"/.exec(body)?.[1] ?? '';
      const { status, headers } = await get(`${program.url}${path}`);
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(/javascript/);
      expect(headers['cache-control']).toContain('immutable');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBe(undefined);
    });
  });

  it.each([
    'evil.test',
    'localhost',
    'localhost:1',
    'localhost:80@evil.test',
    '127.0.0.1',
    'gloss.test',
    '169.254.169.254',
    '[::1]',
    'LOCALHOST',
    ' ',
    'localhost.evil.test',
    'evil.test:80',
  ])('answers nothing but 421 for a host that is not ours: %s', async (host) => {
    for (const path of ['/', '/api/health', '/api/me']) {
      const answer = await get(`${program.url}${path}`, { headers: { host, cookie } });
      // Node itself refuses a Host that is none.
      expect([400, 421]).toContain(answer.status);
      expect(answer.headers['set-cookie']).toBe(undefined);
    }
    const lured = await get(`${program.url}/api/auth/csrf`, {
      headers: { 'x-forwarded-host': host.trim() || 'x' },
    });
    expect(lured.status).toBe(200);
    expect(lured.body + String(lured.headers['set-cookie'])).not.toContain('evil.test');
  });

  it('has no back door in the headers that Next trusts', async () => {
    const headers = {
      'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
      'x-middleware-prefetch': '1',
      'x-gloss-ip': '10.0.0.1',
      'next-resume': '1',
    };
    expect((await get(`${program.url}/api/me`, { headers })).status).toBe(401);
    const page = await get(`${program.url}/projects/${projectId}`, { headers });
    expect(page.body).not.toContain('First user');
    expect([302, 303, 307, 308, 404, 200]).toContain(page.status);
  });

  it('does not optimise images', async () => {
    for (const path of [
      '/_next/image',
      '/_next/image?url=%2Fx.avif&w=64&q=75',
      '/_next/image?url=http://127.0.0.1/',
    ]) {
      expect((await get(`${program.url}${path}`)).status).toBe(404);
    }
  });

  it.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'does not answer %s where it has no meaning',
    async (method) => {
      const answer = await get(`${program.url}/api/health`, { method });
      expect([204, 400, 404, 405, 500, 501]).toContain(answer.status);
      expect(answer.headers['access-control-allow-origin']).toBe(undefined);
    },
  );

  it('tells a page of somebody else’s nothing, and no stranger that there is a project', async () => {
    const anonymous = await get(`${program.url}/projects/${projectId}`);
    expect(anonymous.body).not.toContain(projectId === '' ? 'x' : 'watchdog');
    const missing = await get(`${program.url}/projects/0198c0de-0000-7000-8000-000000000000`, {
      headers: { cookie },
    });
    expect(missing.body).not.toContain('watchdog');
  });

  it('opens sockets to members only, and hands no upgrade on to Next', async () => {
    const address = program.url.replace('http', 'ws');
    const status = (path: string, headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${address}${path}`, { headers });
        socket.on('open', () => {
          socket.terminate();
          resolve(101);
        });
        socket.on('unexpected-response', (sent, response) => {
          sent.destroy();
          resolve(response.statusCode ?? 0);
        });
        socket.on('error', () => undefined);
      });
    const live = `/live/${projectId}`;
    expect(await status(live, { cookie, origin: program.url })).toBe(101);
    expect(await status(live, { cookie, origin: 'http://evil.test' })).toBe(403);
    expect(await status(live, {})).toBe(401);
    expect(await status(live, { cookie, origin: program.url, host: 'evil.test' })).toBe(404);
    expect(await status('/_next/webpack-hmr', { cookie, origin: program.url })).toBe(400);
    expect(await status('/projects', { cookie, origin: program.url })).toBe(400);
  });

  it('writes none of what people write, nor their secrets, into its log', async () => {
    const place = `/projects/${projectId}`;
    const text = `The desk wrote ${CANARY.text} into the article, twice over, so that there is something to mark.`;
    const source = await ask('POST', `${place}/sources`, { title: CANARY.title, text });
    const code = await ask('POST', `${place}/codes`, { name: CANARY.code });
    const annotation = await ask('POST', `${place}/annotations`, {
      sourceId: source.id,
      motivation: 'commenting',
      selector: [{ type: 'TextQuoteSelector', exact: CANARY.text }],
      body: { type: 'TextualBody', value: CANARY.body },
      codeIds: [code.id],
    });
    await ask('POST', `${place}/threads`, { annotationId: annotation.id, text: CANARY.thread });
    await ask('POST', `${place}/notes`, { title: CANARY.note });
    await get(`${program.url}${place}/sources/${source.id}`, { headers: { cookie } });
    await get(`${program.url}/api${place}/annotations?q=${CANARY.text}`, { headers: { cookie } });
    // And what is refused, or fails.
    await call('POST', `${place}/annotations`, { sourceId: source.id, body: { value: CANARY.body } });
    await get(`${program.url}/api/me`, { headers: { authorization: `Bearer ${CANARY.token}` } });
    const email = 'nobody@example.org';
    await expect(signIn(program.url, 'credentials', { email, password: CANARY.password })).rejects.toThrow(
      '401',
    );
    await expect(signIn(program.url, 'link', { token: CANARY.token })).rejects.toThrow('401');
    const socket = new WebSocket(
      `${program.url.replace('http', 'ws')}/live/${projectId}?token=${CANARY.token}`,
    );
    socket.on('error', () => undefined);
    expect((await once(socket, 'close'))[0]).toBe(4401);
    printed.push(program.output());
    const session = cookie.split('=')[1] ?? 'none';
    for (const word of [...Object.values(CANARY), session]) {
      expect(program.output(), word).not.toContain(word);
    }
  });

  it('is backed up by a command while it serves, and restored into another place', async () => {
    const file = join(dataDir, 'backup.tar.gz');
    const { said, ...made } = await command(['backup', file], { GLOSS_DATA_DIR: dataDir });
    expect(made.code, said).toBe(0);
    expect(said).toMatch(/^Backed up \d+ tables with \d+ rows/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await command(['backup', file], { GLOSS_DATA_DIR: dataDir })).toMatchObject({ code: 1 });

    const place = await emptyDatabase();
    try {
      const { host, user } = inject('postgres');
      const DATABASE_URL = `postgres://${user}@/${place.connection.database}?host=${encodeURIComponent(host)}`;
      const restored = await command(['restore', file], { DATABASE_URL });
      expect(restored.said).toContain('Restored and checked');
      expect(restored.code).toBe(0);
      const title = await command(['export', projectId, 'csl-json', join(dataDir, 'out.json')], {
        DATABASE_URL,
      });
      expect(title.code, title.said).toBe(0);
      expect(readFileSync(join(dataDir, 'out.json'), 'utf8')).toContain(CANARY.title);
    } finally {
      await place.end();
    }
  });

  it('keeps its rows and its sessions over a restart, and ends with 0 within five seconds', async () => {
    const before = await ask<{ items: unknown[] }>('GET', `/projects/${projectId}/annotations?limit=500`);
    const socket = new WebSocket(`${program.url.replace('http', 'ws')}/live/${projectId}`, {
      headers: { cookie, origin: program.url },
    });
    await once(socket, 'message');
    const closed = once(socket, 'close');
    const began = performance.now();
    const stopped = program.stop();
    // Asked to stop, it says so to whoever sends people here, and goes on serving those who are there.
    await expect.poll(async () => (await get(`${program.url}/api/ready`)).status, { interval: 20 }).toBe(503);
    expect((await get(`${program.url}/api/health`)).status).toBe(200);
    expect(await stopped).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await closed)[0]).toBe(4500);
    program = await startProgram({ GLOSS_DATA_DIR: dataDir });
    // Somebody has signed in already.
    expect(program.link).toBe(null);
    expect(await ask('GET', `/projects/${projectId}/annotations?limit=500`)).toEqual(before);
  });
});

/** Runs a command of the command line beside the program. */
const command = (words: readonly string[], environment: Record<string, string>) =>
  runUntilEnd(environment, ['dist/cli.mjs', ...words]);

/** Runs the program until it ends by itself. */
async function runUntilEnd(
  environment: Record<string, string>,
  [file = '', ...words]: readonly string[] = ['dist/main.mjs'],
): Promise<{ code: number | null; said: string }> {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, file), ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      PORT: '0',
      ...environment,
    },
  });
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said += String(data);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 90_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, said: said.trim() };
}

describe('A start that cannot be', { timeout: 120_000 }, () => {
  it('says in one line that the port is taken, and starts nothing else', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      const { code, said } = await runUntilEnd({ PORT: String(port), GLOSS_DATA_DIR: '/nonexistent/gloss' });
      expect(code).toBe(1);
      expect(said).toMatch(new RegExp(`^Port ${port} is taken by another program\\..*PORT=\\d+ npm start$`));
    } finally {
      other.close();
    }
  });

  it.each([
    ['nobody listens', () => 'postgres://gloss:canary-4711@127.0.0.1:1/gloss'],
    [
      'there is no such database',
      () => {
        const { host, user } = inject('postgres');
        return `postgres://${user}:canary-4711@/nosuch?host=${encodeURIComponent(host)}`;
      },
    ],
    ['it is no address', () => 'postgres://gloss:canary-4711@[::/gloss'],
  ])('says in one line that DATABASE_URL does not work, without its password: %s', async (_, url) => {
    const { code, said } = await runUntilEnd({ DATABASE_URL: url() });
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL does not work.*$/);
    expect(said).not.toContain('canary-4711');
  });

  it('lists every variable that is wrong, each on its line', async () => {
    const { code, said } = await runUntilEnd({
      PORT: '99999',
      ROLE: 'some',
      LOG_LEVEL: 'loud',
      NEXTAUTH_SECRET: 'short',
    });
    expect(code).toBe(1);
    const lines = said.split('\n');
    expect(lines[0]).toBe('These environment variables are wrong:');
    const names = lines.slice(1, -1).map((line) => /^ {2}([A-Z_]+): \S/.exec(line)?.[1]);
    expect(names.sort()).toEqual(['LOG_LEVEL', 'NEXTAUTH_SECRET', 'PORT', 'ROLE']);
    expect(said).not.toContain('short');
  });
});

describe('The built program', () => {
  it('carries its packages in one file, and shares with the pages those that know of each other', () => {
    const { sources } = JSON.parse(readFileSync(join(ROOT, 'dist/main.mjs.map'), 'utf8')) as {
      sources: string[];
    };
    const inside = new Set(
      sources.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'ours'),
    );
    expect([...inside]).toEqual(expect.arrayContaining(['ours', 'drizzle-orm', 'zod']));
    const shared = ['next', 'pg', 'pino', 'prom-client', 'react', 'ws', 'yjs'];
    expect(shared.filter((name) => inside.has(name))).toEqual([]);
  });
});
