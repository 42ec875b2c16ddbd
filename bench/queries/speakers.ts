import { person } from './prose';
import type { Random } from './random';

const SPEAKERS = 400;

/** Rows of people who are quoted, each under a name of their own, and of what they are called. */
export function speakerRows(
  { projectId, creatorId, at }: { projectId: string; creatorId: string; at: string },
  prose: Random,
  id: () => string,
) {
  const speakers = Array.from({ length: SPEAKERS }, (_, n) => {
    const speakerId = id();
    const name = `${person(prose)} ${n}`;
    return {
      ...{ id: speakerId, root_id: speakerId, project_id: projectId, kind: 'Person', name },
      ...{ aliases: [name.split(' ').slice(1).join(' ')], role: '', affiliation: '', is_protected: false },
      ...{ sort_name: name.toLowerCase(), creator_id: creatorId, created: at, modified: at, revision: 1 },
    };
  });
  const names = speakers.map(({ id: speaker_id, name }) => ({
    ...{ project_id: projectId, folded: name.toLowerCase(), speaker_id },
  }));
  return { speakers, names };
}

/** What the row of a quote has beside its passage: nothing for a mark that is none. */
export function quoteRow(prose: Random, isQuote: boolean, speakers: readonly { id: string; name: string }[]) {
  if (!isQuote) return { quote: null, speaker_id: null, written: '' };
  const speaker = prose.next() < 0.1 ? null : prose.pickFirst(speakers);
  const hedges = prose.next() < 0.2 ? ['reportedly'] : [];
  const chain =
    prose.next() < 0.2
      ? [{ role: 'document', label: 'a draft report', sourceId: null, speakerId: null }]
      : [];
  const level = prose.next() < 0.2 ? 'background' : null;
  return {
    quote: { style: 'direct', hedged: hedges.length > 0, hedges, chain, level },
    speaker_id: speaker?.id ?? null,
    written: speaker?.name ?? '',
  };
}
