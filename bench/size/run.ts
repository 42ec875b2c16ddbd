import { gzipSync } from 'node:zlib';
import { findPlaces } from '../../tests/screens/screens';
import { launchBrowser } from '../../tests/support/browser';
import { startProgram } from '../../tests/support/program';

/** Prints the JavaScript that the source workspace loads, gzipped: what the page itself names, and what comes later. */
const program = await startProgram();
const browser = await launchBrowser();
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(program.link as string);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/\/projects/);
  const { projectId, sourceId } = await findPlaces(page, program.url);
  const fresh = await (
    await browser.newContext({ storageState: await page.context().storageState() })
  ).newPage();
  const sizes = new Map<string, Promise<number>>();
  fresh.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js'))
      sizes.set(
        pathname,
        response.body().then((body) => gzipSync(body).length),
      );
  });
  const answer = await fresh.goto(`${program.url}/projects/${projectId}/sources/${sourceId}`);
  const html = (await answer?.text()) ?? '';
  await fresh.locator('.ProseMirror').waitFor();
  await fresh.waitForLoadState('networkidle');
  let named = 0;
  let later = 0;
  for (const [path, size] of sizes) {
    if (html.includes(path)) named += await size;
    else later += await size;
  }
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  process.stdout.write(
    `source workspace, gzipped JavaScript: ${kB(named)} with the page, ${kB(later)} lazily (the editor)\n`,
  );
} finally {
  await browser.close();
  await program.stop();
}
