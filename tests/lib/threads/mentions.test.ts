import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/new-id';
import { idsIn, mentionBefore, partsOf, plainText, withMentions } from '@/lib/threads/mentions';

const [ANN, ANNA, OE] = [
  { id: newId(), name: 'Ann' },
  { id: newId(), name: 'Ann Lee' },
  { id: newId(), name: 'Ørsted' },
];
const people = [ANN, ANNA, OE];

describe('A mention', () => {
  it.each([
    ['@Ann Lee, is it so?', `@[${ANNA.id}], is it so?`],
    ['@Ann, is it so?', `@[${ANN.id}], is it so?`],
    ['Ask @Ørsted.', `Ask @[${OE.id}].`],
    ['mail@Ann.example, @Annabel', 'mail@Ann.example, @Annabel'],
    ['@@Ann', `@@[${ANN.id}]`],
  ])('of whoever has the whole name: %s', (typed, kept) => {
    expect(withMentions(typed, people)).toBe(kept);
    expect(plainText(kept, people)).toBe(typed);
  });

  it('means the first of two with one name', () => {
    const other = { id: newId(), name: 'Ann' };
    expect(idsIn(withMentions('@Ann', [other, ...people]))).toEqual([other.id]);
  });

  it('is cut out of the text around it, and listed once', () => {
    const text = `@[${ANN.id}] and @[${OE.id}], or @[${ANN.id}]`;
    expect(partsOf(text)).toEqual([{ id: ANN.id }, ' and ', { id: OE.id }, ', or ', { id: ANN.id }]);
    expect(idsIn(text)).toEqual([ANN.id, OE.id]);
    expect(plainText(text, [])).toBe('@somebody and @somebody, or @somebody');
  });

  it('is being typed right after an at sign that stands alone', () => {
    expect(mentionBefore('Hello @An', 9)).toEqual({ from: 6, start: 'An' });
    expect(mentionBefore('Hello @', 7)).toEqual({ from: 6, start: '' });
    expect(mentionBefore('a@b', 3)).toBeNull();
    expect(mentionBefore('@Ann\nand', 8)).toBeNull();
  });
});
