import { describe, expect, it } from 'vitest';
import { findItems, slashItems } from '@/components/notes/slash-items';

const items = slashItems('Quote from this source…', () => undefined);
const found = (query: string) => findItems(items, query).map((item) => item.id);

describe('the / menu', () => {
  it('shows everything before anything is typed', () => {
    expect(found('')).toHaveLength(items.length);
  });

  it.each([
    ['quo', ['quote-chip', 'blockquote']],
    ['h2', ['heading-2']],
    ['head', ['heading-1', 'heading-2', 'heading-3']],
    ['heading 3', ['heading-3']],
    ['TODO', ['task-list']],
    ['list', ['bullet-list', 'ordered-list', 'task-list']],
    ['nothing like it', []],
  ])('finds by %j', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });
});
