import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Finding, finding } from '../../lib/doctor/finding';

const GIB = 1024 ** 3;

/** Whether the data folder is there, ours, closed to others and not full; nothing where there is none yet. */
export async function judgeDataFolder(dataDir: string): Promise<Finding[]> {
  const folder = resolve(dataDir);
  if (!existsSync(folder)) return [];
  const findings = [
    finding(
      mayWrite(folder),
      'the data folder can be written to',
      `this user may not write to ${folder}: run Gloss as its owner, or chown it to this user`,
    ),
    finding(
      (statSync(folder).mode & 0o022) === 0,
      'nobody else can write to the data folder',
      `others can write to the data folder: chmod go-w ${folder}`,
    ),
  ];
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GIB;
  const told = `${free.toFixed(1)} GiB free in the data folder`;
  findings.push(finding(free > 1, told, `${told}: make room, or saving ends when it is full`));
  const secret = join(folder, 'secret');
  if (existsSync(secret)) {
    const { mode, size } = statSync(secret);
    findings.push(
      finding(
        (mode & 0o077) === 0,
        'the secret is readable by its owner alone',
        `others can read the secret: chmod 600 ${secret}`,
      ),
      finding(
        size >= 32,
        'the secret is long enough',
        `the secret is too short: remove ${secret} and start again, a new one is made`,
      ),
    );
  }
  return findings;
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'EACCES' ||
      (error as NodeJS.ErrnoException).code === 'EROFS'
    )
      return false;
    throw error;
  }
}
