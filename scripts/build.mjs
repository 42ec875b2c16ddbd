import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nextConfig from '../next.config.mjs';
import { ROOT, runTool } from './run.mjs';
import { Fault, saying } from './say.mjs';

const SHARED = ['lib', 'db', 'server', 'env.ts', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const PAGE_SOURCES = [...SHARED, 'app', 'components', 'public', 'next.config.mjs', 'postcss.config.mjs'];
const PROGRAM_SOURCES = [...SHARED, 'next.config.mjs'];

/** The programs that run by themselves, by the name they get in dist. */
const PROGRAMS = {
  main: 'server/main.ts',
  cli: 'server/cli.ts',
  'read-worker': 'server/sources/read-worker.ts',
  'exchange-worker': 'server/exchange/read-worker.ts',
  'carry-worker': 'server/sources/carry-worker.ts',
  'agreement-worker': 'server/agreement/worker.ts',
  'standing-worker': 'server/agreement/standing-worker.ts',
};

/** Builds the pages with Next, when their sources have changed since. */
export function buildPages({ force = false } = {}) {
  return ifStale('pages', PAGE_SOURCES, force || !existsSync(join(ROOT, '.next', 'BUILD_ID')), () =>
    saying('building the pages', async () => {
      const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
      const { code, said } = await runTool(process.execPath, [next, 'build'], {
        env: { NODE_ENV: 'production' },
      });
      if (code !== 0) throw new Fault(`building the pages failed:\n${said.trim()}`);
    }),
  );
}

/**
 * Packages that the programs load at run time. What the pages load so too is one copy in the process for both; the
 * rest is in the bundle, because reading and compiling more than a thousand small files is most of a start.
 */
const OUTSIDE = new Set([...nextConfig.serverExternalPackages, 'esbuild', 'next']);

/** Leaves those outside, whoever imports them: by the first name of what is imported, or the first two of a scope. */
const leaveOutside = {
  name: 'leave-outside',
  /** @param {import('esbuild').PluginBuild} build */
  setup: (build) =>
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(path) ?? [];
      return OUTSIDE.has(name) ? { path, external: true } : undefined;
    }),
};

/** Packages written for CommonJS ask for modules of Node by a name that a module does not have. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Bundles the programs, when their sources have changed since. */
export function buildPrograms({ force = false } = {}) {
  const present = Object.entries(PROGRAMS).filter(([, source]) => existsSync(join(ROOT, source)));
  const missing = present.some(([name]) => !existsSync(join(ROOT, 'dist', `${name}.mjs`)));
  return ifStale('programs', PROGRAM_SOURCES, force || missing, () =>
    saying('building the programs', async () => {
      const { build } = await import('esbuild');
      await build({
        absWorkingDir: ROOT,
        entryPoints: present.map(([name, source]) => ({ in: source, out: name })),
        outdir: 'dist',
        outExtension: { '.js': '.mjs' },
        bundle: true,
        format: 'esm',
        platform: 'node',
        target: 'node22.12',
        plugins: [leaveOutside],
        banner: { js: REQUIRE },
        sourcemap: true,
        logLevel: 'silent',
      }).catch((error) => {
        throw new Fault(`building the programs failed: ${error.message}`);
      });
    }),
  );
}

/** Builds when the sources differ from those of the last build that was finished. */
async function ifStale(what, sources, force, build) {
  const stamp = join(ROOT, 'dist', `.built-${what}`);
  const now = fingerprint(sources);
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(stamp, now);
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, source);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`);
  } else {
    const bytes = readFileSync(full);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
}
