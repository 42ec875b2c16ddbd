import type { PdfPlaces } from '../../lib/sources/pdf-places';
import type { DiscussionInFile } from './discussions';

/** What was read from a page, a file or a pasted text: its clean html and the canonical text of that html. */
export type Article = {
  readonly title: string;
  readonly byline: string | null;
  readonly siteName: string | null;
  /** As the page gives it, at most 40 characters; a date or a time in ISO 8601 where it could be told. */
  readonly publishedAt: string | null;
  /** A BCP 47 tag. */
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  /** Only what `lib/sources/allow-list.ts` names; a browser that parses it builds exactly the tree that `text` was read from. */
  readonly html: string;
  /** The canonical text of `html`. */
  readonly text: string;
  /** What the file had that is not in `html`, a sentence each; absent where nothing is known to be missing. */
  readonly leftOut?: readonly string[];
  /** The canonical text of the whole page it was taken from, where that was asked for. */
  readonly page?: string;
  /** Comments that the file had, at their places in `text`. */
  readonly discussions?: readonly DiscussionInFile[];
  /** Where `text` stands on the pages of the PDF it was read from; absent for all else. */
  readonly places?: PdfPlaces;
};
