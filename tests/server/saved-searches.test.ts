import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { SavedSearch } from '@/lib/search/saved-search';
import { addPerson, ask, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner, projectId } from '@/tests/support/one-source';

let editor: Person;
beforeAll(async () => {
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
});

const keep = (person: Person, body: object) =>
  ask<SavedSearch>('saved-search.create', person, {
    params: { projectId },
    body: { name: 'Denials', q: 'code:Denial', ...body },
  });
const of = ({ id }: SavedSearch, body?: object) => ({ params: { projectId, savedSearchId: id }, body });
async function seenBy(person: Person): Promise<string[]> {
  const list = await ask<{ items: SavedSearch[] }>('saved-search.list', person, { params: { projectId } });
  return list.items.map(({ id }) => id);
}

describe('A saved search', () => {
  it('is its maker’s alone until it is shared, even from owners', async () => {
    const saved = await keep(annotator, {});
    expect(saved).toMatchObject({
      name: 'Denials',
      q: 'code:Denial',
      shared: false,
      creator: { id: annotator.userId },
    });
    expect(await seenBy(annotator)).toContain(saved.id);
    expect(await seenBy(owner)).not.toContain(saved.id);
    expect((await call('saved-search.update', owner, of(saved, { name: 'Mine' }))).status).toBe(404);
    await ask('saved-search.update', annotator, of(saved, { shared: true }));
    expect(await seenBy(owner)).toContain(saved.id);
  });

  it('that is shared an editor may change and delete, another annotator not; only its maker takes it back', async () => {
    const saved = await keep(owner, { shared: true });
    expect((await call('saved-search.update', annotator, of(saved, { name: 'Mine' }))).status).toBe(403);
    expect((await call('saved-search.delete', annotator, of(saved))).status).toBe(403);
    const changed = await ask<SavedSearch>('saved-search.update', editor, of(saved, { q: 'denied' }));
    expect(changed).toMatchObject({ q: 'denied', revision: 2 });
    expect((await call('saved-search.update', editor, of(saved, { shared: false }))).status).toBe(403);
    await ask('saved-search.delete', editor, of(saved));
    expect(await seenBy(owner)).not.toContain(saved.id);
  });

  it('is made once under one id, and not changed over a newer change', async () => {
    const saved = await keep(owner, {});
    expect(await keep(owner, { id: saved.id, name: 'Again' })).toEqual(saved);
    expect(
      (await call('saved-search.create', annotator, { params: { projectId }, body: { ...saved } })).status,
    ).toBe(409);
    const stale = { ...of(saved, { name: 'Old' }), headers: { 'if-match': '"1"' } };
    await ask('saved-search.update', owner, of(saved, { name: 'New' }));
    expect((await call('saved-search.update', owner, stale)).status).toBe(409);
  });
});
