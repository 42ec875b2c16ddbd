import { NOTE_MESSAGE } from '../../lib/notes/note-sync';
import { POISON } from '../../tests/support/gate/poisoned-rows';
import { seeded, shownBy, Typist } from '../../tests/support/sync-processes';
import { type Extent, failuresOf, type Outcome, on, type Row } from './row';
import type { Stage } from './stage';
import { seconds, untilSo } from './waiting';

/** Empty notes that are opened on both servers at once. */
const firstOpening: Row['run'] = ({ place, open, times }) =>
  on(open(), async (stage): Promise<Outcome> => {
    const count = times(100, 5);
    const notes = await place.addNotes(count);
    const random = seeded(3);
    let [longest, doubled] = [0, 0];
    for (const [at, noteId] of notes.entries()) {
      // Visitors bring nothing of their own: what they see is what the servers made.
      const visitors = [0, 1].map(
        (slot) => new Typist(place, stage.pair.at(slot), noteId, at + slot, random, { isReader: true }),
      );
      longest = Math.max(
        longest,
        await untilSo('both have the note', () => visitors.every(({ provider }) => provider.synced)),
      );
      const alone = await place.stored(noteId);
      const blocks = visitors.map(({ doc }) => doc.getXmlFragment('default').length);
      const shown = new Set([...visitors.map((visitor) => visitor.shown), shownBy(alone)]);
      if (shown.size > 1 || blocks.some((count) => count > 1)) doubled++;
      for (const visitor of visitors) visitor.close();
    }
    const done = await stage.finish();
    return {
      times: `${count}`,
      done,
      goesOn: seconds(longest),
      others: `${doubled} notes began twice, or differ`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost === 0,
        'a note began twice': doubled === 0,
      }),
    };
  });

type Api = <T>(method: string, path: string, body?: object) => Promise<T>;

/** Calls the API of a server, which must say yes. */
function apiOf(stage: Stage, slot: number): Api {
  return async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(`${stage.pair.at(slot).url}/api/projects/${stage.place.projectId}${path}`, {
      method,
      headers: { authorization: `Bearer ${stage.place.tokens[0]}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok)
      throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
}

/** Writes words into each note, keeps them as a version, then puts a row into its log that harms it. */
async function poison(stage: Stage, api: Api) {
  const notes = await stage.place.addNotes(POISON.length);
  const random = seeded(5);
  const kept: { noteId: string; versionId: string; shown: string; name: string }[] = [];
  for (const [at, noteId] of notes.entries()) {
    const writer = new Typist(stage.place, stage.pair.at(0), noteId, at, random);
    writer.type(30);
    await untilSo('some words are there', () => writer.isSaved && writer.shown.length > 60);
    writer.pause();
    await untilSo('they are saved', () => writer.isSaved);
    const { id } = await api<{ id: string }>('POST', `/notes/${noteId}/versions`, { name: 'Good' });
    kept.push({ noteId, versionId: id, shown: writer.shown, name: POISON[at]?.[0] ?? '' });
    writer.close();
  }
  for (const [at, noteId] of notes.entries()) {
    await stage.place.db.$client.query(
      'insert into note_updates (project_id, note_id, update) values ($1, $2, $3)',
      [stage.place.projectId, noteId, Buffer.from(POISON[at]?.[1] ?? [])],
    );
  }
  return kept;
}

/** Rows in the logs that no server let in: their notes open as they were, to be read, and are restored by one call. */
const poisoned: Row['run'] = ({ place, open }: Extent) =>
  on(open(), async (stage): Promise<Outcome> => {
    const api = apiOf(stage, 0);
    const kept = await poison(stage, api);
    // Whoever has a note open already does not read its log again.
    for (const slot of [0, 1]) {
      await stage.pair.end(slot, 'SIGTERM');
      await stage.pair.start(slot);
    }
    const wrong: string[] = [];
    let slowest = 0;
    for (const [at, { noteId, versionId, shown, name }] of kept.entries()) {
      const readers = [0, 1].map(
        (slot) => new Typist(place, stage.pair.at(slot), noteId, at + slot, seeded(9), { isReader: true }),
      );
      const told = [false, false];
      for (const [slot, { provider }] of readers.entries()) {
        provider.messageHandlers[NOTE_MESSAGE.damaged] = () => {
          told[slot] = true;
        };
      }
      await untilSo('it opens', () => readers.every(({ provider }) => provider.synced));
      await untilSo('they are told that it is damaged', () => told.every(Boolean), 10_000).catch(() =>
        wrong.push(`${name}: nobody was told`),
      );
      if (readers.some((reader) => reader.shown !== shown)) wrong.push(`${name}: another text than before`);
      for (const reader of readers) reader.close();
      const began = performance.now();
      await api('POST', `/notes/${noteId}/versions/${versionId}/restore`);
      const next = new Typist(place, stage.pair.at(1), noteId, at, seeded(11));
      next.type(50);
      await untilSo('it is written again', () => next.isSaved && next.acked.size > 0, 15_000).catch(() =>
        wrong.push(`${name}: not to be written after it was restored`),
      );
      slowest = Math.max(slowest, performance.now() - began);
      next.close();
    }
    const alarms = stage.pair.output().split('a note is damaged').length - 1;
    const done = await stage.finish();
    return {
      times: `${kept.length} kinds of rows`,
      done,
      goesOn: seconds(slowest),
      others: `read-only as before on both servers, ${alarms} alarms in the log; that long from the call that restores until it is written again`,
      failures: [
        ...wrong,
        ...failuresOf({
          'something that was called saved is gone': done.lost === 0,
          'the log says nothing of it': alarms >= kept.length,
        }),
      ],
    };
  });

/** What befalls notes. */
export const NOTES: Record<string, Row> = {
  'first-opening': { title: 'Two servers open an empty note for the first time at once', run: firstOpening },
  poisoned: { title: 'Rows that harm a note are in its log', run: poisoned },
};
