import type { AttributionLevel, ChainLink, LinkRole } from '../annotations/quote';

/** What may be done with what was said, in a name and a sentence. */
export const LEVELS: Record<AttributionLevel, { readonly name: string; readonly means: string }> = {
  'on-record': { name: 'On the record', means: 'May be published, with their name.' },
  background: {
    name: 'On background',
    means: 'May be published, but not with their name: only under a description that was agreed with them.',
  },
  'deep-background': {
    name: 'On deep background',
    means: 'May be used, but not given to anybody: as if we knew it by ourselves.',
  },
  'off-record': {
    name: 'Off the record',
    means: 'May not be published. It may help to find it out elsewhere.',
  },
};

export const LINK_NAMES: Record<LinkRole, string> = {
  speaker: 'Somebody',
  document: 'A document',
  outlet: 'An outlet',
  source: 'Another source',
};

/** How the words came to us, link by link: "Karl Berg ← draft report ← The Post ← A day in May". */
export function chainWords(
  speaker: string,
  chain: readonly ChainLink[],
  nameOf: (link: ChainLink) => string,
  source: string,
): string {
  return [speaker || 'Somebody', ...chain.map(nameOf), source].join(' ← ');
}
