import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { Database } from '../../db/client';
import { appendUpdates, loadNote } from '../../db/note-log';
import type { NoteKey } from '../../lib/access/note-key';
import type { LogEntry } from '../../lib/notes/update-pack';
import { MalformedMessage } from './byte-reader';
import { BEAT_MS, inUse, readJournal } from './journal';
import type { Log } from './log';
import { NoteState } from './note-state';
import { isRefusal } from './retake';
import { UnsavedUpdates } from './unsaved';

/** A process that has not said for so long that it runs does not, ms. */
const DEAD_MS = 6 * BEAT_MS;
/** How often it is looked for such, ms. */
const LOOK_MS = 2_000;

export type ReplayOptions = { readonly folder: string; readonly db: Database; readonly log: Log };

/**
 * Brings what processes that were killed had passed on and not committed into the log, from their journals in this
 * folder. What is there already is passed over, and the gate judges the rest as it did before. Answers how many changes
 * were missing.
 */
export async function replayJournals({ folder, db, log }: ReplayOptions): Promise<number> {
  let missing = 0;
  if (!existsSync(folder)) return missing;
  for (const path of deadJournals(folder)) {
    const notes = new Map<string, { key: NoteKey; entries: LogEntry[] }>();
    for (const { key, entry } of readJournal(path)) {
      const note = notes.get(key.noteId) ?? { key, entries: [] };
      note.entries.push(entry);
      notes.set(key.noteId, note);
    }
    for (const { key, entries } of notes.values()) {
      try {
        missing += await replayNote(db, log, key, entries);
      } catch (error) {
        // Nobody else would fare better; anything but a refusal may be over soon.
        if (!isRefusal(error)) throw error;
        log.error({ err: error, noteId: key.noteId }, 'a note in a journal was refused by the database');
      }
    }
    rmSync(path, { force: true });
  }
  if (missing > 0) log.info({ changes: missing }, 'changes of a process that was killed were written down');
  return missing;
}

/** Looks again and again for journals that other processes left behind. Answers how to stop. */
export function keepReplaying(options: ReplayOptions): () => Promise<void> {
  let running = Promise.resolve();
  const look = async () => {
    try {
      await replayJournals(options);
    } catch (error) {
      options.log.error({ err: error }, 'a journal could not be read yet');
    }
  };
  const timer = setInterval(() => {
    running = running.then(look);
  }, LOOK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function deadJournals(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .map((name) => join(folder, name))
    .filter(isDead);
}

/** Whether nobody writes to it any more. Were it wrong, what it holds would be written down twice, which does no harm. */
function isDead(path: string): boolean {
  if (inUse.has(path)) return false;
  const [host, pid] = basename(path).split('_');
  // On this machine it can be seen; a container that is started again may get the same number.
  if (host === encodeURIComponent(hostname()) && (Number(pid) === process.pid || !runs(Number(pid))))
    return true;
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs < Date.now() - DEAD_MS;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function replayNote(
  db: Database,
  log: Log,
  key: NoteKey,
  entries: readonly LogEntry[],
): Promise<number> {
  const stored = await loadNote(db, key);
  const announced = new Map<number, string>();
  for (const { userId, claims = [] } of entries) {
    for (const one of claims) if (one.announced && userId !== null) announced.set(one.clientId, userId);
  }
  const note = new NoteState(stored, (clientId) => announced.get(clientId) ?? null, key, log);
  const missing = new UnsavedUpdates();
  let count = 0;
  for (const { update, userId } of entries) {
    if (userId === null) continue;
    try {
      const { changes, claims } = note.apply(update, userId);
      for (const change of changes) missing.add({ update: change, userId, claims });
      count += changes.length;
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      log.warn({ err: error, noteId: key.noteId }, 'a change in a journal was refused');
    }
  }
  note.destroy();
  while (!missing.isEmpty) await appendUpdates(db, [{ key, entries: missing.take().entries }], 'journal');
  return count;
}
