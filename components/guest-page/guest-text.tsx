import { Fragment, type ReactNode } from 'react';
import type { GuestAbout, GuestPage } from '@/lib/guests/guest-page';
import { cutAtMarks, paragraphsOf } from '@/lib/guests/paragraphs';
import { quoted } from '@/lib/guests/quoted';

type Marks = GuestPage['marks'];

/** A text, a line a paragraph, with its marks; what is said of a mark stands below the paragraph that it ends in. */
export function GuestText({
  text,
  marks,
  talk,
}: {
  text: string;
  marks: Marks;
  talk: (about: GuestAbout, name: string) => ReactNode;
}) {
  if (text.trim() === '') return <p className="text-muted">Nothing stands here yet.</p>;
  return (
    <article aria-label="The text" className="flex flex-col gap-4">
      {paragraphsOf(text).map((paragraph) => {
        const ending = marks.filter(({ end }) => end > paragraph.start && end <= paragraph.end);
        return (
          <Fragment key={paragraph.start}>
            <p className="font-serif text-[18px] leading-relaxed [overflow-wrap:anywhere]">
              {cutAtMarks(text, paragraph, marks).map(({ start, words, isMarked }) =>
                isMarked ? (
                  <mark key={start} className="rounded-sm bg-accent-wash text-ink">
                    {words}
                  </mark>
                ) : (
                  words
                ),
              )}
            </p>
            {ending.map((mark) => (
              <section
                key={mark.id}
                className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-4"
              >
                <p className="break-words font-serif text-[16px]">
                  {quoted(mark.exact)}
                  {mark.speaker ? <span className="text-[14px] text-muted"> · {mark.speaker}</span> : null}
                </p>
                {talk({ type: 'annotation', id: mark.id }, mark.exact)}
              </section>
            ))}
          </Fragment>
        );
      })}
    </article>
  );
}
