import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import { OPERATIONS } from '@/lib/api/operations';
import { NewGuestLink } from '@/lib/guests/guest-link';
import { createGuestLink } from '@/server/guests/links';
import { fingerprintOf } from '@/tests/support/fingerprint';
import {
  addPage,
  addPdf,
  addSource,
  ask,
  call,
  grantOf,
  handlerOf,
  headersOf,
  ORIGIN,
  TEXT,
} from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

type Refusal = {
  error: { code: string; message: string; details?: Record<string, unknown>; requestId: string };
};

/** Sends bytes as they are to the making of a code. */
async function send(
  body: BodyInit | null,
  type: string | null,
  extra: Record<string, string> = {},
): Promise<Response> {
  const request = new Request(new URL(`/api/projects/${projectId}/codes`, ORIGIN), {
    method: 'POST',
    headers: { ...headersOf(owner), ...(type && { 'content-type': type }), ...extra },
    body,
  });
  const handler = await handlerOf('code.create');
  return handler(request, { params: Promise.resolve({ projectId }) });
}

describe('A request', () => {
  it.each<[string, number, string, string | null]>([
    ['words', 400, 'hello', 'application/json'],
    ['half a JSON', 400, '{"name":', 'application/json'],
    ['a list', 400, '[]', 'application/json'],
    ['nothing', 400, '', 'application/json'],
    ['null', 400, 'null', 'application/json'],
    ['a name that is none', 400, '{"name":"  "}', 'application/json'],
    ['a name too long', 400, JSON.stringify({ name: 'x'.repeat(121) }), 'application/json'],
    ['a colour that is none', 400, '{"name":"x","colour":"red"}', 'application/json'],
    ['a text with U+0000', 400, '{"name":"a\\u0000b"}', 'application/json'],
    ['half of a pair', 400, '{"name":"a\\ud800b"}', 'application/json'],
    [
      'an id of another version',
      400,
      '{"name":"x","id":"00000000-0000-4000-8000-000000000000"}',
      'application/json',
    ],
    ['a form', 415, 'name=x', 'application/x-www-form-urlencoded'],
    ['text', 415, '{"name":"x"}', 'text/plain'],
    ['no type', 415, '{"name":"x"}', ''],
  ])(
    'of %s is refused with %i, in the shape of every refusal, and stores nothing',
    async (_, status, body, type) => {
      const before = await fingerprintOf(database);
      const response = await send(body, type);
      expect(response.status).toBe(status);
      const { error } = (await response.json()) as Refusal;
      expect(Object.keys(error).sort()).toEqual(
        error.details ? ['code', 'details', 'message', 'requestId'] : ['code', 'message', 'requestId'],
      );
      expect(response.headers.get('x-request-id')).toBe(error.requestId);
      expect(await fingerprintOf(database)).toBe(before);
    },
  );

  it('names the field that is wrong, and does not repeat what was sent', async () => {
    const response = await send(JSON.stringify({ name: 'canary'.repeat(30) }), 'application/json');
    const text = await response.text();
    expect((JSON.parse(text) as Refusal).error.message).toMatch(/^name: /);
    expect(text).not.toContain('canary');
  });

  it('with bytes that are no UTF-8 is refused', async () => {
    const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect((await send(bytes, 'application/json')).status).toBe(400);
  });

  it('cannot set what only the server decides', async () => {
    const body = {
      name: 'Mine',
      projectId: 'x',
      revision: 9,
      deleted: '2020-01-01T00:00:00Z',
    };
    const made = await ask('code.create', owner, { params: { projectId }, body });
    expect(made).toMatchObject({ projectId, revision: 1, deleted: null });
    const renamed = await ask('me.update', owner, { body: { name: 'Owner', id: 'x', scopes: ['admin'] } });
    expect(renamed).toEqual({
      id: owner.userId,
      name: 'Owner',
      email: owner.email,
      unconfirmedEmail: null,
    });
  });

  it('larger than the limit is refused with 413, told or found out', async () => {
    setEnv({ LIMIT_IMPORT_BYTES: '100000' });
    try {
      const body = JSON.stringify({ name: 'x', definition: 'y'.repeat(200_000) });
      expect((await send(body, 'application/json')).status).toBe(413);
      expect((await send(body, 'application/json', { 'content-length': '10' })).status).toBe(413);
      expect((await send('{}', 'application/json', { 'content-length': '999999999' })).status).toBe(413);
    } finally {
      setEnv({ LIMIT_IMPORT_BYTES: String(20 * 1024 * 1024) });
    }
  });

  it('with a text that cannot be stored in its address is refused', async () => {
    const response = await call('annotation.list', owner, { params: { projectId }, query: { q: 'a\u0000' } });
    expect(response.status).toBe(400);
  });

  it('to import a text with U+0000 in it is taken, and the text cleaned', async () => {
    const body = { title: 'T', text: `${TEXT}\u0000 End.` };
    const { id } = await ask<{ id: string }>('source.create', owner, { params: { projectId }, body });
    const text = await (await call('source.text', owner, { params: { projectId, sourceId: id } })).text();
    expect(text).toContain('End.');
    expect(text).not.toContain('\u0000');
  });

  it('by a program without Origin is taken with a token, and with a cookie is not', async () => {
    const body = { name: 'Team' };
    expect((await call('team.create', { cookie: owner.cookie, origin: null }, { body })).status).toBe(403);
    const { token } = await ask<{ token: string }>('token.create', owner, { body: { name: 'Script' } });
    expect((await call('team.create', { token, origin: null }, { body })).status).toBe(201);
    expect((await call('team.create', { origin: null }, { body })).status).toBe(401);
  });

  it('that finds the database away is told to come back, and learns nothing of why', async () => {
    await database.db.$client.query('alter table codes rename to codes_away');
    try {
      const response = await call('code.list', owner, { params: { projectId } });
      expect(response.status).toBe(503);
      const text = await response.text();
      expect(text).not.toMatch(/codes|select|relation/i);
      expect((JSON.parse(text) as Refusal).error.code).toBe('unavailable');
    } finally {
      await database.db.$client.query('alter table codes_away rename to codes');
    }
  });
});

