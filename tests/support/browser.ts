import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's Chromium: `CHROMIUM_PATH`, or the first of the usual names on the PATH (the shell reads both). */
export function chromiumPath(): string {
  const script =
    'for name in "$CHROMIUM_PATH" chromium chromium-browser google-chrome; do command -v "$name" && exit; done; exit 1';
  try {
    return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trim();
  } catch (cause) {
    throw new Error('No Chromium found: install chromium, or set CHROMIUM_PATH', { cause });
  }
}

/** Starts the system's Chromium, headless. The caller closes it. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...flags] });
}

/** Bundles modules of the project for a page; their exports stand together in `globalThis.modules`. */
export async function bundleForPage(modulePaths: readonly string[]): Promise<{ js: string; css: string }> {
  const contents = modulePaths.map((path) => `export * from ${JSON.stringify(path)};`).join('\n');
  const result = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'modules',
    outdir: 'out',
    jsx: 'automatic',
    target: 'es2022',
    tsconfig: `${ROOT}tsconfig.json`,
    // Modules of the router ask for more of it than a page has.
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    logLevel: 'silent',
  });
  const of = (end: string) =>
    result.outputFiles
      .filter((file) => file.path.endsWith(end))
      .map((file) => file.text)
      .join('\n');
  return { js: of('.js'), css: of('.css') };
}

type Functions = Record<string, unknown>;
type Call<M extends Functions> = <K extends keyof M & string>(
  name: K,
  ...args: M[K] extends (...args: infer A) => unknown ? A : never
) => Promise<M[K] extends (...args: never[]) => infer R ? Awaited<R> : never>;

/**
 * A new page with the modules' exports loaded. `call` runs an exported function in the page, typed by the modules:
 * `pageWith<typeof import('./in-page')>(browser, [path])`. Arguments and results must be plain data.
 */
export async function pageWith<M extends Functions>(
  browser: Browser,
  modulePaths: readonly string[],
  options: BrowserContextOptions & { html?: string } = {},
): Promise<{ page: Page; call: Call<M> }> {
  const { html = '<!doctype html><html lang="en"><body></body></html>', ...contextOptions } = options;
  const page = await browser.newPage(contextOptions);
  const { js, css } = await bundleForPage(modulePaths);
  await page.setContent(html);
  if (css !== '') await page.addStyleTag({ content: css });
  await page.addScriptTag({ content: `${js}\nglobalThis.modules = modules;` });
  const call: Call<M> = async (name, ...args) =>
    page.evaluate(
      ([exported, values]) => {
        const { modules } = globalThis as unknown as {
          modules: Record<string, (...args: unknown[]) => unknown>;
        };
        const run = modules[exported as string];
        if (run === undefined) throw new Error(`No export ${exported} in the page`);
        return run(...(values as unknown[]));
      },
      [name, args] as const,
    ) as never;
  return { page, call };
}
