'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/dialog';
import { call } from '@/components/ui/http';
import { toast } from '@/components/ui/toasts';
import { wordsFor } from '@/components/ui/use-action';
import { signOut } from './session';

export type Way = 'here' | 'everywhere' | 'everywhere and tokens';
const kept = () => import('@/components/live/kept');

/** Signing out wipes what this machine keeps of the person; it asks first when something of theirs was never sent. */
export function useSignOut(personId: string) {
  const [asking, setAsking] = useState<{ way: Way; unsent: number } | null>(null);
  const start = async (way: Way) => {
    const unsent = await unsentOf(personId);
    if (unsent > 0) setAsking({ way, unsent });
    else await go(way, personId);
  };
  const dialog = (
    <ConfirmDialog
      title="Sign out with changes not sent?"
      confirm="Sign out and discard them"
      isOpen={asking !== null}
      onClose={() => setAsking(null)}
      onConfirm={() => {
        const way = asking?.way ?? 'here';
        setAsking(null);
        void go(way, personId);
      }}
    >
      {asking?.unsent === 1 ? '1 change of yours has' : `${asking?.unsent} changes of yours have`} not reached
      the server. Signing out takes everything of yours off this machine.
    </ConfirmDialog>
  );
  return { start, dialog };
}

/** How many changes of a person this machine keeps that never reached the server. */
export async function unsentOf(personId: string): Promise<number> {
  try {
    return await (await kept()).countUnsent(personId);
  } catch (error) {
    console.warn('This machine keeps nothing:', error);
    return 0;
  }
}

async function go(way: Way, personId: string): Promise<void> {
  try {
    await (way === 'here'
      ? signOut()
      : call('session.end', { body: { revokeTokens: way === 'everywhere and tokens' } }));
  } catch (cause) {
    toast({ text: wordsFor(cause), tone: 'danger' });
    return;
  }
  await leave(personId);
}

/** Wipes what this machine keeps of a person who is signed out by now, and goes to where one signs in. */
export async function leave(personId: string): Promise<void> {
  try {
    await (await kept()).forget(personId);
  } catch (error) {
    console.warn('Nothing was kept that could be wiped:', error);
  }
  window.location.assign('/sign-in');
}
