import type { Correction } from '../../lib/sources/version';
import type { Article } from './article';
import { correctText, correctWhole } from './correct-text';
import { articleFromFile } from './import-file';
import { articleFromText } from './import-text';
import { readArticle } from './read-article';

/** Something untrusted to be read; plain data, so that it can cross into a worker. */
export type ReadJob =
  | { readonly kind: 'page'; readonly html: string; readonly url: string | null; readonly withPage?: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly title?: string | null }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** Stored html whose text is corrected: a passage of it, or the whole. */
  | { readonly kind: 'correction'; readonly html: string; readonly correction: Correction }
  | { readonly kind: 'corrected'; readonly html: string; readonly text: string };

const NO_FACTS = {
  title: '',
  byline: null,
  siteName: null,
  publishedAt: null,
  language: null,
  canonicalUrl: null,
};

/** Reads it, in the thread it is called in. */
export async function readJob(job: ReadJob): Promise<Article> {
  if (job.kind === 'page') return readArticle(job.html, job.url, { withPage: job.withPage });
  if (job.kind === 'text') return articleFromText(job.text, job.title);
  if (job.kind === 'correction') return { ...NO_FACTS, ...correctText(job.html, [job.correction]) };
  if (job.kind === 'corrected') return { ...NO_FACTS, ...correctWhole(job.html, job.text) };
  return articleFromFile(job.name, job.bytes);
}
