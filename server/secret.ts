import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from '../env';

/**
 * The secret that session cookies are sealed with: NEXTAUTH_SECRET, or one made at first start and kept in the data
 * folder, readable by its owner alone.
 */
export function instanceSecret(): string {
  const given = env().NEXTAUTH_SECRET;
  if (given !== undefined) return given;
  const folder = resolve(env().GLOSS_DATA_DIR);
  const file = join(folder, 'secret');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Two processes may start at once: the first one's secret counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** A new secret for a link or token: 32 random bytes, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a link or token: its SHA-256, hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
