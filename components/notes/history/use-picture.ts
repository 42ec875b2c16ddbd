import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { DecorationSet } from '@tiptap/pm/view';
import { useMemo } from 'react';
import { type AuthorRange, authorRanges, type NoteJson } from '@/lib/notes/authorship';
import { compareNotes } from '@/lib/notes/compare';
import { noteSchemaExtensions } from '@/lib/notes/editor-schema';
import type { NoteVersion, NoteVersionContent } from '@/lib/notes/version';
import { type Author, authorsOf, paintAuthors, paintChanges } from './paint';
import { titleOf } from './version-words';

type Side = { readonly version: NoteVersion; readonly content: NoteVersionContent | null };

/** What is drawn: a version, or two of them in one. */
export type Picture =
  | { kind: 'version'; doc: Node; paint: DecorationSet; authors: readonly Author[] }
  | {
      kind: 'comparison';
      doc: Node;
      paint: DecorationSet;
      from: string;
      to: string;
      changes: number;
      added: number;
      removed: number;
    }
  | { kind: 'unreadable' };

let schema: ReturnType<typeof getSchema> | null = null;

/** A document of the schema of notes; null when it holds what this page does not know. */
function parse(json: unknown): Node | null {
  schema ??= getSchema(noteSchemaExtensions());
  try {
    return schema.nodeFromJSON(json);
  } catch (error) {
    console.warn('A version of a note could not be read:', error);
    return null;
  }
}

/** Puts a version together to be shown; null while it, or what it is compared with, is on its way. */
export function usePicture({
  mine,
  theirs,
  present,
  byAuthor,
}: {
  mine: Side;
  /** What it is compared with, if with anything; `now` for the note as it stands. */
  theirs: Side | 'now' | null;
  present: () => NoteJson;
  byAuthor: boolean;
}): Picture | null {
  const content = mine.content;
  const read = useMemo(() => {
    const doc = content && parse(content.doc);
    return doc && { doc, ranges: authorRanges(doc, content.writing), names: namesOf(content) };
  }, [content]);
  const isNow = theirs === 'now';
  const other = theirs === null || isNow ? null : theirs.content;
  const otherRead = useMemo(() => {
    // The note as it stood when it was asked for: it may be written in while one reads.
    const json = isNow ? present() : other?.doc;
    const doc = json ? parse(json) : null;
    return (
      doc && { doc, ranges: other ? authorRanges(doc, other.writing) : [], names: other && namesOf(other) }
    );
  }, [isNow, other, present]);
  const version = useMemo((): Picture | null => {
    if (read === null) return content ? { kind: 'unreadable' } : null;
    const authors = authorsOf(read.ranges, (id) => read.names.get(id));
    const paint = byAuthor ? paintAuthors(read.doc, read.ranges, authors) : DecorationSet.empty;
    return { kind: 'version', doc: read.doc, paint, authors };
  }, [content, read, byAuthor]);
  const otherVersion = theirs === null || isNow ? null : theirs.version;
  const comparison = useMemo((): Picture | null => {
    if (read === null || otherRead === null) return null;
    const isLater = otherVersion === null || otherVersion.at >= mine.version.at;
    const [before, after] = isLater ? [read, otherRead] : [otherRead, read];
    const now = new Date();
    const titles = [titleOf(mine.version, now), otherVersion ? titleOf(otherVersion, now) : 'now'] as const;
    const { doc, changes, added, removed } = compareNotes(before.doc, after.doc);
    const who = (from: number, to: number) => whoWrote(after.ranges, after.names, from, to);
    const paint = paintChanges(doc, changes, (change) =>
      change.after === null ? null : who(change.after, change.after + change.to - change.from),
    );
    const [from, to] = isLater ? titles : [titles[1], titles[0]];
    return { kind: 'comparison', doc, paint, from, to, changes: changes.length, added, removed };
  }, [read, otherRead, otherVersion, mine.version]);
  return theirs === null || version?.kind === 'unreadable' ? version : comparison;
}

function namesOf({ people }: NoteVersionContent): ReadonlyMap<string, string> {
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** Who wrote between two positions, in words; null where that is not known. */
function whoWrote(
  ranges: readonly AuthorRange[],
  names: ReadonlyMap<string, string> | null,
  from: number,
  to: number,
): string | null {
  const touched = ranges.filter((range) => range.from < to && range.to > from);
  const people = [...new Set(touched.map(({ userId }) => names?.get(userId ?? '') ?? null))];
  const known = people.filter((name) => name !== null);
  return known.length > 0 && known.length === people.length
    ? new Intl.ListFormat('en-GB').format(known)
    : null;
}
