import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OFFICE = 'soffice';

/** LibreOffice where it is installed, with a folder and a home of its own; it is not needed to run or to build anything. */
export async function openOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-office-'));
  const env = { ...process.env, HOME: folder };
  const isThere = await run(OFFICE, ['--version'], { env }).then(
    () => true,
    () => false,
  );
  return {
    isThere,
    folder,
    /** Writes a file of the folder anew in another format, beside it. */
    async convert(file: string, to: string): Promise<void> {
      const how = file.endsWith('.html') ? ['--infilter=HTML (StarWriter)'] : [];
      const args = ['--headless', ...how, '--convert-to', to, '--outdir', folder, join(folder, file)];
      await run(OFFICE, args, { env });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
