import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { fromSelection } from '@/lib/anchoring/from-selection';
import type { Annotation } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import type { Source, SourcePreview } from '@/lib/sources/source';
import { fingerprintOf } from '@/tests/support/fingerprint';
import { ask, type Call, call, TEXT } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const here = (body?: object, sourceId?: string): Call => ({
  params: { projectId, ...(sourceId && { sourceId }) },
  body,
});

const url = 'https://paper.example/members/story?id=4#top';
const page = `<!doctype html><html lang="en"><head><title>The story - The Paper</title></head><body>
  <nav><a href="/">Home</a></nav><article><h1>The story</h1><p>${TEXT}</p>
  <p onclick="steal()">Read <a href="/more">more</a>, <a href="javascript:steal()">or this</a>.</p></article>
  <p>${TEXT}</p></body></html>`;

describe('A page that a member sent from their browser', () => {
  it('comes in by the door of an uploaded page: shown first, cleaned, with its address and a mark on it', async () => {
    const before = await fingerprintOf(database);
    const preview = await ask<SourcePreview>('source.preview', owner, here({ html: page, url }));
    expect(preview.url).toBe(url);
    expect(await fingerprintOf(database)).toBe(before);

    const exact = preview.text.slice(4, 40);
    const suffix = preview.text.slice(40, 90);
    const selector = fromSelection(preview.text, { exact, prefix: preview.text.slice(0, 4), suffix });
    expect(selector?.[1].exact).toBe(exact);
    const id = newId();
    const source = await ask<Source>(
      'source.create',
      owner,
      here({ id, html: page, url, title: 'My title' }),
    );
    expect(source).toMatchObject({ id, url, title: 'My title', language: 'en' });
    const stored = await (await call('source.text', owner, here(undefined, id))).text();
    expect(stored).toBe(preview.text);
    const mark = { id: newId(), sourceId: id, version: 1, motivation: 'quoting', selector };
    expect(await ask<Annotation>('annotation.create', owner, here(mark))).toMatchObject({
      motivation: 'quoting',
      selector: [{ start: 4, end: 40 }, { exact }],
    });
  });
});
