import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run.mjs';
import { say, saying } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/**
 * The path of the system's Chromium, for the tests in a real browser; installed first where that is ours to do
 * (root on a Debian). Undefined, and one line about it, when there is none.
 */
export async function findBrowser() {
  const found = look();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await saying('installing Chromium for the tests', async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await runTool('apt-get', ['update', '-q'], { env });
      const args = ['install', '-y', '-q', '--no-install-recommends'];
      const { code, said } = await runTool('apt-get', [...args, ...PACKAGES], { env });
      if (code !== 0) say(said.trim().split('\n').slice(-3).join('\n'));
    });
  }
  const installed = look();
  if (!installed) {
    say('there is no Chromium here: install one (or set CHROMIUM_PATH), or the tests in a browser fail');
  }
  return installed;
}

function look() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  return NAMES.map(onPath).find(Boolean) ?? ELSEWHERE.find((path) => existsSync(path));
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
