import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archive, docxParts, para } from '../support/archives';
import { articleOf, openBringIn } from './person';
import { startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
const CAPTIONS = 'WEBVTT\n\n01:02.000 --> 01:04.000\n<v Ada>The port was closed.';

describe('Bringing many files in', { timeout: 120_000 }, () => {
  it('says of each what became of it, keeps those that came in, and opens them', async () => {
    const { owner, program, projectId } = workspace;
    const { page } = owner;
    const shoot = async (name: string) => {
      const shots = process.env.GLOSS_SHOTS;
      for (const scheme of shots ? (['light', 'dark'] as const) : [])
        for (const width of [390, 1440]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: `${shots}/${name}-${scheme}-${width}.png` });
        }
    };
    await openBringIn(page, `${program.url}/projects/${projectId}`);
    await page.getByRole('tab', { name: 'File' }).click();
    await shoot('files');
    await page
      .locator('input[type=file]')
      .setInputFiles([
        file('The hearing.vtt', CAPTIONS),
        file('Report on a port, with a long name that has to break somewhere.rtf', '{\\rtf1 A report'),
        file('statement.docx', archive(docxParts(para('A statement', 'Heading1') + para('We knew.')))),
      ]);
    await page.getByText('2 of 3 files are in. 1 failed.').waitFor();
    await page.getByText('This file is a rich text document, which cannot be read yet.').waitFor();
    await shoot('many-files');
    await page.getByRole('button', { name: 'Try it again' }).click();
    await page.getByText('2 of 3 files are in. 1 failed.').waitFor();
    await page.getByRole('link', { name: 'The hearing.vtt' }).click();
    await articleOf(page).getByText('[01:02] Ada: The port was closed.').waitFor();
    await shoot('transcript');

    // What was cancelled is not in; the list of sources has each of the others once.
    await openBringIn(page, `${program.url}/projects/${projectId}`);
    await page.getByRole('tab', { name: 'File' }).click();
    await page.route('**/sources', (route) =>
      route.request().method() === 'POST' ? undefined : route.continue(),
    );
    const texts = ['one', 'two'].map((name) => file(`${name}.txt`, `The text ${name}`));
    await page.locator('input[type=file]').setInputFiles(texts);
    await page.getByText('0 of 2 files are in. Reading one.txt…').waitFor();
    await page.getByRole('button', { name: 'Cancel the rest' }).click();
    await page.getByText('0 of 2 files are in. 2 cancelled.').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    for (const [title, count] of [
      ['The hearing', 1],
      ['A statement', 1],
      ['The text one', 0],
    ] as const)
      expect(await page.getByRole('link', { name: title, exact: true }).count()).toBe(count);
  });
});
