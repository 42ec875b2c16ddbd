import { exactOf } from '@/lib/annotations/span';
import type { Happening } from '@/lib/events/event';
import { targetOfThread } from '@/lib/threads/about';
import { plainText } from '@/lib/threads/mentions';
import { threadPath } from '@/lib/threads/thread-path';
import { shorten } from '@/lib/words/shorten';

/** An event as a sentence: *actor* `did` *thing* `after`, with a link for the thing where it has a page. */
export type EventWords = { did: string; thing: string | null; href: string | null; after: string | null };

/** How things that an event only names by id are called; `null` for what is gone. */
export type Names = { source(id: string): string | null };

const MARKED = {
  highlighting: 'highlighted',
  quoting: 'marked the quote',
  claiming: 'marked the claim',
  commenting: 'commented on',
  classifying: 'coded',
} as const;

export function codeWords(
  root: string,
  happening: Extract<Happening, { type: `code.${string}` }>,
): EventWords {
  const href = `${root}/codebook`;
  switch (happening.type) {
    case 'code.created':
      return words('added the code', happening.subject.name, href);
    case 'code.updated':
      return words('changed the code', happening.subject.name, href);
    case 'code.moved':
      return words('moved the code', happening.subject.name, href);
    case 'code.deleted':
      return words('removed the code', happening.subject.name);
    case 'code.recoded': {
      const { length } = happening.subject.annotations;
      return words(`changed the codes of ${length === 1 ? 'a mark' : `${length} marks`}`, null, href);
    }
    case 'code.reviewed': {
      const { name, confirmed } = happening.subject;
      const marks = confirmed === 1 ? 'a passage' : `${confirmed} passages`;
      return words('confirmed the code', name, href, `on ${marks}`);
    }
    default: {
      const { code, other } = happening.subject;
      const [did, between] = DEEDS[happening.type];
      return words(did, code.name, href, other === null ? null : `${between} “${other.name}”`);
    }
  }
}

const DEEDS = {
  'code.restored': ['brought back the code', ''],
  'code.merged': ['merged the code', 'into'],
  'code.unmerged': ['took apart again the code', 'from'],
  'code.split': ['split off the code', 'from'],
  'code.unsplit': ['put back the code', 'into'],
} as const;

export function words(
  did: string,
  thing: string | null = null,
  href: string | null = null,
  after: string | null = null,
): EventWords {
  return { did, thing, href, after };
}

export function projectWords(
  root: string,
  { name, readersComment, secondFactor }: About<'project.updated'>['subject'],
): EventWords {
  if (secondFactor !== undefined)
    return words(
      secondFactor ? 'asks members for a second factor in' : 'asks for no second factor any more in',
      name,
      root,
    );
  if (readersComment === undefined) return words('renamed the project to', name, root);
  return words(readersComment ? 'lets readers comment in' : 'lets readers comment no more in', name, root);
}

export function noteHref(root: string, note: { id: string; sourceId: string | null }): string {
  return note.sourceId ? `${root}/sources/${note.sourceId}` : `${root}/notes/${note.id}`;
}

export function versionWords({ type, subject }: About<`note.version-${string}`>): EventWords {
  if (type === 'note.version-created' && subject.kind === 'restored') {
    return words('brought back an earlier version of a note');
  }
  if (subject.name === null) return words('took the name of a version away');
  return words('named a version of a note', `“${subject.name}”`);
}

type About<T extends string> = Extract<Happening, { type: T }>;

const SPEAKER_DEEDS = {
  'speaker.created': ['named the speaker', null],
  'speaker.updated': ['changed what is known of', null],
  'speaker.deleted': ['took away the speaker', null],
  'speaker.restored': ['brought back the speaker', null],
  'speaker.merged': ['merged another speaker into', null],
  'speaker.separated': ['took', 'apart from whom they were merged into'],
} as const;

export function speakerWords(root: string, { type, subject }: About<`speaker.${string}`>): EventWords {
  const [did, after] = SPEAKER_DEEDS[type];
  return words(did, subject.name, `${root}/speakers/${subject.id}`, after);
}

