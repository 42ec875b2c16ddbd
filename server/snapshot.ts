import { selectAnnotations } from '../db/annotations';
import { selectClaimStatuses } from '../db/claim-statuses';
import { selectClaims } from '../db/claims';
import { database } from '../db/client';
import { selectCodes } from '../db/codebook';
import { lastEventId } from '../db/events';
import { selectFollowUps } from '../db/follow-ups';
import { selectMembers } from '../db/members';
import { selectNotes } from '../db/notes';
import { selectPasses } from '../db/passes';
import { selectProject } from '../db/projects';
import { selectProtectedSpans } from '../db/protected-passages';
import { selectSource, selectSources, selectSourceText } from '../db/sources';
import { selectSpeakers } from '../db/speakers/rows';
import { selectThreads } from '../db/threads';
import type { Grant } from '../lib/access/grant';
import type { Annotation } from '../lib/annotations/annotation';
import type { ProjectSnapshot, SourceSnapshot } from '../lib/live/snapshot';
import type { Thread } from '../lib/threads/thread';
import { notFound } from './edit';
import { recordReading } from './sources/looks';

const ALL = { limit: 10_000 };
/** What a page begins with of a list that it reads on by itself. */
const FIRST = 200;
const PAGE = 2_000;

/** Reads a list to its end, page after page. */
async function whole<T extends { id: string }>(
  read: (page: { limit: number; cursor?: string }) => Promise<T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const next = await read({ limit: PAGE, cursor: rows.at(-1)?.id });
    rows.push(...next);
    if (next.length < PAGE) return rows;
  }
}

const nextOf = (rows: readonly { id: string }[], first: number) =>
  rows.length < first ? null : (rows.at(-1)?.id ?? null);

/**
 * A project as a page first shows it, with at most so many claims and follow-ups at `first`. The event cursor is read first: what happens meanwhile comes again as an event.
 */
export async function loadProject(grant: Grant, first = FIRST): Promise<ProjectSnapshot> {
  const db = database();
  const after = await lastEventId(db, grant);
  const [project, members, sources, codes, speakers, notes, claims, claimStatuses, followUps, passes] =
    await Promise.all([
      selectProject(db, grant),
      selectMembers(db, grant),
      selectSources(db, grant, ALL),
      selectCodes(db, grant),
      selectSpeakers(db, grant),
      selectNotes(db, grant, {}, ALL),
      selectClaims(db, grant, {}, { limit: first }),
      selectClaimStatuses(db, grant),
      selectFollowUps(db, grant, {}, { limit: first }),
      selectPasses(db, grant),
    ]);
  const me = { id: grant.actor.userId, name: grant.actor.name };
  return {
    me,
    project,
    members,
    sources,
    codes,
    speakers,
    notes,
    claims,
    claimStatuses,
    followUps,
    passes,
    rest: { claims: nextOf(claims, first), followUps: nextOf(followUps, first) },
    lastEventId: after,
  };
}

/** A source with its clean html, marks, threads and note. @throws AppError not-found. */
export async function loadSource(grant: Grant, sourceId: string): Promise<SourceSnapshot> {
  const db = database();
  const after = await lastEventId(db, grant);
  const [source, text, annotations, threads, notes] = await Promise.all([
    selectSource(db, grant, sourceId),
    selectSourceText(db, grant, sourceId),
    whole<Annotation>((page) => selectAnnotations(db, grant, { source: sourceId }, page)),
    whole<Thread>((page) => selectThreads(db, grant, { source: sourceId }, page)),
    selectNotes(db, grant, { source: sourceId }, { limit: 1 }),
  ]);
  const [note] = notes;
  if (source === null || text === null || note === undefined) throw notFound('source');
  await recordReading(grant, sourceId);
  const protectedPassages = await selectProtectedSpans(db, grant, sourceId, text.version);
  return {
    source,
    html: text.html,
    version: text.version,
    protectedPassages,
    annotations,
    threads,
    note,
    lastEventId: after,
  };
}
