import type { Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { searchLater } from '../../db/search/later';
import type { Grant } from '../../lib/access/grant';
import { IMPORTED, type ImportReport } from '../../lib/exchange/import-report';
import type { Losses } from '../../lib/exchange/losses';
import { holdCodebook } from '../codebook/hold';
import { bringClaims, bringStatuses } from './bring-claims';
import { bringCode, finishCode } from './bring-codes';
import { bringFollowUps } from './bring-follow-ups';
import { bringMarks } from './bring-marks';
import { beginNotes, fillNotes } from './bring-notes';
import { beginPass, bringDecision, finishPass } from './bring-passes';
import { bringItem, bringSources, learnAddresses, linkSource, sourcesInParts } from './bring-sources';
import { bringSpeakers, finishSpeakers } from './bring-speakers';
import { bringThreads, threadIdHere } from './bring-threads';
import { bringVariable } from './bring-variables';
import { beginComing } from './coming';
import type { FileRead } from './read-job';
import { inParts, settleUp } from './settle-up';

/** Kinds of which a report speaks though none came. */
const ALWAYS: readonly string[] = ['Codes', 'Sources', 'Marks', 'Claims'];

/**
 * Brings what a file holds into the Grant's project, all of it or, where something is thrown, nothing: what is there already stays
 * as it is. All is of whoever brings it in, and called by who made it. Returns what came, and counts what could not in `losses`.
 */
export async function bringIn(
  tx: Transaction,
  grant: Grant,
  read: FileRead,
  losses: Losses,
): Promise<ImportReport['items']> {
  // A mark is written, coded and given to somebody: its row of the search is written once.
  return searchLater(tx, () => bringAll(tx, grant, read, losses));
}

async function bringAll(
  tx: Transaction,
  grant: Grant,
  { incoming, articles }: FileRead,
  losses: Losses,
): Promise<ImportReport['items']> {
  // Before any row, as everybody takes it.
  const coming = await beginComing(tx, grant, await holdCodebook(tx, grant), incoming, losses);
  for (const code of incoming.codes) await bringCode(coming, code);
  for (const mark of incoming.annotations) for (const key of mark.codes) await bringNamedCode(coming, key);
  for (const some of inParts(incoming.speakers)) await bringSpeakers(coming, some);
  // Names may be learnt of them from here on.
  await settleUp(coming);
  await learnAddresses(coming);
  const beside = new Map(incoming.notes.map((note) => [note.source, note.key]));
  const texts = incoming.sources.map((given, nth) => ({
    given,
    article: articles[nth] as FileRead['articles'][number],
    noteKey: beside.get(given.key),
  }));
  for (const some of sourcesInParts(texts)) await bringSources(coming, some);
  for (const source of incoming.sources) await linkSource(coming, source);
  for (const item of incoming.items) await bringItem(coming, item);
  for (const variable of incoming.variables) await bringVariable(coming, variable);
  await settleUp(coming);
  // Before the marks that were made in them.
  for (const one of incoming.passes) await beginPass(coming, one);
  // Nobody protects a passage meanwhile: each mark is judged by the passages there are.
  if (incoming.annotations.length > 0) await lockProject(tx, grant);
  for (const some of inParts(incoming.annotations)) await bringMarks(coming, some);
  await settleUp(coming);
  for (const some of inParts(incoming.speakers)) await finishSpeakers(coming, some);
  const statuses = await bringStatuses(coming, incoming.statuses, incoming.claims);
  for (const some of inParts(incoming.claims)) await bringClaims(coming, some, statuses);
  // All of them first: notes link to notes, and threads stand in them.
  for (const some of inParts(incoming.notes)) await beginNotes(coming, some);
  for (const some of inParts(incoming.threads)) await bringThreads(coming, some);
  for (const some of inParts(incoming.notes))
    await fillNotes(coming, some, (key) => threadIdHere(coming, key));
  for (const one of incoming.passes) {
    await finishPass(coming, one);
    for (const decision of one.decisions) await bringDecision(coming, decision);
  }
  for (const code of incoming.codes) await finishCode(coming, code);
  for (const some of inParts(incoming.followUps)) await bringFollowUps(coming, some);
  await settleUp(coming);
  return IMPORTED.map((what) => ({ what, ...coming.counts[what] })).filter(
    ({ what, added, there }) => ALWAYS.includes(what) || added + there > 0,
  );
}

/** A code that a mark has by its name alone. */
async function bringNamedCode(coming: Parameters<typeof bringCode>[0], key: string): Promise<void> {
  if (!key.startsWith('#') || coming.codes.has(key)) return;
  const bare = { definition: '', whenToUse: '', whenNot: '', colour: null, parent: null };
  await bringCode(coming, { ...bare, key, name: key.slice(1) });
}
