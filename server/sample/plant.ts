import { parseUpdateMeta } from 'yjs';
import { database } from '../../db/client';
import { appendUpdates } from '../../db/note-log';
import type { Actor } from '../../lib/access/actor';
import type { Grant } from '../../lib/access/grant';
import { noteKeyOf } from '../../lib/access/note-key';
import { EMPTY_QUOTE } from '../../lib/annotations/attribution';
import { addDays } from '../../lib/follow-ups/due';
import { newId } from '../../lib/new-id';
import { buildNote, type NoteBlock } from '../../lib/notes/note-content';
import { authorize } from '../access/authorize';
import { createAnnotation } from '../annotations';
import { createClaim } from '../claims/create-claim';
import { createCode } from '../codebook';
import { createFollowUp } from '../follow-ups/create-follow-up';
import { addMember } from '../members';
import { keepPoint } from '../note-versions/keep-point';
import { listNotes, settleNote } from '../notes';
import { addUser } from '../people';
import { createProject, createTeam } from '../projects';
import { storeSource } from '../sources';
import { articleFromText } from '../sources/import-text';
import { createThread } from '../threads';
import { createComment } from '../threads/comments';
import { SAMPLE_BYLINE, SAMPLE_SITE, SAMPLE_TEXT, SAMPLE_TITLE } from './article';
import { SAMPLE_CLAIMS, SAMPLE_FOLLOW_UPS } from './ledger';
import { SAMPLE_CODES, SAMPLE_COLLEAGUE, SAMPLE_MARKS, SAMPLE_NOTE, type SamplePerson } from './marks';

type Person = { id: string; name: string; email: string };

function actorFor(person: Person): Actor {
  return {
    userId: person.id,
    name: person.name,
    email: person.email,
    via: { kind: 'session', id: person.id },
    scopes: ['read', 'write'],
    ip: null,
  };
}

type Planted = { markId: string; lastCommentId: string | null };

/** Makes the marks in their order, with what is said about them; answers them by place in the list. */
async function plantMarks(grants: Record<SamplePerson, Grant>, sourceId: string): Promise<Planted[]> {
  const codes = new Map<string, string>();
  for (const code of SAMPLE_CODES) codes.set(code.name, (await createCode(grants['first user'], code)).id);
  const planted: Planted[] = [];
  for (const mark of SAMPLE_MARKS) {
    const annotation = await createAnnotation(grants[mark.by], {
      sourceId,
      motivation: mark.motivation,
      selector: [{ type: 'TextQuoteSelector', exact: mark.exact, prefix: '', suffix: '' }],
      body: mark.body === undefined ? null : { type: 'TextualBody', value: mark.body },
      codeIds: (mark.codes ?? []).map((name) => codes.get(name) as string),
      quote: mark.quote ? { ...EMPTY_QUOTE, ...mark.quote } : null,
    });
    const [first, ...replies] = mark.thread ?? [];
    let lastCommentId: string | null = null;
    if (first !== undefined) {
      const thread = await createThread(grants[first.by], { annotationId: annotation.id, text: first.text });
      for (const reply of replies)
        lastCommentId = (await createComment(grants[reply.by], thread.id, { text: reply.text })).id;
    }
    planted.push({ markId: annotation.id, lastCommentId });
  }
  return planted;
}

/** Makes the claims that rest on the marks, and what is still to be asked and done. */
async function plantLedger(grants: Record<SamplePerson, Grant>, planted: readonly Planted[]): Promise<void> {
  for (const { by, evidence, ...claim } of SAMPLE_CLAIMS)
    await createClaim(grants[by], {
      ...claim,
      evidence: evidence.map(({ mark, ...one }) => ({
        ...one,
        annotationId: planted[mark]?.markId as string,
      })),
    });
  for (const { by, owner, mark, isOfComment = false, days, ...followUp } of SAMPLE_FOLLOW_UPS) {
    const { markId, lastCommentId } = planted[mark] as Planted;
    await createFollowUp(grants[by], {
      ...followUp,
      owner: grants[owner].actor.userId,
      due: addDays(new Date().toISOString().slice(0, 10), days),
      raisedBy: isOfComment
        ? { type: 'comment', id: lastCommentId as string }
        : { type: 'annotation', id: markId },
    });
  }
}

/** The sample's note with the ids of its marks in it. */
function noteBlocks(markIds: readonly string[]): NoteBlock[] {
  return SAMPLE_NOTE.map((block) =>
    block.kind === 'heading'
      ? { type: 'heading', level: block.level, content: [block.text] }
      : {
          type: 'paragraph',
          content: block.runs.map((run) =>
            typeof run === 'string' ? run : { chip: markIds[run.mark] as string },
          ),
        },
  );
}

/** Makes a first team, project and source, marked up and written about, so that the first screen is alive. */
export async function plantSample(person: Person): Promise<void> {
  const actor = actorFor(person);
  const team = await createTeam(actor, { name: 'The desk' });
  const project = await createProject(actor, { name: 'The Varn crossing', teamId: team.id });
  const colleague = await addUser({ email: 'noor@gloss.local', name: SAMPLE_COLLEAGUE });
  const owner = await authorize(actor, 'member.add', project.id);
  await addMember(owner, { email: colleague.email, role: 'editor' });
  const grants = {
    'first user': owner,
    colleague: await authorize(actorFor(colleague), 'annotation.create', project.id),
  };
  const article = articleFromText(SAMPLE_TEXT, SAMPLE_TITLE);
  const source = await storeSource(
    owner,
    { ...article, byline: SAMPLE_BYLINE, siteName: SAMPLE_SITE, language: 'en', url: null },
    newId(),
  );
  const planted = await plantMarks(grants, source.id);
  await plantLedger(grants, planted);
  const markIds = planted.map(({ markId }) => markId);
  const [note] = (await listNotes(owner, { source: source.id, limit: 1 })).items;
  if (note === undefined) throw new Error('The sample has no note');
  const blocks = noteBlocks(markIds);
  const key = noteKeyOf(owner, note.id);
  const update = buildNote(blocks);
  const claims = [...parseUpdateMeta(update).from.keys()].map((clientId) => ({ clientId, announced: true }));
  await appendUpdates(database(), [{ key, entries: [{ update, userId: person.id, claims }] }], 'sample');
  const words = blocks.map((block) =>
    block.content.map((part) => (typeof part === 'string' ? part : '')).join(''),
  );
  await settleNote(key, { text: words.join('\n'), annotationIds: markIds, userIds: [person.id] });
  await keepPoint(key, [person.id]);
}
