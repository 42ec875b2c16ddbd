import { expect, it } from 'vitest';
import { followedPage, followersOf } from '@/components/live/use-following';
import type { Presence } from '@/lib/live/protocol';

const page = (userId: string, over: Partial<Presence> = {}): Presence => ({
  connectionId: `${userId} ${over.sourceId}`,
  userId,
  name: userId,
  sourceId: null,
  noteId: null,
  following: null,
  reading: null,
  hidden: false,
  ...over,
});

it('goes along with the page on which the person reads a source, not with their list of projects', () => {
  const pages = [page('ben'), page('ben', { sourceId: 's' }), page('ada', { sourceId: 't' })];
  expect(followedPage(pages, 'ben')?.sourceId).toBe('s');
  expect(followedPage(pages, 'cleo')).toBeNull();
  expect(followedPage(pages, null)).toBeNull();
});

it('names each follower once, and never oneself', () => {
  const pages = [
    page('ben', { following: 'me' }),
    page('ben', { following: 'me', sourceId: 's' }),
    page('ada'),
    page('me', { following: 'me' }),
  ];
  expect(followersOf(pages, 'me').map(({ userId }) => userId)).toEqual(['ben']);
});
