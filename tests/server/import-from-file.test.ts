import '@/tests/support/test-environment';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Source } from '@/lib/sources/source';
import type { Thread } from '@/lib/threads/thread';
import { importFromFile } from '@/server/exchange/import-from-file';
import { archive, docxParts, rangeEnd, rangeStart, talkParts, wordRun } from '@/tests/support/archives';
import { addPerson, ask } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const folder = mkdtempSync(join(tmpdir(), 'gloss-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const bring = (path: string, dryRun = false) => importFromFile(projectId, path, { dryRun });
const sources = async () =>
  (await ask<{ items: Source[] }>('source.list', owner, { params: { projectId } })).items;

const REPORT = archive(
  docxParts(
    `<w:p>${wordRun('The port ')}${rangeStart(0)}${wordRun('was closed')}${rangeEnd(0)}${wordRun(' in May.')}</w:p>`,
    talkParts({ text: 'Was it?', author: 'Ada' }),
  ),
);

it('brings a text of this machine in as a source, as it is uploaded, and the same one once', async () => {
  const path = file('report.docx', REPORT);
  const before = (await sources()).length;
  const rehearsed = await bring(path, true);
  expect(rehearsed.items).toEqual([{ what: 'Sources', added: 1, there: 0 }]);
  expect(rehearsed.remarks.join(' ')).toContain('Ada');
  expect(await sources()).toHaveLength(before);

  expect(await bring(path)).toEqual(rehearsed);
  const made = (await sources()).find(({ title }) => title.includes('The port was closed'));
  expect(made).toMatchObject({ creator: { id: owner.userId } });
  const { items } = await ask<{ items: Thread[] }>('thread.list', owner, {
    params: { projectId },
    query: { source: made?.id ?? '' },
  });
  expect(items.map(({ comments }) => comments[0]?.text)).toEqual(['Was it?']);

  expect((await bring(path)).items).toEqual([{ what: 'Sources', added: 0, there: 1 }]);
  expect(await sources()).toHaveLength(before + 1);
});

it('tells by its name a text from a project, and by its content what text it is', async () => {
  for (const [name, content, title] of [
    ['notes.md', '# Tides\n\nHigh at six.', '# Tides'],
    [
      'page.HTML',
      '<!doctype html><title>Locks</title><p>The lock was opened by the harbour master.</p>',
      'Locks',
    ],
    ['talk.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nWe saw it.', 'talk'],
  ] as const) {
    await bring(file(name, content));
    expect((await sources()).map((one) => one.title)).toContain(title);
  }
  const marks = file('marks.json', '{"rows":[],"total":0}');
  expect((await bring(marks)).items.map(({ what }) => what)).toContain('Claims');
  await expect(bring(file('empty.txt', ' '))).rejects.toThrow('no text');
  await expect(bring(join(folder, 'none.pdf'))).rejects.toThrow('can’t be read');
});

it('says of a text that was removed here that it was, brings it in anew where that is asked, and then once', async () => {
  const path = file('tides.md', '# Tides of May\n\nHigh at seven.');
  const named = async () => (await sources()).filter(({ title }) => title === '# Tides of May');
  await bring(path);
  const [first] = await named();
  await ask('source.delete', owner, { params: { projectId, sourceId: first?.id ?? '' } });
  for (const dryRun of [true, false]) {
    const said = await bring(path, dryRun);
    expect(said.items).toEqual([{ what: 'Sources', added: 0, there: 0 }]);
    expect(said.remarks).toEqual([expect.stringContaining('removed here')]);
  }
  expect(await named()).toEqual([]);
  const again = () => importFromFile(projectId, path, { dryRun: false, again: true });
  expect((await again()).items).toEqual([{ what: 'Sources', added: 1, there: 0 }]);
  expect((await again()).items).toEqual([{ what: 'Sources', added: 0, there: 1 }]);
  expect((await bring(path)).items).toEqual([{ what: 'Sources', added: 0, there: 1 }]);
  const [second, ...others] = await named();
  expect([second?.id === first?.id, others]).toEqual([false, []]);
});

it('tells nobody of a text that an embargo withholds from them: it comes in as one that was never here', async () => {
  const editor = await addPerson(database, 'Editor');
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
  const path = file('leak.md', '# The leak\n\nThey burnt it.');
  await bring(path);
  const [made] = (await sources()).filter(({ title }) => title === '# The leak');
  const params = { projectId, sourceId: made?.id ?? '' };
  const embargoUntil = new Date(Date.now() + 86_400_000).toISOString();
  await ask('source-protection.set', owner, { params, body: { embargoUntil, visibleTo: [] } });
  const asEditor = () => importFromFile(projectId, path, { email: editor.email, dryRun: false });
  expect(await asEditor()).toMatchObject({ items: [{ added: 1, there: 0 }], remarks: [] });
  expect((await asEditor()).items).toEqual([{ what: 'Sources', added: 0, there: 1 }]);
});
