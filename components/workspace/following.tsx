'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useActions, useProject } from '../live/project-context';
import { followedPage, followersOf, useEndOfFollowing, useSayingWhere } from '../live/use-following';
import type { Reader } from '../reader/article-view';
import { offsetInView } from '../reader/scroll-to-span';
import { Button } from '../ui/button';

/** CSS pixels between the top of the view and the words that somebody else reads. */
const BELOW_TOP = 72;

/** Goes along with a person: to their source, and to the words they read. Says who goes along with this page. */
export function Following({ reader, sourceId }: { reader: Reader | null; sourceId: string }) {
  const router = useRouter();
  const { follow } = useActions();
  const { page, following, projectId, followers } = useProject((state) => ({
    page: followedPage(state.presence, state.following),
    following: state.following,
    projectId: state.project.id,
    followers: followersOf(state.presence, state.me.id)
      .map(({ name }) => name)
      .join(', '),
  }));
  useSayingWhere(reader?.scroller ?? null, () => (reader === null ? null : offsetInView(reader)));
  useEndOfFollowing();

  const elsewhere = page?.sourceId != null && page.sourceId !== sourceId ? page.sourceId : null;
  useEffect(() => {
    if (elsewhere !== null) router.push(`/projects/${projectId}/sources/${elsewhere}`);
  }, [elsewhere, projectId, router]);

  const isGone = following !== null && page === null;
  useEffect(() => {
    if (isGone) follow(null);
  }, [isGone, follow]);

  const reading = elsewhere === null ? (page?.reading ?? null) : null;
  useEffect(() => {
    if (reader === null || reading === null) return;
    const { map, scroller } = reader;
    const end = Math.min(reading + 1, map.text.length);
    const words = map.domRangeOf({ start: Math.min(reading, end), end }).getBoundingClientRect();
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.scrollTo({
      top: scroller.scrollTop + words.top - scroller.getBoundingClientRect().top - BELOW_TOP,
      behavior: calm ? 'auto' : 'smooth',
    });
  }, [reader, reading]);

  if (page === null && followers === '') return null;
  return (
    <div className="pointer-events-none sticky top-2 z-10 flex h-0 justify-center gap-2">
      {page === null ? null : (
        <p className="pointer-events-auto flex h-9 items-center gap-2 rounded-full border border-line bg-raised ps-4 pe-1 text-[13px] shadow-float">
          Following {page.name}
          <Button size="small" look="quiet" onPress={() => follow(null)}>
            Stop
          </Button>
        </p>
      )}
      {followers === '' ? null : (
        <p className="flex h-9 items-center rounded-full border border-line bg-raised px-4 text-[13px] text-muted shadow-float">
          {followers} {followers.includes(', ') ? 'follow' : 'follows'} you
        </p>
      )}
    </div>
  );
}
