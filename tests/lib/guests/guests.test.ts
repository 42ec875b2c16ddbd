import { describe, expect, it } from 'vitest';
import { guestCan } from '@/lib/access/guest-grant';
import { ALLOWED, GUEST_MODES, GUESTS_ALLOWED } from '@/lib/access/roles';
import { NewGuestLink } from '@/lib/guests/guest-link';
import { guestName } from '@/lib/guests/names';
import { noteBlocks } from '@/lib/guests/note-blocks';
import { cutAtMarks, paragraphsOf } from '@/lib/guests/paragraphs';
import { quoted } from '@/lib/guests/quoted';
import { newId } from '@/lib/new-id';

describe('What guests may do', () => {
  it('is what their link is for, and nothing that members do', () => {
    const allowed = GUEST_MODES.map((mode) => [
      mode,
      ...(['guest.read', 'guest.comment', 'guest.confirm'] as const).filter((action) =>
        guestCan(mode, action),
      ),
    ]);
    expect(allowed).toEqual([
      ['comment', 'guest.read', 'guest.comment'],
      ['confirm', 'guest.read', 'guest.confirm'],
    ]);
    expect(Object.keys(GUESTS_ALLOWED).filter((action) => action in ALLOWED)).toEqual([]);
  });
});

describe('The name of a guest', () => {
  it('is the same for the same number, and the next free one where it is taken', () => {
    const name = guestName(7, new Set());
    expect(name).toMatch(/^Guest [A-Z][a-z]+$/);
    expect(guestName(7, new Set())).toBe(name);
    expect(guestName(7, new Set([name]))).not.toBe(name);
  });

  it('is never taken twice, however many guests there are', () => {
    const taken = new Set<string>();
    for (let nth = 0; nth < 500; nth += 1) taken.add(guestName(nth * 7_919, taken));
    expect(taken.size).toBe(500);
  });
});

describe('A new link', () => {
  const id = newId();
  const expires = '2026-12-01T00:00:00.000Z';
  it.each([
    ['a source', { kind: 'source', mode: 'comment', sourceId: id }, true],
    ['claims', { kind: 'claims', mode: 'confirm', claimIds: [id] }, true],
    ['a note', { kind: 'note', mode: 'comment', noteId: id }, true],
    ['a note that is to be confirmed', { kind: 'note', mode: 'confirm', noteId: id }, false],
    ['no claims', { kind: 'claims', mode: 'confirm', claimIds: [] }, false],
    ['a source and a note', { kind: 'source', mode: 'comment', sourceId: id, noteId: id }, false],
    ['another thing than it says', { kind: 'note', mode: 'comment', sourceId: id }, false],
  ])('to %s', (_, given, isFine) => {
    expect(NewGuestLink.safeParse({ ...given, expires }).success).toBe(isFine);
  });
});

describe('A text for guests', () => {
  it('is cut into lines that say something, and these where marks begin and end', () => {
    const text = 'One two.\n\n  \nThree.';
    const lines = paragraphsOf(text);
    expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual(['One two.', 'Three.']);
    const marks = [
      { start: 0, end: 5 },
      { start: 4, end: 15 },
    ];
    const pieces = lines.map((line) => cutAtMarks(text, line, marks));
    const words = pieces.map((line) =>
      line.map((piece) => (piece.isMarked ? `[${piece.words}]` : piece.words)),
    );
    expect(words).toEqual([
      ['[One ]', '[t]', '[wo.]'],
      ['[Th]', 'ree.'],
    ]);
  });
});

describe('A quotation for guests', () => {
  it.each([
    ['We did', '“We did”'],
    ['“We did,”', '“We did,”'],
    [' We\n did ', '“We did”'],
  ])('of %j is %j', (words, expected) => {
    expect(quoted(words)).toBe(expected);
  });
});

describe('A note for guests', () => {
  it('says what it quotes where that may be shown, and names nobody', () => {
    const text = (words: string) => ({ type: 'text', text: words });
    const [shown, hidden] = [newId(), newId()];
    const item = { type: 'listItem', content: [{ type: 'paragraph', content: [text('First')] }] };
    const content = [
      { type: 'heading', content: [text('What')] },
      { type: 'paragraph' },
      {
        type: 'paragraph',
        content: [
          { type: 'quoteChip', attrs: { annotationId: shown } },
          { type: 'quoteChip', attrs: { annotationId: hidden } },
          { type: 'reference', attrs: { kind: 'person', id: newId() } },
          { type: 'reference', attrs: { kind: 'claim', id: newId() } },
        ],
      },
      { type: 'bulletList', content: [item] },
      { type: 'livingQuery', attrs: { query: 'speaker:Xanadu' } },
    ];
    const quotes = new Map([[shown, { exact: 'We did', speaker: 'A clerk' }]]);
    expect(noteBlocks(content, quotes)).toEqual([
      { kind: 'heading', text: 'What' },
      { kind: 'paragraph', text: '“We did” (A clerk)[a passage that is not shown]@somebody[…]' },
      { kind: 'item', text: 'First' },
    ]);
  });
});
