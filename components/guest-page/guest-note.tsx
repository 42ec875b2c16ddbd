import type { GuestPage } from '@/lib/guests/guest-page';
import type { GuestBlock } from '@/lib/guests/note-blocks';

/** A note as it stood when it was opened. */
export function GuestNote({ blocks }: { blocks: GuestPage['blocks'] }) {
  if (blocks.length === 0) return <p className="text-muted">Nothing stands here yet.</p>;
  return (
    <article
      aria-label="The text"
      className="flex flex-col gap-4 whitespace-pre-wrap font-serif text-[18px] leading-relaxed [overflow-wrap:anywhere]"
    >
      {placed(blocks).map(({ at, kind, text }) => (
        <Block key={at} kind={kind} text={text} />
      ))}
    </article>
  );
}

function Block({ kind, text }: GuestBlock) {
  switch (kind) {
    case 'heading':
      return <h2 className="pt-2 text-[22px] font-semibold leading-snug">{text}</h2>;
    case 'item':
      return <p className="ms-5 before:-ms-5 before:inline-block before:w-5 before:content-['–']">{text}</p>;
    case 'quote':
      return <blockquote className="border-s-2 border-line ps-4">{text}</blockquote>;
    case 'code':
      return <pre className="overflow-x-auto rounded-md bg-sunken p-3 text-[14px]">{text}</pre>;
    case 'rule':
      return <hr className="border-line" />;
    default:
      return <p>{text}</p>;
  }
}

/** The pieces by where they begin: nothing else tells two of the same words apart. */
function placed(blocks: GuestPage['blocks']) {
  let at = 0;
  return blocks.map((block) => {
    at += block.text.length + 1;
    return { ...block, at };
  });
}
