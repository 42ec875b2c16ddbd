import { selectAnnotation, selectAnnotations } from '../../db/annotations';
import { selectClaimStatuses } from '../../db/claim-statuses';
import { selectClaim, selectClaims } from '../../db/claims';
import type { Db } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectDecisions } from '../../db/decisions';
import { selectFollowUps } from '../../db/follow-ups';
import { selectMembers } from '../../db/members';
import { loadNote } from '../../db/note-log';
import { selectSignOffs } from '../../db/note-sign-offs';
import { selectNotes } from '../../db/notes';
import { selectPasses } from '../../db/passes';
import { selectProject } from '../../db/projects';
import { selectSourceFile, selectSourcePlaces } from '../../db/source-files';
import { selectSources, selectSourceText } from '../../db/sources';
import { selectSpeakers } from '../../db/speakers/rows';
import { selectThreads } from '../../db/threads';
import { selectValuesOf, selectVariables } from '../../db/variables';
import type { Grant } from '../../lib/access/grant';
import { noteKeyOf } from '../../lib/access/note-key';
import { exactOf } from '../../lib/annotations/span';
import { type NoteNode, noteTree } from '../../lib/exchange/note-tree';
import type { Only } from '../../lib/exchange/only';
import type { CitedPassage, ExportRecord, PdfFile, RecordOf, Skipped } from '../../lib/exchange/record';
import type { Note } from '../../lib/notes/note';
import { salvage } from '../../lib/notes/salvage';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import type { Pass } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { titleAt } from '../../lib/sources/page-at';
import type { Source } from '../../lib/sources/source';
import type { Thread } from '../../lib/threads/thread';
import { readAgreements } from '../adjudication/kept-agreement';
import { mayOpenFile } from '../sources/looks';

/** Rows that are read at once. */
const PAGE = 500;

/** All of a list, page after page. */
async function* each<T extends { id: string }>(
  read: (page: { limit: number; cursor?: string }) => Promise<T[]>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  for (;;) {
    const rows: T[] = await read({ limit: PAGE, ...(cursor && { cursor }) });
    yield* rows;
    if (rows.length < PAGE) return;
    cursor = rows.at(-1)?.id;
  }
}

async function all<T extends { id: string }>(read: Parameters<typeof each<T>>[0]): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of each(read)) rows.push(row);
  return rows;
}

/** What reads a project for an export: as the Grant's holder sees it, at the moment that `db` reads as of. */
export type Reading = {
  readonly db: Db;
  readonly grant: Grant;
  /** When it was asked for (ISO 8601). */
  readonly made: string;
  /** The address of the instance without a slash at its end; empty where it is not known. */
  readonly base: string;
  /** The one thing that is wanted, with its marks and discussions; what else there is of codes and people comes as ever. */
  readonly only?: Only | null;
};

/**
 * The records of a project, as `lib/exchange/record.ts` orders them. Marks come through `visibleTo` and names through the faces of
 * speakers, as everywhere: what its asker may not see is in no export.
 */
export async function* readProject(reading: Reading, skip: Skipped = []): AsyncGenerator<ExportRecord> {
  const { db, grant, made, base, only = null } = reading;
  const { id, name } = await selectProject(db, grant);
  yield { kind: 'project', id, name, exported: made, base };
  const members = await selectMembers(db, grant);
  for (const { userId, name: called, email } of members)
    yield { kind: 'person', person: { id: userId, name: called, email } };
  for (const code of await selectCodes(db, grant)) yield { kind: 'code', code };
  for (const status of await selectClaimStatuses(db, grant)) yield { kind: 'status', status };
  for (const speaker of await selectSpeakers(db, grant))
    if (speaker.deleted === null) yield { kind: 'speaker', speaker };
  for (const variable of await selectVariables(db, grant))
    yield { kind: 'variable', variable, values: await selectValuesOf(db, grant, variable.id) };
  const sources = await all((page) => selectSources(db, grant, page));
  const wanted = only === null ? sources : sources.filter(({ id: source }) => source === only.id);
  if (!skip.includes('source')) yield* readSources(reading, wanted, skip);
  yield* readRest(reading, sources, members, only === null ? skip : [...skip, 'claim', 'follow-up']);
  if (only !== null) return;
  for (const pass of await selectPasses(db, grant)) yield await readPass(reading, pass);
}

