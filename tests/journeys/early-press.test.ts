import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkspace, stopWorkspace, type Workspace } from './workspace';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await startWorkspace();
}, 240_000);
afterAll(() => stopWorkspace(workspace));

describe('A press on a button', () => {
  it('is answered though it came before the program had', { timeout: 120_000 }, async () => {
    const { owner, program, projectId } = workspace;
    // Not the page that waits until it is ready.
    const page = await owner.context.newPage();
    const held: (() => void)[] = [];
    let isHeld = true;
    await page.route('**/_next/static/**/*.js', async (route) => {
      if (isHeld) await new Promise<void>((go) => held.push(go));
      await route.continue();
    });
    await page.goto(`${program.url}/projects/${projectId}/follow-ups`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Ask or assign' }).click();
    expect(await page.evaluate(() => document.documentElement.dataset.ready)).toBeUndefined();
    expect(held.length).toBeGreaterThan(0);
    isHeld = false;
    for (const go of held) go();
    await page.getByRole('dialog', { name: 'Follow up' }).waitFor();
    await page.close();
  });
});
