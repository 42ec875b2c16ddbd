import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { type Db, database } from '../../db/client';
import {
  lockVersions,
  moveVersion,
  removeVersions,
  selectNames,
  selectNewest,
  selectPoints,
  selectVersionState,
} from '../../db/note-versions';
import type { NoteKey } from '../../lib/access/note-key';
import { readingOf } from '../../lib/notes/restore';
import { movesOn, type Point, thinOut } from '../../lib/notes/version-points';
import { publish, together } from '../events/publish';
import { docOf, keep, readNow } from './note-now';
import { Readings } from './readings';

/** A note as a room has it: all of it as one update (version 1), and a SHA-256 of what can be read in it, base64. */
export type NoteHeld = { readonly state: Uint8Array; readonly reading: string };

/** What can be read in the points this process kept last. */
const readings = new Readings();

/**
 * Keeps an automatic point of a note that came to rest after these people changed it: a new one after a pause or when
 * somebody else writes, else the newest moves on. Nothing is kept when it reads as it did. Older points are thinned out.
 * `held` is the note where somebody has it, all of it committed; without, it is read.
 */
export async function keepPoint(
  key: NoteKey,
  writerIds: readonly string[],
  now: Date = new Date(),
  held?: NoteHeld,
): Promise<void> {
  await database().transaction(async (tx) => {
    await lockVersions(tx, key);
    const { state, reading } = held ?? (await readHeld(tx, key));
    const newest = await selectNewest(tx, key);
    if (newest !== null && (await readingOfPoint(tx, key, newest)) === reading) return;
    const names = await selectNames(tx, writerIds);
    const authorIds = [...names.keys()];
    if (newest !== null && movesOn(newest, now, authorIds)) {
      const all = [...new Set([...newest.authorIds, ...authorIds])];
      await moveVersion(tx, key, newest.id, { state, at: now, authorIds: all });
      readings.keep(newest.id, now, reading);
      return;
    }
    const subject = await keep(tx, key, state, { kind: 'auto', at: now, authorIds });
    readings.keep(subject.id, now, reading);
    const { remove, authors } = thinOut(await selectPoints(tx, key), now);
    await removeVersions(tx, key, remove, authors);
    await publish(tx, together(key.projectId, [...names.values()]), {
      type: 'note.version-created',
      subject,
    });
  });
}

async function readHeld(db: Db, key: NoteKey): Promise<NoteHeld> {
  const { doc } = await readNow(db, key);
  return { state: Y.encodeStateAsUpdate(doc), reading: digestOf(doc) };
}

async function readingOfPoint(db: Db, key: NoteKey, { id, at }: Point): Promise<string | null> {
  const known = readings.of(id, at);
  if (known !== null) return known;
  const state = await selectVersionState(db, key, id);
  if (state === null) return null;
  const reading = digestOf(docOf(state));
  readings.keep(id, at, reading);
  return reading;
}

const digestOf = (doc: Y.Doc) => createHash('sha256').update(readingOf(doc)).digest('base64');
