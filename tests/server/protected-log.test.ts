import '@/tests/support/test-environment';
import { expect, it } from 'vitest';
import { insertEvent } from '@/db/events';
import { selectProtected } from '@/db/speakers/identities';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Happening } from '@/lib/events/event';
import type { Speaker } from '@/lib/speakers/speaker';
import { ask, grantOf } from '@/tests/support/instance';
import { annotator, database, owner, projectId, sourceId } from '@/tests/support/one-source';

const here = (body?: object, params: Record<string, string> = {}) => ({
  params: { projectId, ...params },
  body,
});
const quote = (exact: string, speaker: string) =>
  ask<Annotation>(
    'annotation.create',
    owner,
    here({
      sourceId,
      motivation: 'quoting',
      selector: [{ type: 'TextQuoteSelector', exact }],
      quote: { speaker },
    }),
  );
/** What the log of a program without speakers says of a mark. */
const tellAsOf = async (mark: Annotation, speaker: string) => {
  const subject = { ...mark, quote: { speaker, style: 'direct', hedged: false } };
  const happening = { type: 'annotation.updated', subject } as unknown as Happening;
  await database.db.transaction((tx) => insertEvent(tx, grantOf(owner, projectId), happening));
};
const change = (speakerId: string, body: object) =>
  ask<Speaker>('speaker.update', owner, here(body, { speakerId }));
const log = async () =>
  JSON.stringify(
    await ask('event.list', annotator, { params: { projectId }, query: { limit: 500 } }),
  ).normalize();

it('the log names a protected speaker by no spelling, and by no name that was taken from them before or since', async () => {
  const theirs = await quote('We found no records', 'Ørsted Groß');
  const other = await quote('The ministry denied it', 'Somebody Else');
  const speakerId = theirs.quote?.speakerId ?? '';
  await change(speakerId, { aliases: ['Xanadu Before'] });
  await change(speakerId, { aliases: [] });
  // Which to the search is the same name.
  await tellAsOf(theirs, 'Orsted Gross');
  await tellAsOf(other, 'Xanadu Before');
  await tellAsOf(other, 'Xanadu Since');
  await tellAsOf(other, 'Somebody Else');
  expect(await log()).toMatch(/Orsted Gross.*Xanadu Before.*Xanadu Since/);
  await ask('speaker.protect', owner, here({ pseudonym: 'A clerk' }, { speakerId }));
  await change(speakerId, { aliases: ['Xanadu Since'] });
  await change(speakerId, { aliases: [] });
  const told = await log();
  expect(told).not.toMatch(/[ØO]rsted|Gro(ß|ss)|Xanadu/iu);
  expect(told).toContain('Somebody Else');
  // The pseudonym is no secret.
  expect(told).toContain('A clerk');
  const secret = await selectProtected(database.db, { projectId });
  expect([...secret.names.keys()].sort()).toEqual(['xanadu before', 'xanadu since', 'ørsted groß']);
  const identity = await ask('speaker.identity', owner, here(undefined, { speakerId }));
  expect(identity).toMatchObject({ name: 'Ørsted Groß', aliases: [] });
  expect(identity).not.toHaveProperty('former');
});
