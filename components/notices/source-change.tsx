'use client';
import type { SourceNotice, TouchedAnnotation } from '@/lib/notices/notice';
import { DiffWords } from '../ui/diff-words';

/** Marks that a notice shows before it leads to the rest. */
const SHOWN = 3;

/** Which version touched what of a person's, with the words before and now. */
export function SourceChange({ notice }: { notice: SourceNotice }) {
  const { source, version, touched, annotations, notes, claims } = notice;
  const gone = annotations.filter(({ now }) => now === null).length;
  return (
    <>
      <p className="text-[14px]">
        <span className="font-medium">{source.title}</span> has a version {version} that{' '}
        {gone === annotations.length && gone > 0 ? 'no longer has' : 'changes'}{' '}
        {touched === 1 ? 'a passage' : `${touched} passages`} of yours
        {notes.length > 0 ? `, quoted in ${notes.map(({ title }) => title).join(', ')}` : ''}.
        {claims.length > 0
          ? ` ${claims.length === 1 ? 'A claim' : `${claims.length} claims`} of yours ${claims.length === 1 ? 'is' : 'are'} open again.`
          : ''}
      </p>
      <ul className="flex flex-col gap-2">
        {annotations.slice(0, SHOWN).map((one) => (
          <li key={one.id} className="diff border-s-2 border-line ps-2.5 font-serif text-[14px] leading-snug">
            <Touched annotation={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Touched({ annotation: { was, now } }: { annotation: TouchedAnnotation }) {
  if (now === null)
    return (
      <>
        <del>{was}</del> <span className="font-sans text-[12px] text-muted">not found</span>
      </>
    );
  return (
    <>
      <span className="block">
        <DiffWords before={was} after={now} side="before" />
      </span>
      <span className="block">
        <DiffWords before={was} after={now} side="after" />
      </span>
    </>
  );
}
