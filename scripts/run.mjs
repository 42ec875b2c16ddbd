import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from './say.mjs';

/** The checkout. Everything runs there, wherever it was called from. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const END_WITH_PARENT = new URL('./end-with-parent.mjs', import.meta.url).href;

/**
 * Runs Node on a program in this terminal until it ends, and gives its exit code. Signals are passed on; should
 * this process be killed outright, the program is told to stop as well, so that no server is left on its port.
 */
export function runProgram(args, env = {}) {
  const settings = existsSync(join(ROOT, '.env')) ? ['--env-file=.env'] : [];
  return runNode(process.execPath, ['--import', END_WITH_PARENT, ...settings, ...args], env);
}

/** As `runProgram`, with a chosen Node and nothing added to its arguments. */
export function runNode(node, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    const stopPassing = passSignals(child);
    child.on('error', (error) => reject(new Fault(`can't run ${node}: ${error.message}`)));
    child.on('exit', (code, signal) => {
      stopPassing();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

function passSignals(child) {
  const stop = () => child.kill('SIGTERM');
  // Ctrl+C reaches everything in the terminal by itself; passing it on would be a second one.
  const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
  process.on('SIGTERM', stop).on('SIGHUP', stop).on('SIGINT', interrupt);
  return () => process.off('SIGTERM', stop).off('SIGHUP', stop).off('SIGINT', interrupt);
}

/** Runs a command quietly and gives its exit code and everything it said; `show` lets it speak meanwhile. */
export function runTool(command, args, { env = {}, cwd = ROOT, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stopPassing = passSignals(child);
    let said = '';
    for (const stream of ['stdout', 'stderr']) {
      child[stream].on('data', (chunk) => {
        said += chunk;
        if (show) process[stream].write(chunk);
      });
    }
    child.on('error', (error) => reject(new Fault(`can't run ${command}: ${error.message}`)));
    child.on('close', (code) => {
      stopPassing();
      resolve({ code: code ?? 1, said });
    });
  });
}

/** Runs npm: the one that called us, else the one on the PATH. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm && /npm-cli\.c?js$/.test(npm)) return runTool(process.execPath, [npm, ...args], options);
  return runTool('npm', args, options);
}
