import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run.mjs';
import { say, saying } from './say.mjs';

/**
 * The path of a program of this machine that tests need, installed first where that is ours to do (root on a
 * Debian). Undefined, and one line about it, when there is none.
 */
export async function findProgram({ what, variable, names, elsewhere = [], packages }) {
  const look = () => {
    const named = process.env[variable];
    if (named && existsSync(named)) return named;
    return names.map(onPath).find(Boolean) ?? elsewhere.find((path) => existsSync(path));
  };
  const found = look();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await saying(`installing ${what} for the tests`, async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await runTool('apt-get', ['update', '-q'], { env });
      const args = ['install', '-y', '-q', '--no-install-recommends'];
      const { code, said } = await runTool('apt-get', [...args, ...packages], { env });
      if (code !== 0) say(said.trim().split('\n').slice(-3).join('\n'));
    });
  }
  const installed = look();
  if (!installed) {
    say(`there is no ${what} here: install it (or set ${variable}), or the tests that need it fail`);
  }
  return installed;
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
