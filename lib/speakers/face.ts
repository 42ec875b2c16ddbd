import type { Annotation } from '../annotations/annotation';
import type { QuoteDetails } from '../annotations/quote';
import type { Happening } from '../events/event';
import { keyOf } from './names';
import type { Speaker } from './speaker';

/** What stands for a speaker wherever somebody reads: the one name that may be shown. */
export type Face = { readonly id: string; readonly name: string; readonly isProtected: boolean };

/**
 * The protected speakers of a project, for what was written down before they were: `faces` by the ids of each and of those
 * merged into it; for quotes older than speakers, `names` by what they are or were called, and `marks` by the ids of the marks
 * that are theirs now. Never sent to anybody.
 */
export type Protected = {
  readonly faces: ReadonlyMap<string, Face>;
  readonly names: ReadonlyMap<string, Face>;
  readonly marks: ReadonlyMap<string, Face>;
};

/** A quote with the names that may be shown: of whoever has a record, the one the record shows. */
export function quoteWithFaces(
  quote: QuoteDetails,
  faceOf: (speakerId: string) => Face | undefined,
): QuoteDetails {
  const face = quote.speakerId === null ? undefined : faceOf(quote.speakerId);
  const chain = quote.chain.some(({ speakerId }) => speakerId !== null && faceOf(speakerId) !== undefined)
    ? quote.chain.map((link) => {
        const name = link.speakerId === null ? undefined : faceOf(link.speakerId)?.name;
        return name === undefined ? link : { ...link, label: name };
      })
    : quote.chain;
  if (face === undefined) return chain === quote.chain ? quote : { ...quote, chain };
  return { ...quote, chain, speaker: face.name, written: face.isProtected ? '' : quote.written };
}

type Mark = Pick<Annotation, 'id' | 'quote'>;

/** Whether a quote names its speaker by words alone, as all did before there were speakers. */
const isOld = ({ quote }: Mark) => quote !== null && quote.speakerId === null && quote.speaker !== '';

function hideInMark<T extends Mark>(mark: T, secret: Protected): T {
  if (mark.quote === null) return mark;
  const known = quoteWithFaces(mark.quote, (id) => secret.faces.get(id));
  const old = isOld(mark)
    ? (secret.names.get(keyOf(mark.quote.speaker)) ?? secret.marks.get(mark.id))
    : undefined;
  return { ...mark, quote: old === undefined ? known : { ...known, speaker: old.name, written: '' } };
}

/** The ids of the marks in an event whose quotes are older than speakers. */
export function oldQuotesIn({ type, subject }: Happening): string[] {
  switch (type) {
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
      return isOld(subject) ? [subject.id] : [];
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded':
      return subject.annotations.filter(isOld).map(({ id }) => id);
    default:
      return [];
  }
}

/** A speaker as one who became protected is told of: nothing that was known before. */
export function hideInSpeaker<T extends Speaker>(speaker: T, face: Face | undefined): T {
  if (face === undefined) return speaker;
  const merged = speaker.merged.map(({ id }) => ({ id, name: '' }));
  const bare = { aliases: [], role: '', affiliation: '', affiliationId: null, firstMentionId: null };
  return { ...speaker, ...bare, merged, name: face.name, isProtected: true };
}

/** Stands for a search that was kept and names somebody who is protected by now. */
export const HIDDEN_QUERY = 'A search that names a protected speaker';

/** Whether a search has a word of a name that is protected: what it found beside that would tell whose words they are. */
export function namesProtected(q: string, { names }: Protected): boolean {
  const wordsOf = (text: string) => keyOf(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const secret = new Set([...names.keys()].flatMap(wordsOf));
  return wordsOf(q).some((word) => secret.has(word));
}

/**
 * What happened, without the names of speakers who are protected by now: the log keeps what was written at its time, and
 * whoever reads it today reads as of today.
 */
export function withoutIdentities(happening: Happening, secret: Protected): Happening {
  if (secret.faces.size === 0) return happening;
  switch (happening.type) {
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
    case 'annotation.restored':
      return { ...happening, subject: hideInMark(happening.subject, secret) } as Happening;
    case 'source.targets-carried':
    case 'source.targets-decided':
    case 'code.recoded': {
      const annotations = happening.subject.annotations.map((mark) => hideInMark(mark, secret));
      return { ...happening, subject: { ...happening.subject, annotations } } as Happening;
    }
    case 'speaker.created':
    case 'speaker.updated':
    case 'speaker.deleted':
    case 'speaker.restored':
    case 'speaker.merged':
    case 'speaker.separated': {
      const { subject } = happening;
      return { ...happening, subject: hideInSpeaker(subject, secret.faces.get(subject.id)) } as Happening;
    }
    case 'note.query-frozen': {
      const { subject } = happening;
      return namesProtected(subject.q, secret)
        ? { ...happening, subject: { ...subject, q: HIDDEN_QUERY, total: null } }
        : happening;
    }
    default:
      return happening;
  }
}