/** A passage in quotation marks; one that has its own keeps them. */
const inQuotes = (passage: string) => (/^["“„«]/.test(passage) ? passage : `“${passage}”`);

export function annotationWords(
  root: string,
  { type, subject }: About<`annotation.${string}`>,
  names: Names,
): EventWords {
  const passage = inQuotes(told(exactOf(subject)));
  const href = `${root}/sources/${subject.sourceId}?mark=${subject.id}`;
  const source = names.source(subject.sourceId);
  const after = source ? `in ${source}` : null;
  if (type === 'annotation.deleted') return words('deleted the mark on', passage, null, after);
  if (type === 'annotation.restored') return words('restored the mark on', passage, href, after);
  if (type === 'annotation.updated') return words('changed the mark on', passage, href, after);
  return words(MARKED[subject.motivation], passage, href, after);
}

const DONE_TO_CLAIM = {
  edited: 'changed the claim',
  evidence: 'changed the evidence for',
  'signed-off': 'signed off the claim',
  unsigned: 'took back the sign-off of',
  reopened: 're-opened the claim',
} as const;

export function claimWords(root: string, { type, subject }: About<`claim.${string}`>): EventWords {
  const wording = `“${told(subject.wording)}”`;
  const href = `${root}/claims/${subject.id}`;
  if (type === 'claim.created') return words('stated the claim', wording, href);
  if (type === 'claim.deleted') return words('deleted the claim', wording);
  if (type === 'claim.restored') return words('restored the claim', wording, href);
  const after = subject.did === 'reopened' ? 'whose source has a new version' : null;
  return words(DONE_TO_CLAIM[subject.did ?? 'edited'], wording, href, after);
}

export function followUpWords(root: string, { type, subject }: About<`follow-up.${string}`>): EventWords {
  const wording = `“${told(subject.wording)}”`;
  const href = `${root}/follow-ups?open=${subject.id}`;
  if (type === 'follow-up.created')
    return words(subject.kind === 'question' ? 'wants to know' : 'set the task', wording, href);
  if (type === 'follow-up.deleted') return words('deleted the follow-up', wording);
  if (type === 'follow-up.restored') return words('restored the follow-up', wording, href);
  return words('changed the follow-up', wording, href);
}

const DONE_TO_PASS = {
  'pass.created': 'started the pass',
  'pass.updated': 'changed the pass',
  'pass.deleted': 'removed the pass',
  'pass.restored': 'brought back the pass',
  'pass.assigned': 'assigned sources in the pass',
  'pass.revealed': 'revealed the pass',
} as const;
const PROGRESSED = { 'not-started': 'took back a start', working: 'began', done: 'is done' } as const;

export function passWords(
  root: string,
  happening: Exclude<About<`pass.${string}`>, { type: 'pass.shown' }>,
  names: Names,
): EventWords {
  const { subject } = happening;
  const href = `${root}/passes/${subject.id}`;
  if (happening.type !== 'pass.progressed')
    return words(DONE_TO_PASS[happening.type], subject.name, happening.type === 'pass.deleted' ? null : href);
  const { sourceId, state } = happening.subject;
  const source = names.source(sourceId);
  return words(`${PROGRESSED[state]} in the pass`, subject.name, href, source && `with ${source}`);
}

const DONE_TO_DECISION = {
  'decision.updated': 'said why it was decided so about',
  'decision.undone': 'took back the decision about',
  'decision.restored': 'brought back the decision about',
  'decision.objected': 'objects to the decision about',
  'decision.settled': 'dealt with an objection about',
} as const;
const DECIDED_TO = {
  accept: 'accepted a coding of',
  merge: 'merged the codings of',
  third: 'coded otherwise',
  discuss: 'sent to discussion',
  codebook: 'asks for a change of the codebook about',
} as const;

export function decisionWords(
  root: string,
  { type, subject }: About<`decision.${string}`>,
  names: Names,
): EventWords {
  const did = type === 'decision.made' ? DECIDED_TO[subject.outcome] : DONE_TO_DECISION[type];
  const exact = subject.gold[0]?.exact;
  const source = names.source(subject.sourceId);
  const href = `${root}/passes/${subject.passId}/decisions?decision=${subject.id}`;
  return words(did, exact ? `“${told(exact)}”` : 'a disagreement', href, source && `in ${source}`);
}

const DECIDED = {
  accepted: 'confirmed the place of',
  placed: 'placed',
  orphaned: 'set aside as gone',
  reopened: 'opened again the place of',
} as const;

export function targetWords(
  root: string,
  { type, subject }: About<`source.targets-${string}`>,
  names: Names,
): EventWords {
  const count = subject.annotations.length;
  const marks = count === 1 ? 'a mark' : `${count} marks`;
  const source = names.source(subject.id);
  const did = type === 'source.targets-carried' ? 'carried on' : DECIDED[subject.decision];
  return words(did, marks, `${root}/sources/${subject.id}`, source ? `in ${source}` : null);
}

const WATCHED = {
  hour: 'every hour',
  'six-hours': 'every six hours',
  day: 'every day',
  week: 'every week',
} as const;

export function watchWords(
  root: string,
  { type, subject }: About<`source.watch-${string}`>,
  names: Names,
): EventWords {
  const source = names.source(subject.id) ?? 'a source';
  const href = `${root}/sources/${subject.id}`;
  if (type === 'source.watch-set')
    return words('has the page of', source, href, `watched ${WATCHED[subject.every]}`);
  if (type === 'source.watch-removed') return words('stopped watching', source, href);
  return words('can no longer watch', source, href, subject.stopped?.advice ?? null);
}

const DONE_TO_THREAD = {
  resolved: 'resolved',
  reopened: 'reopened',
  assigned: 'assigned',
  unassigned: 'took back from its person',
} as const;

const DONE_TO_COMMENT = {
  'thread.created': 'asked',
  'comment.created': 'replied',
  'comment.updated': 'edited the comment',
  'comment.deleted': 'deleted',
  'comment.restored': 'brought back',
  'comment.reacted': 'reacted to',
} as const;

export function threadWords(
  happening: About<'thread.created' | 'thread.updated' | `comment.${string}`>,
  names: Names,
): EventWords {
  const { subject } = happening;
  const source = subject.sourceId === null ? null : names.source(subject.sourceId);
  const about = targetOfThread(subject).type;
  const after = source ? `in ${source}` : about === 'annotation' ? null : `on a ${about}`;
  if (happening.type === 'thread.updated') {
    const did = DONE_TO_THREAD[happening.subject.did ?? (subject.resolved ? 'resolved' : 'reopened')];
    const to = did === 'assigned' && subject.assignee ? `to ${subject.assignee.name}` : after;
    return words(did, 'a discussion', threadPath(subject), to);
  }
  const commentId = 'commentId' in happening.subject ? happening.subject.commentId : undefined;
  const said =
    commentId === undefined
      ? subject.comments.at(happening.type === 'thread.created' ? 0 : -1)
      : subject.comments.find(({ id }) => id === commentId);
  const text = said === undefined ? '' : plainText(said.text, said.mentions);
  return words(
    DONE_TO_COMMENT[happening.type],
    text ? `“${told(text)}”` : 'a comment',
    threadPath(subject, said?.id),
    after,
  );
}

/** As many words of what somebody wrote as a line about it takes. */
export const told = (text: string): string => shorten(text, 90);
