import type { Event } from '@/lib/events/event';
import { quoteWithFaces } from '@/lib/speakers/face';
import type { Speaker } from '@/lib/speakers/speaker';
import { type Draft, mergeRevised, putAnnotation } from './merge';

type SpeakerNews = Extract<Event['happening'], { type: `speaker.${string}` }>;

/** Whether something happened to a speaker. */
export function isSpeakerNews(happening: Event['happening']): happening is SpeakerNews {
  return happening.type.startsWith('speaker.');
}

/** What happened to a speaker, and what their quotes are shown with since: marks hold the name, not the record. */
export function mergeSpeakerNews(draft: Draft, happening: SpeakerNews, at: number): void {
  if (happening.type === 'speaker.merged') {
    const { mergedId, ...speaker } = happening.subject;
    const gone = draft.base.speakers.get(mergedId);
    // By its event alone: whoever was merged says nothing of it themselves.
    if (gone !== undefined)
      mergeRevised(
        draft,
        'speakers',
        { ...gone, deleted: speaker.modified, revision: gone.revision + 1 },
        at,
      );
    mergeSpeaker(draft, speaker, at);
  } else if (happening.type === 'speaker.separated') {
    const { fromId: _, ...speaker } = happening.subject;
    mergeSpeaker(draft, speaker, at);
  } else mergeSpeaker(draft, happening.subject, at);
}

/** A speaker as they are now, in their record and in the quotes that are theirs. */
export function mergeSpeaker(draft: Draft, speaker: Speaker, at: number | null): void {
  mergeRevised(draft, 'speakers', speaker, at);
  if (draft.base.speakers.get(speaker.id) !== speaker) return;
  const theirs = new Set([speaker.id, ...speaker.merged.map(({ id }) => id)]);
  const faceOf = (id: string) => (theirs.has(id) ? speaker : undefined);
  for (const annotation of draft.base.annotations.values()) {
    if (annotation.quote === null) continue;
    const quote = quoteWithFaces(annotation.quote, faceOf);
    if (quote !== annotation.quote) putAnnotation(draft, { ...annotation, quote });
  }
}
