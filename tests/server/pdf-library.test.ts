import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readLibraryFile } from '@/server/pdf-library';

describe('readLibraryFile', () => {
  it('gives what browsers need to draw pages', async () => {
    const worker = await readLibraryFile('build/pdf.worker.min.mjs');
    expect(worker?.contentType).toBe('text/javascript');
    expect(worker?.bytes.byteLength).toBeGreaterThan(100_000);
    for (const folder of ['cmaps', 'standard_fonts'])
      for (const name of await readdir(`node_modules/pdfjs-dist/${folder}`))
        if (!name.startsWith('LICENSE'))
          expect(await readLibraryFile(`${folder}/${name}`), name).not.toBeNull();
  });

  it.each([
    'package.json',
    'build/pdf.mjs',
    '../pg/package.json',
    'cmaps/../../pg/package.json',
    'cmaps/..%2Fpackage.json',
    'cmaps/none.bcmap',
    'build/pdf.worker.min.mjs/',
    '',
  ])('gives nothing else: %s', async (name) => {
    expect(await readLibraryFile(name)).toBeNull();
  });
});
