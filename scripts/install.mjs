import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './run.mjs';
import { Fault, saying } from './say.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.gloss-lock');

/** Installs the packages of the lock file unless they are there already, on this kind of machine. */
export async function installPackages() {
  const wanted = stampFor(readFileSync(LOCK));
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  if (!isInstalled()) {
    // Install scripts stay off: no package here needs one (the database completes its own files), and they
    // are the usual way for a bad package to run something. Development packages are needed to build.
    const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'];
    const { code, said } = await saying('installing packages', () => runNpm(args));
    if (code !== 0) throw new Fault(`installing the packages failed:\n${said.trim()}`);
  }
  writeFileSync(STAMP, wanted);
}

function stampFor(lock) {
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/** Whether somebody's own `npm install` has already brought exactly what the lock file names. */
function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  if (existsSync(STAMP) && !readFileSync(STAMP, 'utf8').endsWith(` ${process.platform} ${process.arch}\n`)) {
    return false;
  }
  const locked = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '' || (entry.optional && !present[path])) return true;
    return present[path]?.version === entry.version && existsSync(join(ROOT, path));
  });
}
