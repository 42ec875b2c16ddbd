import { headers } from 'next/headers';
import type { Actor } from '@/lib/access/actor';
import { findActor } from '@/server/actor';

/** Whom the page being rendered is for; `null` when nobody is signed in. */
export async function pageActor(): Promise<Actor | null> {
  const given = await headers();
  return findActor({ cookie: given.get('cookie'), ip: given.get('x-gloss-ip') });
}
