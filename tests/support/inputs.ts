import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real pages and texts that belong to others and stand outside the project; tests that need them skip where they are absent. */
export const INPUTS = fileURLToPath(new URL('../../../shared/inputs', import.meta.url));
export const hasInputs = existsSync(INPUTS);
if (!hasInputs) console.info('The real inputs are absent: tests that read them are skipped.');
