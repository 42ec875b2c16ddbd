import { open, rename, rm } from 'node:fs/promises';
import { digest, selectChain, selectHeads } from '../../db/audit';
import { database } from '../../db/client';
import { selectErasedIds } from '../../db/people';
import { INSTANCE_CHAIN } from '../../lib/audit/entry';
import { ChainCheck, type ChainFault, type ChainHead } from '../../lib/audit/verify';
import { AppError } from '../../lib/errors';

/** Entries that are read at once. */
const AT_ONCE = 1_000;

/** What people call the chain of the instance on the command line. */
const INSTANCE = 'instance';

export type Verdict = {
  readonly chain: string;
  /** Which chain, in words. */
  readonly name: string;
  readonly head: ChainHead;
  readonly faults: readonly ChainFault[];
  /** Entries without their names, because somebody of them was erased. */
  readonly unnamed: number;
};

type Head = Awaited<ReturnType<typeof selectHeads>>[number];

/**
 * Goes along the chains of the audit, or one of them, and says what was removed, changed or put in another order since.
 * @throws AppError not-found for a project of which nothing was written down.
 */
export async function verifyAudit(of?: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const erased = new Set(await selectErasedIds(database()));
  for (const { chain, head, project } of await chainsOf(of)) {
    const check = new ChainCheck(chain, digest, erased);
    for await (const entry of entriesOf(chain)) check.take(entry);
    const faults = check.end(head);
    const name = chain === INSTANCE_CHAIN ? 'the instance' : (project ?? 'a project that is gone');
    verdicts.push({ chain, name, head: check.head, faults, unnamed: check.unnamed });
  }
  return verdicts;
}

/**
 * Writes the chain of a project (or `instance`) into a file, a JSON object a line, with all that its hashes are made of.
 * Answers how many. @throws AppError not-found, and invalid when the file can't be written.
 */
export async function exportAudit(of: string, file: string): Promise<number> {
  const [found] = await chainsOf(of);
  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, 'w', 0o600).catch((cause: Error) => {
    throw new AppError('invalid', `The file can’t be written: ${cause.message}`, { cause });
  });
  try {
    let count = 0;
    for await (const entry of entriesOf((found as Head).chain)) {
      await handle.write(`${JSON.stringify({ chain: (found as Head).chain, ...entry })}\n`);
      count += 1;
    }
    await handle.close();
    await rename(unfinished, file);
    return count;
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function chainsOf(of: string | undefined): Promise<Head[]> {
  const all = await selectHeads(database());
  if (of === undefined) return all;
  const found = all.filter(({ chain }) => chain === (of === INSTANCE ? INSTANCE_CHAIN : of.toLowerCase()));
  if (found.length > 0) return found;
  throw new AppError(
    'not-found',
    `Nothing was written down of a project ${of}. Its id is in its address: /projects/ID.`,
  );
}

async function* entriesOf(chain: string) {
  let after = 0;
  for (;;) {
    const page = await selectChain(database(), chain, after, AT_ONCE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.nr;
  }
}
