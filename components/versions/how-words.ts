import type { How } from '@/lib/sources/version';

/** How the text of a version came in. */
export const HOW_WORDS: Record<How, string> = {
  url: 'fetched from its address',
  html: 'given as a web page',
  text: 'pasted',
  file: 'given as a file',
  correction: 'corrected by hand',
};
