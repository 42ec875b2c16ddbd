import { RoomLine } from '../live/room-line';

/** What one can do with the article, for who has not done it yet or may not. */
export function Hint({
  canMark,
  isEmpty,
  isClosed,
}: {
  canMark: boolean;
  isEmpty: boolean;
  isClosed: boolean;
}) {
  if (isClosed) return null;
  if (!canMark)
    return (
      <p className="mb-6 text-[14px] text-muted">
        You can read here. An owner can let you mark passages too.
      </p>
    );
  return (
    <>
      <div className="mb-6 empty:hidden">
        <RoomLine of={['annotations']} />
      </div>
      {isEmpty ? <HowToMark /> : null}
    </>
  );
}

function HowToMark() {
  return (
    <p className="mb-6 border-s-2 border-accent ps-3 text-[14px] text-muted">
      Select a passage to mark it: a bar opens with what you can make of it. With the keyboard, press{' '}
      <kbd>j</kbd> to select the next sentence.
    </p>
  );
}
