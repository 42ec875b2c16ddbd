import './test-environment';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setEnv } from '@/env';

/** A data folder of this test file's own, so that nothing of it is left beside the data of whoever runs it; answers how to remove it. */
export function ownDataFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-data-'));
  setEnv({ GLOSS_DATA_DIR: folder });
  return () => rmSync(folder, { recursive: true, force: true });
}
