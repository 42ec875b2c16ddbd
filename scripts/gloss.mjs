// The one way in: `npm start`, `npm test` and the others call this with their verb. It is plain JavaScript of
// an old enough kind to run where nothing is installed yet, on the machine's own Node.
import './end-with-parent.mjs';
import { bench } from './bench.mjs';
import { buildPages, buildPrograms } from './build.mjs';
import { installPackages } from './install.mjs';
import { runProgram } from './run.mjs';
import { onFittingNode } from './runtime.mjs';
import { Fault, sayOnStderr } from './say.mjs';
import { verify } from './verify.mjs';

const VERBS = {
  /** Serves: installs and builds what is missing or stale first. */
  async start(args) {
    await installPackages();
    await buildPages();
    await buildPrograms();
    return runProgram(['dist/main.mjs', ...args], { NODE_ENV: 'production' });
  },

  /** Serves from the sources, pages built as they are asked for. */
  async dev(args) {
    await installPackages();
    return runProgram(['--import', 'tsx', 'server/main.ts', ...args], { NODE_ENV: 'development' });
  },

  async build() {
    await installPackages();
    await buildPages({ force: true });
    await buildPrograms({ force: true });
    return 0;
  },

  /** Every test, after the linter and the types; arguments choose test files. */
  async test(args) {
    await installPackages();
    return verify(args);
  },

  /** The same on a build made anew. */
  async check() {
    await installPackages();
    return verify([], { rebuild: true });
  },

  async bench(args) {
    await installPackages();
    return bench(args);
  },

  /** Adds a large project to this instance, to try it out on. */
  async 'seed-large'(args) {
    await installPackages();
    return runProgram(['--import', 'tsx', 'bench/queries/seed.ts', ...args]);
  },

  /** Pictures of every screen, taken in a real browser. */
  async screens(args) {
    await installPackages();
    await buildPages();
    await buildPrograms();
    return runProgram(['--import', 'tsx', 'tests/screens/run.ts', ...args]);
  },

  /** The command line tool. Its output is the command's alone, so that a script can take it as it is. */
  async cli(args) {
    sayOnStderr();
    await installPackages();
    await buildPrograms();
    return runProgram(['dist/cli.mjs', ...args], { NODE_ENV: 'production' });
  },
};

const [verb = '', ...args] = process.argv.slice(2);
process.env.NEXT_TELEMETRY_DISABLED = '1';
if (verb === 'cli') sayOnStderr();
try {
  const act = VERBS[verb];
  if (!act) throw new Fault(`There is no "${verb}". There is: ${Object.keys(VERBS).join(', ')}.`);
  process.exitCode = await onFittingNode(() => act(args));
} catch (error) {
  // A fault of the machine gets its line; a fault of ours its stack.
  console.error(error instanceof Fault ? `gloss: ${error.message}` : error);
  process.exitCode = 1;
}
