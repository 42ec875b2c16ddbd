import { type Database, database, readAtOnce } from '../../db/client';
import { selectNote } from '../../db/notes';
import { selectSource } from '../../db/sources';
import { env } from '../../env';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { EXPORT_FORMATS, type ExportFormat, type ExportProfile } from '../../lib/exchange/formats';
import { Losses } from '../../lib/exchange/losses';
import type { Only } from '../../lib/exchange/only';
import { ExportFormatName, type ExportPreview } from '../../lib/exchange/preview';
import { writeExport } from '../../lib/exchange/write';
import { recordDeed } from '../audit/record';
import { notFound } from '../edit';
import { standingOf } from '../limits';
import { readProject } from './read-project';

/** Exports at once in this process: each holds a connection and a view of the database as long as it lasts. */
const MOST = 3;
/** ms that somebody may read nothing of an export before it is given up. */
export const PATIENCE_MS = 60_000;
let running = 0;

/** A format by the name it has in an address. @throws AppError not-found where there is none. */
export function exportFormat(name: string): ExportFormat {
  const format = ExportFormatName.safeParse(name);
  if (format.success) return format.data;
  throw new AppError('not-found', `There is no such format. Choose one of: ${EXPORT_FORMATS.join(', ')}.`);
}

export type ExportWish = {
  readonly format: ExportFormat;
  readonly profile: ExportProfile;
  /** The one thing that is taken out; the whole project where it is left out. */
  readonly only?: Only | null;
};

/**
 * What an address asks for alone.
 * @throws AppError invalid for two things at once, not-found for what is not in the project.
 */
export async function onlyOf(
  grant: Grant,
  { note, source }: { note?: string; source?: string },
): Promise<Only | null> {
  if (note !== undefined && source !== undefined)
    throw new AppError(
      'invalid',
      'Ask for one note or one source, or for neither to take all of the project.',
    );
  if (note !== undefined) {
    if ((await selectNote(database(), grant, note)) === null) throw notFound('note');
    return { kind: 'note', id: note };
  }
  if (source === undefined) return null;
  if ((await selectSource(database(), grant, source)) === null) throw notFound('source');
  return { kind: 'source', id: source };
}

/**
 * A project as a file, piece by piece, as its asker sees it and as it is at one moment. Leaving the stream ends the work. What the
 * format can't hold is in `losses` once the last piece was taken.
 * @throws AppError unavailable when too many are under way.
 */
export async function* exportProject(
  grant: Grant,
  wish: ExportWish,
  losses: Losses = new Losses(),
  db: Database = database(),
): AsyncGenerator<Uint8Array> {
  // Before the first piece: whoever breaks off half-way has that half.
  const { format, profile, only = null } = wish;
  await recordDeed(grant, 'export.project', {
    ...{ format, profile, subjectId: only?.id ?? null },
    ...(only && { only: only.kind }),
  });
  yield* writeProject(grant, wish, losses, db);
}

async function* writeProject(
  grant: Grant,
  { format, profile, only = null }: ExportWish,
  losses: Losses,
  db: Database = database(),
): AsyncGenerator<Uint8Array> {
  if (running >= MOST)
    throw new AppError('unavailable', 'Other exports are under way. Try again in a minute.', {
      details: { retryAfter: 30 },
    });
  running += 1;
  try {
    const made = new Date().toISOString();
    const base = env().GLOSS_URL?.replace(/\/+$/, '') ?? '';
    yield* readAtOnce(
      db,
      (at) => {
        const read = (skip?: Parameters<typeof readProject>[1]) =>
          readProject({ db: at, grant, made, base, only }, skip);
        return writeExport(format, read, losses, { profile, made, only });
      },
      // Beyond that nobody reads: the database ends it where the program did not.
      { idleSeconds: (2 * PATIENCE_MS) / 1_000 },
    );
  } finally {
    running -= 1;
  }
}

/** What an export would leave out, how large it would be, and how many are left: it is made, and thrown away. @throws the signal's reason. */
export async function previewExport(
  grant: Grant,
  wish: ExportWish,
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const losses = new Losses();
  let bytes = 0;
  for await (const piece of writeProject(grant, wish, losses)) {
    signal?.throwIfAborted();
    bytes += piece.byteLength;
  }
  return { ...losses.report(), bytes, allowance: await standingOf('export', grant.actor.userId) };
}
