import type { Article } from './article';
import { articleFromFile } from './import-file';
import { articleFromText } from './import-text';
import { readArticle } from './read-article';

/** Something untrusted to be read; plain data, so that it can cross into a worker. */
export type ReadJob =
  | { readonly kind: 'page'; readonly html: string; readonly url: string | null }
  | { readonly kind: 'text'; readonly text: string; readonly title?: string | null }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array };

/** Reads it, in the thread it is called in. */
export function readJob(job: ReadJob): Article {
  if (job.kind === 'page') return readArticle(job.html, job.url);
  if (job.kind === 'text') return articleFromText(job.text, job.title);
  return articleFromFile(job.name, job.bytes);
}
