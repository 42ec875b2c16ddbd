import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Mounts an empty disk of a size such as `64m` at a folder; false where this machine or user may not. */
export function mountSmallDisk(folder: string, size: string): boolean {
  try {
    const options = `size=${size},mode=755`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'gloss-small-disk', folder], { stdio: 'pipe' });
    return true;
  } catch {
    // Whoever asks says so to whoever reads.
    return false;
  }
}

/** Fills the disk of a folder to the last byte; answers how to make room again. */
export function fillDisk(folder: string): () => void {
  const path = join(folder, 'ballast');
  const file = openSync(path, 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    const bytes = Buffer.alloc(size, 1);
    try {
      for (;;) writeSync(file, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
  return () => {
    if (existsSync(path)) unlinkSync(path);
  };
}
