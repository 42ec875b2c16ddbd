import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { buildPages, buildPrograms } from './build.mjs';
import { findProxy } from './proxy.mjs';
import { ROOT, runTool } from './run.mjs';
import { Fault, say, saying } from './say.mjs';

const tool = (...path) => join(ROOT, 'node_modules', ...path);

/**
 * Checks format, lint and types, builds, and runs the tests; each fault of the first three counts as a failed
 * test. Says everything that is wrong rather than the first thing, and ends with one line of numbers.
 */
export async function verify(files, { rebuild = false } = {}) {
  const browser = await findBrowser();
  const proxy = await findProxy();
  const faults =
    (await count(
      'checking format and lint',
      [tool('@biomejs', 'biome', 'bin', 'biome'), 'check'],
      lintFaults,
    )) +
    (await count('checking types', [tool('typescript', 'bin', 'tsc'), '--noEmit'], typeFaults)) +
    (await countBuild(rebuild));
  const env = {
    NODE_ENV: 'test',
    ...(browser && { CHROMIUM_PATH: browser }),
    ...(proxy && { NGINX_PATH: proxy }),
  };
  const { passed, failed, skipped } = await runTests(files, env);
  const allFailed = failed + faults;
  console.log(`${passed} passed, ${allFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return allFailed > 0 ? 1 : 0;
}

async function count(what, args, faultsIn) {
  const { code, said } = await saying(what, () => runTool(process.execPath, args));
  if (code === 0) return 0;
  console.log(said.trim());
  return Math.max(1, faultsIn(said));
}

const lintFaults = (said) => Number(said.match(/Found (\d+) errors?\./)?.[1] ?? 1);

const typeFaults = (said) => said.match(/error TS\d+:/g)?.length ?? 1;

async function countBuild(rebuild) {
  try {
    await buildPages({ force: rebuild });
    await buildPrograms({ force: rebuild });
    return 0;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    say(error.message);
    return 1;
  }
}

async function runTests(files, env) {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-report-'));
  const report = join(folder, 'tests.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const args = [tool('vitest', 'vitest.mjs'), 'run', ...reporters, ...files];
    const { code } = await runTool(process.execPath, args, { env, show: true });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
    return countTests(JSON.parse(readFileSync(report, 'utf8')), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report, code) {
  // A file that could not even be loaded has no tests to count, and is a failure all the same.
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && !hasFailed(file)).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    // Faults outside any test (an unhandled rejection) show only in the exit code.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const hasFailed = (file) => file.assertionResults.some((test) => test.status === 'failed');
