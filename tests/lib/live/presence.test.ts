import { describe, expect, it } from 'vitest';
import { afterChange } from '@/lib/live/presence';
import { Presence } from '@/lib/live/protocol';
import { newId } from '@/lib/new-id';

const noteId = newId();
const page = (connectionId: string, at: object = {}) =>
  Presence.parse({ connectionId, userId: newId(), name: 'Ada', ...at });

describe('Who is here after a change', () => {
  const [first, second] = [page('first'), page('second')];

  it('has those who came, those who are elsewhere where they are, and nobody who went', () => {
    const [third, moved] = [page('third'), { ...first, noteId }];
    expect(afterChange([first, second], { people: [third, moved], gone: ['second'] })).toEqual([
      moved,
      third,
    ]);
  });

  it('is the same when a change is told twice, or tells of somebody nobody knew', () => {
    const change = { people: [first], gone: ['second', 'nobody'] };
    const once = afterChange([first, second], change);
    expect(afterChange(once, change)).toEqual(once);
  });
});
