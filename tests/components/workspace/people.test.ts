import { expect, test } from 'vitest';
import { peopleHere } from '@/components/workspace/people';

const at = (userId: string, name: string, sourceId: string | null) => ({
  connectionId: `${userId}${sourceId}`,
  userId,
  name,
  sourceId,
  noteId: null,
  following: null,
  reading: null,
  hidden: false,
});

test('a person with several pages open is there once, at a source if any of them shows one', () => {
  const people = peopleHere(
    [at('me', 'Me', 's'), at('b', 'Ben', null), at('b', 'Ben', 's'), at('a', 'Ada', 't')],
    'me',
  );
  expect(people.map(({ name, sourceId }) => [name, sourceId])).toEqual([
    ['Ada', 't'],
    ['Ben', 's'],
  ]);
});