/** Claims, notes, threads and follow-ups. */
async function* readRest(
  reading: Reading,
  sources: readonly Source[],
  members: readonly { userId: string; name: string }[],
  skip: Skipped,
): AsyncGenerator<ExportRecord> {
  const { db, grant, only = null } = reading;
  const isWanted = (id: string) => only === null || only.id === id;
  const reads = (kind: Skipped[number]) => !skip.includes(kind);
  if (reads('claim'))
    for await (const claim of each((page) => selectClaims(db, grant, {}, page)))
      yield { kind: 'claim', claim };
  if (reads('note')) {
    const titles = new Map(sources.map((source) => [source.id, source]));
    const notes = await all((page) => selectNotes(db, grant, {}, page));
    const names = new Map<string, string>([
      ...sources.map((source) => [source.id, source.title] as const),
      ...notes.map((note) => [note.id, note.title] as const),
      ...members.map((member) => [member.userId, member.name] as const),
    ]);
    for (const note of notes) if (isWanted(note.id)) yield await readNote(reading, note, { titles, names });
  }
  if (reads('thread'))
    for await (const thread of each((page) => selectThreads(db, grant, {}, page)))
      if (isWanted(placeOf(thread))) yield { kind: 'thread', thread };
  if (reads('follow-up'))
    for await (const followUp of each((page) => selectFollowUps(db, grant, {}, page)))
      yield { kind: 'follow-up', followUp };
}

/** What a discussion goes out with: the note or the source that it stands in. */
function placeOf({ noteId, claimId, codeId, sourceId }: Thread): string {
  return noteId ?? (claimId || codeId ? '' : (sourceId ?? ''));
}

/** A pass with what was decided in it, where its reader may see that: of a blind one, before the reveal, whoever leads it alone. */
async function readPass({ db, grant }: Reading, pass: Pass): Promise<RecordOf<'pass'>> {
  if (isHiding(pass) && pass.lead.id !== grant.actor.userId) return { kind: 'pass', pass };
  const decisions = await selectDecisions(db, grant, pass.id);
  return { kind: 'pass', pass, decisions, agreement: await readAgreements(db, grant, pass) };
}

async function readPdf({ db, grant }: Reading, sourceId: string): Promise<PdfFile | null> {
  const file = await selectSourceFile(db, grant, sourceId);
  const kept = file && (await selectSourcePlaces(db, grant, sourceId, file.version));
  if (!file || !kept) return null;
  await mayOpenFile(grant, sourceId, 'export');
  const { version: _, ...places } = kept;
  const { contentType, hash, bytes } = file;
  return { contentType, hash, bytes, places };
}

async function* readSources(
  reading: Reading,
  sources: readonly Source[],
  skip: Skipped,
): AsyncGenerator<ExportRecord> {
  const { db, grant } = reading;
  for (const source of sources) {
    const read = await selectSourceText(db, grant, source.id);
    const pdf = source.text.pageStarts === null ? {} : { pdf: () => readPdf(reading, source.id) };
    yield { kind: 'source', source, text: read?.text ?? '', html: read?.html ?? '', ...pdf };
    if (skip.includes('annotation')) continue;
    const marks = each((page) => selectAnnotations(db, grant, { source: source.id }, page));
    for await (const annotation of marks) yield { kind: 'annotation', annotation };
  }
}

type Titles = { titles: ReadonlyMap<string, Source>; names: ReadonlyMap<string, string> };

async function readNote(reading: Reading, note: Note, { titles, names }: Titles): Promise<RecordOf<'note'>> {
  const { db, grant } = reading;
  const { doc } = salvage(await loadNote(db, noteKeyOf(grant, note.id)));
  const content = noteTree(doc.getXmlFragment(NOTE_FRAGMENT));
  const passages: Record<string, CitedPassage> = {};
  const called: Record<string, string> = {};
  for (const { type, attrs = {} } of inlineOf(content)) {
    if (type === 'quoteChip' && typeof attrs.annotationId === 'string') {
      const passage = await readPassage(reading, attrs.annotationId, titles);
      if (passage) passages[attrs.annotationId] = passage;
    } else if (type === 'reference' && typeof attrs.id === 'string') {
      const known = attrs.kind === 'claim' ? await wordingOf(reading, attrs.id) : names.get(attrs.id);
      if (known !== undefined) called[attrs.id] = known;
    }
  }
  const signOffs = await selectSignOffs(db, grant, note.id);
  return { kind: 'note', note, content, passages, names: called, signOffs };
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

async function wordingOf({ db, grant }: Reading, id: string): Promise<string | undefined> {
  const claim = ID.test(id) ? await selectClaim(db, grant, id) : null;
  return claim?.deleted === null ? claim.wording : undefined;
}

async function readPassage(
  { db, grant, base }: Reading,
  id: string,
  titles: Titles['titles'],
): Promise<CitedPassage | null> {
  const annotation = ID.test(id) ? await selectAnnotation(db, grant, id) : null;
  const source = annotation?.deleted === null ? titles.get(annotation.sourceId) : undefined;
  if (annotation === null || source === undefined) return null;
  const inGloss = base === '' ? '' : `${base}/projects/${grant.projectId}/sources/${source.id}`;
  return {
    exact: exactOf(annotation),
    speaker: annotation.quote?.speaker ?? '',
    sourceId: source.id,
    sourceTitle: titleAt(source, annotation),
    url: source.url ?? inGloss,
  };
}

function* inlineOf(nodes: readonly NoteNode[]): Generator<NoteNode> {
  for (const node of nodes) {
    yield node;
    yield* inlineOf(node.content ?? []);
  }
}
