import { AppError } from '../../lib/errors';
import type { Source } from '../../lib/sources/source';
import type { NewSourceVersion } from '../../lib/sources/version';
import { type Read, readGiven, trimmed } from './read-given';
import { runReader } from './run-reader';

/** A text that is to be the next version, and what is known about the source by it. */
export type Text = Pick<Read, 'html' | 'text' | 'origin' | 'pdf' | 'places' | 'discussions'> & {
  readonly known: { title?: string; url?: string };
};

/** Reads what a source is given as its next version; `html` is what it is now. @throws AppError invalid, and what the fetcher and the readers throw. */
export async function readNext(
  source: Source,
  html: string,
  input: NewSourceVersion,
  signal: AbortSignal | undefined,
): Promise<Text> {
  if ('correction' in input || 'corrected' in input) {
    const article = await runReader(
      'correction' in input
        ? { kind: 'correction', html, correction: input.correction }
        : { kind: 'corrected', html, text: input.corrected },
      { signal },
    );
    const origin = { how: 'correction', finalUrl: null, responseHeaders: null } as const;
    return { ...trimmed({ ...article, url: null, origin }, undefined), known: {} };
  }
  const { trimAt } = input;
  if ('text' in input) {
    const title = input.title ?? source.title;
    const read = await readGiven({ title, text: input.text }, signal);
    return { ...trimmed(read, trimAt), known: { title: input.title } };
  }
  if ('html' in input) {
    const read = await readGiven({ html: input.html, url: input.url ?? source.url ?? undefined }, signal);
    return { ...trimmed(read, trimAt), known: { url: input.url } };
  }
  if ('file' in input) {
    const read = await readGiven({ title: input.title, file: input.file }, signal);
    const leaves = input.comments === 'leave' && { discussions: [] };
    return { ...trimmed(read, trimAt), ...leaves, known: { title: input.title } };
  }
  const given = 'url' in input ? input.url : undefined;
  const url = given ?? source.url;
  if (url === null)
    throw new AppError(
      'invalid',
      'This source did not come from a web address. Give one, or the new text or file.',
    );
  const read = await readGiven({ url }, signal);
  const known = { url: given === undefined ? undefined : (read.url ?? undefined) };
  return { ...trimmed(read, trimAt), known };
}
