import { copyFileSync, mkdirSync } from 'node:fs';
import { launchBrowser } from '../support/browser';
import { startProgram } from '../support/program';
import { findPlaces, SCREENS } from './screens';

const FOLDER = '.screens';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** Writes a picture of every screen, wide and narrow, light and dark, and the README's picture. */
const program = await startProgram();
const browser = await launchBrowser();
try {
  mkdirSync(FOLDER, { recursive: true });
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(program.link as string);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.waitForURL(/\/projects/);
  const places = await findPlaces(page, program.url);
  const storageState = await first.storageState();
  for (const viewport of SIZES) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const screen of SCREENS) {
        const context = await browser.newContext({
          viewport,
          colorScheme,
          ...(screen.signedOut ? {} : { storageState }),
        });
        const shown = await context.newPage();
        await shown.goto(program.url + screen.path(places));
        await screen.ready(shown);
        await shown.evaluate(() => document.fonts.ready);
        await shown.waitForLoadState('networkidle');
        await shown.screenshot({ path: `${FOLDER}/${screen.name}-${viewport.width}-${colorScheme}.png` });
        await context.close();
        process.stdout.write(`${screen.name} ${viewport.width} ${colorScheme}\n`);
      }
    }
  }
  mkdirSync('docs', { recursive: true });
  copyFileSync(`${FOLDER}/workspace-1440-light.png`, 'docs/screenshot.png');
} finally {
  await browser.close();
  await program.stop();
}
