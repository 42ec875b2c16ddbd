import { beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, EMPTY_DRAFT, keepDraft, readDraft } from '@/components/sources/draft';

class Shelf {
  readonly items = new Map<string, string>();
  limit = Number.POSITIVE_INFINITY;
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (value.length > this.limit) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

describe('what was typed before it became a source', () => {
  let shelf: Shelf;
  beforeEach(() => {
    shelf = new Shelf();
  });

  it('comes back as it was, for its own project only', () => {
    const draft = { way: 'url', text: 'half a text', url: 'https://example.org/a' } as const;
    expect(keepDraft(shelf, 'p1', draft)).toBe(true);
    expect(readDraft(shelf, 'p1')).toEqual(draft);
    expect(readDraft(shelf, 'p2')).toEqual(EMPTY_DRAFT);
  });

  it('is forgotten once it is saved or emptied', () => {
    keepDraft(shelf, 'p1', { ...EMPTY_DRAFT, text: 'x' });
    dropDraft(shelf, 'p1');
    expect(shelf.items.size).toBe(0);
    keepDraft(shelf, 'p1', { ...EMPTY_DRAFT, text: 'x' });
    keepDraft(shelf, 'p1', EMPTY_DRAFT);
    expect(shelf.items.size).toBe(0);
  });

  it.each(['{', '[]', '{"way":"fax","text":"","url":""}'])('starts empty over a spoilt one: %s', (stored) => {
    shelf.items.set('gloss:bring-in:p1', stored);
    expect(readDraft(shelf, 'p1')).toEqual(EMPTY_DRAFT);
  });

  it('says when it is too big to be kept', () => {
    shelf.limit = 100;
    expect(keepDraft(shelf, 'p1', { ...EMPTY_DRAFT, text: 'x'.repeat(101) })).toBe(false);
  });
});
