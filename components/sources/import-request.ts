import type { NewSource } from '@/lib/sources/source';
import { findTitle } from '@/lib/sources/title';

/** What a person gave to be brought in. */
export type Given =
  | { way: 'text'; text: string }
  | { way: 'url'; url: string }
  | { way: 'file'; file: File }
  | { way: 'page'; html: string; url: string | null };

/**
 * How it is to be saved: under which title, where the page furniture begins (UTF-16 units) if that is left out, and whether
 * without the comments that it has.
 */
export type Keep = { id: string; title: string; trimAt: number | null; leavesComments?: boolean };

export type CreateBody = (NewSource & { trimAt?: number }) | FormData;

/** The request that reads what was given without saving it. */
export function previewBody(given: Given): NewSource | FormData {
  if (given.way === 'text') return { title: findTitle(given.text) || 'Untitled', text: given.text };
  if (given.way === 'url') return { url: withScheme(given.url) };
  if (given.way === 'page') return { html: given.html, url: given.url ?? undefined };
  return form(given.file);
}

/** The request that saves a file as it is, under the title that it gives itself. */
export function fileBody(file: File, id: string): FormData {
  const body = form(file);
  body.set('id', id);
  return body;
}

/**
 * The request that saves what was given. An address takes no title, as the page has its own: when that was changed it
 * has to be put right afterwards (`titleComesLater`).
 */
export function createBody(given: Given, keep: Keep): CreateBody {
  const trim = keep.trimAt === null ? {} : { trimAt: keep.trimAt };
  if (given.way === 'text') return { id: keep.id, title: keep.title, text: given.text, ...trim };
  if (given.way === 'url') return { id: keep.id, url: withScheme(given.url), ...trim };
  if (given.way === 'page')
    return { id: keep.id, title: keep.title, html: given.html, url: given.url ?? undefined, ...trim };
  const body = form(given.file);
  body.set('id', keep.id);
  body.set('title', keep.title);
  if (keep.trimAt !== null) body.set('trimAt', String(keep.trimAt));
  if (keep.leavesComments) body.set('comments', 'leave');
  return body;
}

/** Whether the title has to be set once the source is saved. */
export function titleComesLater(given: Given, saved: string, wanted: string): boolean {
  return given.way === 'url' && saved !== wanted.trim();
}

/** People leave the scheme out. */
function withScheme(url: string): string {
  const clean = url.trim();
  return /^[a-z][a-z\d+.-]*:/i.test(clean) && !/^[^/:]+:\d+(?:\/|$)/.test(clean) ? clean : `https://${clean}`;
}

function form(file: File): FormData {
  const body = new FormData();
  body.set('file', file, file.name);
  return body;
}
