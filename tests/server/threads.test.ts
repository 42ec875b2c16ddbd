import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import type { Thread } from '@/lib/threads/thread';
import { createAnnotation, deleteAnnotation } from '@/server/annotations';
import { ask, type Call, call, grantOf } from '@/tests/support/instance';
import { annotator, owner, projectId, sourceId } from '@/tests/support/one-source';

const here = (body?: object, threadId?: string): Call => ({
  params: { projectId, ...(threadId && { threadId }) },
  body,
});

async function mark(): Promise<string> {
  const { id } = await createAnnotation(grantOf(owner, projectId), {
    sourceId,
    motivation: 'highlighting',
    selector: [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }],
    codeIds: [],
  });
  return id;
}

describe('A thread', () => {
  it('holds what was said, in order, under the names of those who said it', async () => {
    const annotationId = await mark();
    const { id } = await ask<Thread>('thread.create', owner, here({ annotationId, text: 'Is that so?' }));
    await ask('comment.create', annotator, here({ text: 'It is.' }, id));
    const { items } = await ask<{ items: Thread[] }>('thread.list', annotator, {
      ...here(),
      query: { annotation: annotationId },
    });
    expect(items).toMatchObject([
      {
        id,
        annotationId,
        sourceId,
        resolved: null,
        comments: [
          { text: 'Is that so?', creator: { id: owner.userId } },
          { text: 'It is.', creator: { id: annotator.userId } },
        ],
      },
    ]);
  });

  it('says who resolved it, and is open again after another word', async () => {
    const { id } = await ask<Thread>(
      'thread.create',
      owner,
      here({ annotationId: await mark(), text: 'So?' }),
    );
    const resolved = await ask<Thread>('thread.update', annotator, here({ resolved: true }, id));
    expect(resolved.resolved?.by.id).toBe(annotator.userId);
    expect(await ask<Thread>('thread.update', owner, here({ resolved: true }, id))).toEqual(resolved);
    await ask('comment.create', owner, here({ text: 'Still.' }, id));
    const { items } = await ask<{ items: Thread[] }>('thread.list', owner, here());
    expect(items.find((thread) => thread.id === id)?.resolved).toBe(null);
  });

  it('takes the same id twice as one, thread and comment alike', async () => {
    const annotationId = await mark();
    const body = { id: newId(), commentId: newId(), annotationId, text: 'Once.' };
    const threads = await Promise.all(
      Array.from({ length: 4 }, () => ask<Thread>('thread.create', owner, here(body))),
    );
    for (const thread of threads) expect(thread).toEqual(threads[0]);
    const reply = { id: newId(), text: 'Once, too.' };
    const replies = await Promise.all(
      Array.from({ length: 4 }, () => ask('comment.create', annotator, here(reply, body.id))),
    );
    for (const one of replies) expect(one).toEqual(replies[0]);
    const { items } = await ask<{ items: Thread[] }>('thread.list', owner, {
      ...here(),
      query: { annotation: annotationId },
    });
    expect(items.flatMap(({ comments }) => comments.map(({ text }) => text))).toEqual([
      'Once.',
      'Once, too.',
    ]);
  });

  it('cannot take the comment of another thread for its own', async () => {
    const start = async () =>
      ask<Thread>('thread.create', owner, here({ annotationId: await mark(), text: 'A' }));
    const [one, other] = [await start(), await start()];
    const body = { id: one.comments[0]?.id, text: 'Mine' };
    expect((await call('comment.create', annotator, here(body, other.id))).status).toBe(409);
  });

  it('is not started on an annotation that was deleted', async () => {
    const annotationId = await mark();
    await deleteAnnotation(grantOf(owner, projectId), annotationId, null);
    expect((await call('thread.create', owner, here({ annotationId, text: 'Late' }))).status).toBe(404);
  });
});
