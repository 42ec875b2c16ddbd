import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Thread } from '@/lib/threads/thread';
import { archive, docxParts, rangeEnd, rangeStart, talkParts, wordRun } from '../support/archives';
import { articleOf, openBringIn } from './person';
import { startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

const document = (words: string, ...said: Parameters<typeof talkParts>) => ({
  name: 'statement.docx',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(
    archive(
      docxParts(
        `<w:p>${wordRun('The harbour office says that ')}${rangeStart(0)}${wordRun('the port was closed')}${rangeEnd(0)}${wordRun(words)}</w:p>`,
        talkParts(...said),
      ),
    ),
  ),
});
const ASKED = { text: 'Who closed it?', author: 'Ada Dorwick of the legal department' };

describe('A document with comments', { timeout: 180_000 }, () => {
  it('names whose comments would come before it is saved, and brings those that are new with its next version', async () => {
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
    await page.locator('input[type=file]').setInputFiles(document(' in May.', ASKED));
    const comments = page.getByRole('checkbox', { name: /Ada Dorwick of the legal department/ });
    await comments.waitFor();
    expect(await comments.isChecked()).toBe(true);
    await shoot('document-comments');
    await page.getByRole('button', { name: 'Save and open it' }).click();
    await articleOf(page).getByText('the port was closed').first().waitFor();
    const source = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    const said = async () => {
      const answer = await page.request.get(
        `${program.url}/api/projects/${projectId}/threads?source=${source}`,
      );
      const { items } = (await answer.json()) as { items: Thread[] };
      return items.map(({ comments: all }) => all[0]?.text);
    };
    expect(await said()).toEqual(['Who closed it?']);
    await page.goto(`${page.url().split('?')[0]}/versions`);
    await page.getByRole('button', { name: 'New version…' }).click();
    await page.getByRole('tab', { name: 'File' }).click();
    await page.getByRole('checkbox', { name: /^Comments of a document become discussions/ }).waitFor();
    await shoot('version-comments');
    await page
      .getByRole('dialog')
      .locator('input[type=file]')
      .setInputFiles(
        document(' in May, and never before.', ASKED, { text: 'And before that?', author: 'Bo' }),
      );
    await page.getByText('Version 2 is here. A discussion came in.').waitFor();
    expect(await said()).toEqual(['Who closed it?', 'And before that?']);
    await shoot('version-two');
  });
});
