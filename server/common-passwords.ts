import { readFile } from 'node:fs/promises';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { type Weakness, weaknessOf } from '../lib/passwords/weak-password';

/** Read once, and only when somebody chooses or gives a password. */
let read: Promise<ReadonlySet<string>> | undefined;

/** The passwords that breaches hold most often (49,000, from the package @zxcvbn-ts/language-common), and the operator's own list. */
async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const file = env().COMMON_PASSWORDS_FILE;
  const own = file === undefined ? '' : await readFile(file, 'utf8').catch(unreadable);
  const lines = own.split(/\r?\n/).filter((line) => line !== '');
  const list = new Set(dictionary['passwords-common']);
  for (const line of lines) list.add(line.normalize('NFKC').toLowerCase());
  return list;
}

function unreadable(cause: Error): never {
  read = undefined;
  throw new AppError('unavailable', 'COMMON_PASSWORDS_FILE can’t be read. Ask the operator to mend it.', {
    cause,
  });
}

/** Why a password is one of the first that are tried; `null` where nothing speaks against it. */
export async function weakness(
  password: string,
  about: { name: string; email: string },
): Promise<Weakness | null> {
  read ??= readList();
  const list = await read;
  return weaknessOf(password, (form) => list.has(form), [about.name, about.email]);
}

const WORDS: Record<Weakness, string> = {
  common:
    'This password is on the lists of common ones that are tried first. Choose another: four words that have nothing to do with each other are easy to remember.',
  pattern:
    'This password repeats itself or counts up. Choose another: four words that have nothing to do with each other are easy to remember.',
  yours:
    'This password is made of your name or address. Choose another: four words that have nothing to do with each other are easy to remember.',
};

/** Refuses a password that is one of the first that are tried. @throws AppError invalid. */
export async function refuseWeak(password: string, about: { name: string; email: string }): Promise<void> {
  const found = await weakness(password, about);
  if (found !== null) throw new AppError('invalid', WORDS[found]);
}
