import '@/tests/support/test-environment';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import type { Source } from '@/lib/sources/source';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { ask, type Call, call, handlerOf, headersOf, ORIGIN, TEXT } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const here = (body?: object, sourceId?: string): Call => ({
  params: { projectId, ...(sourceId && { sourceId }) },
  body,
});
const textOf = async (id: string) => (await call('source.text', owner, here(undefined, id))).text();

describe('Bringing a source in', () => {
  it('keeps its text with hash and length, and the note beside it', async () => {
    const source = await ask<Source>('source.create', owner, here({ title: 'Report', text: TEXT }));
    const text = await textOf(source.id);
    expect(text).toBe(TEXT);
    const hash = createHash('sha256').update(TEXT).digest('hex');
    expect(source.text).toEqual({ version: 1, hash, length: TEXT.length, pageStarts: null });
    expect(source.creator).toEqual({ id: owner.userId, name: 'Owner' });
  });

  it('shows first what it would keep, and keeps nothing then', async () => {
    const before = await fingerprintOf(database);
    expect(await ask('source.preview', owner, here({ title: 'Report', text: TEXT }))).toMatchObject({
      text: TEXT,
    });
    expect(await fingerprintOf(database)).toBe(before);
  });

  it('leaves out what follows the place to trim at', async () => {
    const trimAt = TEXT.indexOf('The ministry');
    const source = await ask<Source>('source.create', owner, here({ title: 'Report', text: TEXT, trimAt }));
    expect(await textOf(source.id)).toBe(TEXT.slice(0, trimAt).trimEnd());
    const beyond = here({ title: 'Report', text: TEXT, trimAt: TEXT.length + 1 });
    expect((await call('source.create', owner, beyond)).status).toBe(400);
    expect(
      (await call('source.create', owner, here({ title: 'Report', text: TEXT, trimAt: 0 }))).status,
    ).toBe(400);
  });

  it('takes a file of a form, by what is in it', async () => {
    const form = new FormData();
    form.append(
      'file',
      new File([`<title>Filed</title><article><p>${TEXT}</p><p>${TEXT}</p></article>`], 'report.html'),
    );
    const request = new Request(new URL(`/api/projects/${projectId}/sources`, ORIGIN), {
      method: 'POST',
      headers: headersOf(owner),
      body: form,
    });
    const response = await (await handlerOf('source.create'))(request, {
      params: Promise.resolve({ projectId }),
    });
    expect(response.status).toBe(201);
    expect(await textOf(((await response.json()) as Source).id)).toContain('We found no records');
  });

  it('twice with the same id is one source', async () => {
    const body = { id: newId(), title: 'Report', text: TEXT };
    const first = await ask<Source>('source.create', owner, here(body));
    expect(await ask('source.create', owner, here(body))).toEqual(first);
    const many = { id: newId(), title: 'At once', text: TEXT };
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => ask<Source>('source.create', owner, here(many))),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each<[string, object]>([
    ['a title alone', { title: 'Report' }],
    ['no text', { title: 'Report', text: '' }],
    ['blank text', { title: 'Report', text: ' \n\t ' }],
    ['text and address both', { title: 'Report', text: TEXT, html: '<p>x</p>' }],
    ['an address on this machine', { url: 'http://127.0.0.1:1/' }],
    ['an address of another kind', { url: 'file:///etc/passwd' }],
    ['text from an address that runs', { title: 'Report', text: TEXT, url: 'javascript:alert(1)' }],
    ['html from no address', { html: '<p>The port is closed.</p>', url: 'the paper' }],
    [
      'text from an address with a password',
      { title: 'Report', text: TEXT, url: 'https://a:b@example.org/' },
    ],
  ])('refuses %s and stores nothing', async (_, body) => {
    const before = await fingerprintOf(database);
    expect((await call('source.create', owner, here(body))).status).toBe(400);
    expect(await fingerprintOf(database)).toBe(before);
  });
});
