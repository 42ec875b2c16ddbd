import '@/tests/support/test-environment';
import { expect, it } from 'vitest';
import { selectSource, selectSourceText } from '@/db/sources';
import { insertSources } from '@/db/sources/brought-in';
import { newId } from '@/lib/new-id';
import { grantOf } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

it('Of two sources of a file with one id the first comes in, with its own text', async () => {
  const grant = grantOf(owner, projectId);
  const id = newId();
  const row = (title: string) => ({
    ...{ id, title, html: `<p>${title} text.</p>`, text: `${title} text.`, hash: title },
    ...{ byline: null, siteName: null, publishedAt: null, language: null, url: null, canonicalUrl: null },
    origin: { how: 'text' as const, finalUrl: null, responseHeaders: null },
  });
  expect([...(await insertSources(database.db, grant, [row('First'), row('Second')]))]).toEqual([id]);
  expect(await selectSource(database.db, grant, id)).toMatchObject({ title: 'First' });
  expect(await selectSourceText(database.db, grant, id)).toMatchObject({
    text: 'First text.',
    hash: 'First',
  });
  expect([...(await insertSources(database.db, grant, [row('Third')]))]).toEqual([]);
  expect(await selectSourceText(database.db, grant, id)).toMatchObject({ text: 'First text.' });
});
