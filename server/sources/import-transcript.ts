import { type CleanNode, element, ROOT, text } from '../../lib/sources/clean-tree';
import { readTranscript, type Turn, timeWords, transcriptKind } from '../../lib/sources/transcript';
import type { Article } from './article';
import { settle } from './clean-html';

function paragraph({ start, speaker, text: words }: Turn): CleanNode {
  const said = words
    .split('\n')
    .flatMap((line, at) => (at === 0 ? [text(line)] : [element('br', []), text(line)]));
  const voice = speaker === null ? [] : [element('strong', [text(`${speaker}:`)]), text(' ')];
  return element('p', [element('small', [text(`[${timeWords(start)}]`)]), text(' '), ...voice, ...said]);
}

/**
 * An article from captions with times (WebVTT or SRT): a paragraph for each turn, that begins with its time. `null` for
 * any other text, and for captions without words.
 */
export function articleFromTranscript(source: string, title: string): Article | null {
  const kind = transcriptKind(source);
  if (kind === null) return null;
  const { turns, notes, ...facts } = readTranscript(source, kind);
  if (turns.length === 0) return null;
  return {
    title: facts.title ?? title,
    byline: null,
    siteName: null,
    publishedAt: null,
    language: facts.language,
    canonicalUrl: null,
    ...(notes > 0 && {
      leftOut: [notes === 1 ? 'A note in the captions.' : `${notes} notes in the captions.`],
    }),
    ...settle(element(ROOT, turns.map(paragraph))),
  };
}
