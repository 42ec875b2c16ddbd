import { EMPTY_QUOTE, MOST_LINKS } from '../annotations/attribution';
import type { ChainLink, QuoteDetails } from '../annotations/quote';
import type { Proposal } from './proposal';

/** Words for things that somebody wrote down. */
const DOCUMENT =
  /\b(?:audit|complaint|copy|diary|documents?|draft|e-?mails?|filings?|files?|indictment|lawsuit|letters?|memo(?:randum|s)?|minutes|note|papers?|records?|reports?|rapport|lettre|note|statement|study|testimony|transcripts?)\b/iu;

/** What a link of a proposal's chain most likely is: what is written down, or whoever is named. */
function linkFrom(label: string): ChainLink {
  const role = DOCUMENT.test(label) || !/^(?:the\s+|le\s+|la\s+)?\p{Lu}/u.test(label) ? 'document' : 'outlet';
  return { role, label: label.slice(0, 300), sourceId: null, speakerId: null };
}

/** A proposal as it is kept once somebody accepts it, with its hedge, its chain, and the name as the rules read it. */
export function quoteFrom(proposal: Proposal, speaker: string): QuoteDetails {
  return {
    ...EMPTY_QUOTE,
    speaker,
    written: speaker === '' ? '' : proposal.written.slice(0, 200),
    style: proposal.style,
    hedged: proposal.hedged,
    hedges: proposal.hedge === null ? [] : [proposal.hedge.toLowerCase().slice(0, 80)],
    chain: proposal.chain.slice(0, MOST_LINKS).map(linkFrom),
  };
}
