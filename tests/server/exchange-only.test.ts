import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import { listAudit } from '@/server/audit/read-audit';
import { createNote } from '@/server/notes';
import { lettersOf } from '@/tests/support/exchange-records';
import { addProject, addSource, ask, call, grantOf } from '@/tests/support/instance';
import { database, owner, projectId, sourceId } from '@/tests/support/one-source';

type Losses = { bytes: number; losses: { what: string }[] };
const wish = (format: string, query: object) => ({ params: { projectId, format }, query: { ...query } });
const letters = async (format: string, query: object) => {
  const response = await call('export.download', owner, wish(format, query));
  expect(response.status).toBe(200);
  return { text: lettersOf(new Uint8Array(await response.arrayBuffer())), headers: response.headers };
};
const mark = (source: string, value: string) =>
  ask<Annotation>('annotation.create', owner, {
    params: { projectId },
    body: {
      ...{ sourceId: source, motivation: 'commenting', body: { type: 'TextualBody', value } },
      selector: [{ type: 'TextQuoteSelector', exact: 'a draft report' }],
    },
  });

describe('One thing of a project that is taken out alone', () => {
  it('is a source with its text, its marks and what was said of them, and nothing of another', async () => {
    const grant = grantOf(owner, projectId);
    const other = await addSource(grant);
    const [here, there] = [await mark(sourceId, 'Said of this'), await mark(other.id, 'Said of another')];
    for (const { id } of [here, there])
      await ask('thread.create', owner, {
        params: { projectId },
        body: { annotationId: id, text: `Talk ${id}` },
      });
    const note = await createNote(grant, { title: 'A note of its own' });
    await ask('claim.create', owner, { params: { projectId }, body: { wording: 'A claim of the project' } });

    for (const format of ['gloss', 'docx-sources', 'web-annotation', 'html']) {
      const { text } = await letters(format, { source: sourceId });
      expect(text, format).toContain('Said of this');
      for (const foreign of ['Said of another', note.title, 'A claim of the project'])
        expect(text, format).not.toContain(foreign);
    }
    const { text } = await letters('gloss', { source: sourceId });
    expect(text).toContain(`Talk ${here.id}`);
    expect(text).not.toContain(`Talk ${there.id}`);
    const { losses } = await ask<Losses>('export.losses', owner, wish('docx-sources', { source: sourceId }));
    expect(losses.map(({ what }) => what)).not.toContain('Claims');
  });

  it('is a note as one file of Markdown, or as a document, without the other notes', async () => {
    const grant = grantOf(owner, projectId);
    const [one, other] = [
      await createNote(grant, { title: 'The one' }),
      await createNote(grant, { title: 'The other' }),
    ];
    const { text, headers } = await letters('markdown', { note: one.id });
    expect(text).toBe('# The one\n');
    expect(headers.get('content-disposition')).toBe('attachment; filename="note.md"');
    for (const format of ['docx', 'html']) {
      const file = await letters(format, { note: one.id });
      expect(file.text, format).toContain('The one');
      expect(file.text, format).not.toContain(other.title);
    }
    const { items } = await listAudit(grant, { limit: 10 });
    expect(items.find(({ act }) => act === 'export.project')).toMatchObject({
      subjectId: one.id,
      details: { only: 'note' },
    });
  });

  it('has to be of this project, and to be one thing', async () => {
    const elsewhere = await addSource(grantOf(owner, await addProject(database, owner)));
    for (const operation of ['export.download', 'export.losses'] as const) {
      for (const query of [{ source: elsewhere.id }, { source: newId() }, { note: sourceId }])
        expect((await call(operation, owner, wish('html', query))).status).toBe(404);
      expect((await call(operation, owner, wish('html', { note: newId(), source: sourceId }))).status).toBe(
        400,
      );
    }
  });
});
