import '@/tests/support/test-environment';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Source } from '@/lib/sources/source';
import { createNote, settleNote } from '@/server/notes';
import { articleFromFile } from '@/server/sources/import-file';
import { ask, call, grantOf } from '@/tests/support/instance';
import { openOffice } from '@/tests/support/office';
import { owner, projectId, sourceId } from '@/tests/support/one-source';

const office = await openOffice();
afterAll(() => office.close());

const here = (given: object = {}, params: object = {}) => ({ ...given, params: { projectId, ...params } });
/** All sheets, a file each; fields by commas, in UTF-8, as they are shown. */
const ALL_SHEETS = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

async function takeOut(format: string, ending: string): Promise<void> {
  const response = await call('export.download', owner, here({}, { format }));
  expect(response.status).toBe(200);
  writeFileSync(join(office.folder, `${format}.${ending}`), new Uint8Array(await response.arrayBuffer()));
}
const read = (name: string) => readFileSync(join(office.folder, name));

describe.skipIf(!office.isThere)(
  'LibreOffice (skipped where it is not installed)',
  { timeout: 180_000 },
  () => {
    beforeAll(async () => {
      const code = await ask<{ id: string }>('code.create', owner, here({ body: { name: '=1+1' } }));
      const mark = await ask<Annotation>(
        'annotation.create',
        owner,
        here({
          body: {
            ...{ sourceId, motivation: 'commenting', codeIds: [code.id] },
            ...{ body: { type: 'TextualBody', value: 'Is it “the” draft? 🐟' } },
            selector: [{ type: 'TextQuoteSelector', exact: 'a draft report' }],
          },
        }),
      );
      await ask(
        'thread.create',
        owner,
        here({ body: { annotationId: mark.id, text: 'It is not the last.' } }),
      );
      const evidence = [{ annotationId: mark.id, stance: 'supports' }];
      await ask('claim.create', owner, here({ body: { wording: 'There is a draft, & no more.', evidence } }));
      const note = await createNote(grantOf(owner, projectId), { title: 'What we know' });
      const chips = { annotationIds: [mark.id], userIds: [owner.userId] };
      await settleNote(noteKeyOf({ projectId }, note.id), { text: 'Not much.', ...chips });
    });

    it('opens the text of a source with its comments as they are', async () => {
      await takeOut('docx-sources', 'docx');
      await office.convert('docx-sources.docx', 'odt:writer8');
      const opened = await articleFromFile('docx-sources.odt', new Uint8Array(read('docx-sources.odt')));
      const { title } = await ask<Source>('source.get', owner, here({}, { sourceId }));
      const text = await (await call('source.text', owner, here({}, { sourceId }))).text();
      expect(opened.text).toContain(title);
      for (const line of text.split(/\s*\n\s*/)) expect(opened.text).toContain(line);
      const said = opened.discussions?.flatMap((one) => one.said.map((comment) => comment.text)).join('\n');
      expect(said).toContain('Is it “the” draft? 🐟');
      expect(said).toContain('It is not the last.');
    });

    it('opens the document of notes and claims', async () => {
      await takeOut('docx', 'docx');
      await office.convert('docx.docx', 'txt:Text (encoded):UTF8');
      const text = read('docx.txt').toString();
      for (const words of ['What we know', 'There is a draft, & no more.', 'a draft report'])
        expect(text).toContain(words);
    });

    it('opens the tables, and takes nothing in them for a formula', async () => {
      await takeOut('xlsx', 'xlsx');
      await office.convert('xlsx.xlsx', ALL_SHEETS);
      const sheets = readdirSync(office.folder).filter((name) => name.endsWith('.csv'));
      expect(sheets.length).toBeGreaterThan(2);
      const cells = sheets.map((name) => read(name).toString()).join('\n');
      for (const words of ['a draft report', '=1+1', 'There is a draft, & no more.', 'Is it “the” draft? 🐟'])
        expect(cells).toContain(words);
      // A cell that was computed would be shown as what came out.
      expect(cells).not.toMatch(/#NAME\?|Err:/);
    });
  },
);