describe('An answer', () => {
  it('keeps to its schema, for every reading operation', async () => {
    const source = await addPage(grantOf(owner, projectId));
    await ask('source-watch.set', owner, {
      params: { projectId, sourceId: source.id },
      body: { every: 'day' },
    });
    const annotation = await ask<{ id: string }>('annotation.create', owner, {
      params: { projectId },
      body: {
        sourceId: source.id,
        motivation: 'highlighting',
        selector: [{ type: 'TextQuoteSelector', exact: 'a draft report' }],
      },
    });
    const thread = await ask<{ id: string }>('thread.create', owner, {
      params: { projectId },
      body: { annotationId: annotation.id, text: 'Is that so?' },
    });
    const claim = await ask<{ id: string }>('claim.create', owner, {
      params: { projectId },
      body: {
        wording: 'There is a draft report.',
        evidence: [{ annotationId: annotation.id, stance: 'supports', reliability: 'A', credibility: 6 }],
      },
    });
    await ask('claim.sign-off', owner, { params: { projectId, claimId: claim.id } });
    const followUp = await ask<{ id: string }>('follow-up.create', owner, {
      params: { projectId },
      body: { wording: 'Read it.', due: '2026-12-01', raisedBy: { type: 'annotation', id: annotation.id } },
    });
    const note = await ask<{ id: string }>('note.create', owner, {
      params: { projectId },
      body: { title: 'N' },
    });
    await ask('invitation.create', owner, { params: { projectId }, body: { role: 'reader' } });
    const version = await ask<{ id: string }>('note-version.create', owner, {
      params: { projectId, noteId: note.id },
      body: { name: 'First draft' },
    });
    const frozen = await ask<{ id: string }>('frozen-query.create', owner, {
      params: { projectId, noteId: note.id },
      body: { q: 'report' },
    });
    const code = await ask<{ id: string }>('code.create', owner, {
      params: { projectId },
      body: { name: 'Seen' },
    });
    const speaker = await ask<{ id: string }>('speaker.create', owner, {
      params: { projectId },
      body: { name: 'Iris Quill' },
    });
    await ask('speaker.protect', owner, {
      params: { projectId, speakerId: speaker.id },
      body: { pseudonym: 'A clerk' },
    });
    const pass = await ask<{ id: string }>('pass.create', owner, {
      params: { projectId },
      body: { name: 'Round 1', sourceIds: [source.id], coders: [{ name: 'A program' }] },
    });
    const analysis = await ask<{ id: string }>('saved-analysis.create', owner, {
      params: { projectId },
      body: { name: 'Codes', query: { kind: 'frequencies' } },
    });
    const frozenAnalysis = await ask<{ id: string }>('frozen-analysis.create', owner, {
      params: { projectId, noteId: note.id },
      body: { analysisId: analysis.id },
    });
    const webhook = await ask<{ id: string }>('webhook.create', owner, {
      params: { projectId },
      body: { url: 'https://example.org/hook', events: ['claim.*'] },
    });
    await ask('webhook.ping', owner, { params: { projectId, webhookId: webhook.id } });
    const pdf = await addPdf(grantOf(owner, projectId));
    const guestLink = await createGuestLink(
      grantOf(owner, projectId),
      NewGuestLink.parse({
        ...{ kind: 'source', mode: 'comment', sourceId: source.id },
        expires: new Date(Date.now() + 86_400_000).toISOString(),
      }),
    );
    const params = {
      projectId,
      webhookId: webhook.id,
      passId: pass.id,
      analysisId: analysis.id,
      codeId: code.id,
      frozenId: frozen.id,
      speakerId: speaker.id,
      threadId: thread.id,
      sourceId: source.id,
      annotationId: annotation.id,
      claimId: claim.id,
      followUpId: followUp.id,
      guestLinkId: guestLink.id,
      noteId: note.id,
      versionId: version.id,
      format: 'html',
    };
    for (const { id, method, answer, answerType } of Object.values(OPERATIONS)) {
      if (method !== 'GET') continue;
      const named = {
        ...params,
        ...(id === 'frozen-analysis.get' && { frozenId: frozenAnalysis.id }),
        ...(/^source\.(?:file|places)$/.test(id) && { sourceId: pdf.id }),
      };
      const response = await call(id as keyof typeof OPERATIONS, owner, {
        params: named,
        ...(id === 'analysis.get' && { query: { kind: 'frequencies' } }),
        ...(id === 'analysis.passages' && {
          query: { kind: 'frequencies', row: code.id, column: 'codings' },
        }),
        ...(id === 'variable-value.list' && { query: { subject: source.id } }),
      });
      expect(response.status, id).toBe(200);
      if (answerType !== undefined) {
        expect(response.headers.get('content-type'), id).toContain(answerType);
        // Read to its end: an export that nobody reads on keeps its connection for a minute.
        await response.arrayBuffer();
      } else expect(answer.safeParse(await response.json()).error, id).toBe(undefined);
    }
  });

  it('gives the canonical text as it is, by its hash', async () => {
    const source = await addSource(grantOf(owner, projectId));
    const response = await call('source.text', owner, { params: { projectId, sourceId: source.id } });
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('etag')).toBe(`"${source.text.hash}"`);
    expect(await response.text()).toBe(TEXT);
    const missing = { params: { projectId, sourceId: source.id }, query: { version: 2 } };
    expect((await call('source.text', owner, missing)).status).toBe(404);
  });
});
