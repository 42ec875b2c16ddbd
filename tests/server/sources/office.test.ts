import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';
import { openOffice } from '@/tests/support/office';

const office = await openOffice();
const { folder, convert } = office;
afterAll(() => office.close());

const PAGE = `<!doctype html><html><head><meta charset="utf-8"><title>Port report</title></head><body><h1>Port report</h1>
<p>The port was <b>closed</b> in <i>May</i>. See <a href="https://example.org/x">the record</a>.</p><h2>Figures</h2>
<table border="1"><tr><th>Harbour</th><th>Tonnes</th></tr><tr><td>Ostend</td><td>12</td></tr></table>
<ul><li>First<ul><li>Nested</li></ul></li><li>Second</li></ul><ol><li>One</li></ol>
<blockquote>Nobody knew.</blockquote><p dir="rtl">שלום עולם</p><p>Line<br>break 🐟</p></body></html>`;

// LibreOffice is not needed to run or to build anything: where it is not installed, this says so and does nothing.
describe.skipIf(!office.isThere)(
  'A document that LibreOffice wrote (skipped where it is not installed)',
  () => {
    beforeAll(async () => {
      writeFileSync(join(folder, 'report.html'), PAGE);
      await convert('report.html', 'odt:writer8');
      await convert('report.odt', 'docx');
    }, 180_000);

    it.each(['odt', 'docx'])('comes in with all that it is made of: %s', async (kind) => {
      const bytes = new Uint8Array(readFileSync(join(folder, `report.${kind}`)));
      const { title, text, html } = await articleFromFile(`report.${kind}`, bytes);
      expect(title).toBe('Port report');
      expect(text.split(/\s*\n\s*/)).toEqual([
        ...['Port report', 'The port was closed in May. See the record.', 'Figures', 'Harbour\tTonnes'],
        ...[
          'Ostend\t12',
          'First',
          'Nested',
          'Second',
          'One',
          'Nobody knew.',
          'שלום עולם',
          'Line',
          'break 🐟',
        ],
      ]);
      for (const [tag, count] of [
        ...[['h1', 1] as const, ['h2', 1] as const, ['strong', 1] as const, ['em', 1] as const],
        ...[['table', 1] as const, ['ul', 2] as const, ['ol', 1] as const, ['blockquote', 1] as const],
        ['a', 1] as const,
      ])
        expect([tag, html.split(`<${tag}>`).length + html.split(`<${tag} `).length - 2]).toEqual([
          tag,
          count,
        ]);
    });
  },
);
