'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { GuestAbout, GuestPage } from '@/lib/guests/guest-page';
import type { Verdict } from '@/lib/guests/verdict';
import { newId } from '@/lib/new-id';
import { CallError, call } from '../ui/http';
import { wordsFor } from '../ui/use-action';

/** How often an open page asks what is new, and whether its link still works, in ms. */
const EVERY = 4_000;

/** How far a guest has come with their link. */
export type Standing =
  | { at: 'door' }
  /** `wrong` says what was wrong with the PIN that was typed last. */
  | { at: 'pin'; wrong: string | null }
  | { at: 'page'; page: GuestPage; isAway: boolean }
  /** It has ended, or never was. */
  | { at: 'end'; why: string }
  /** It could not be asked. */
  | { at: 'fault'; why: string };

const ENDS: ReadonlySet<string> = new Set(['gone', 'not-found']);

/** Opens a link by its secret, and keeps what it shows as it is now. */
export function useGuest(token: string) {
  const [standing, setStanding] = useState<Standing>({ at: 'door' });
  const open = async (pin: string | null) => {
    try {
      setStanding({ at: 'page', page: await call('guest.open', { body: { token, pin } }), isAway: false });
    } catch (cause) {
      if (!(cause instanceof CallError)) reportError(cause);
      const why = wordsFor(cause);
      if (!(cause instanceof CallError)) setStanding({ at: 'fault', why });
      else if (cause.details?.reason === 'pin') setStanding({ at: 'pin', wrong: pin === null ? null : why });
      else setStanding(ENDS.has(cause.code) ? { at: 'end', why } : { at: 'fault', why });
    }
  };
  const first = useEffectEvent(() => void open(null));
  useEffect(() => first(), []);
  const ask = useEffectEvent(async () => {
    if (document.hidden) return;
    try {
      const news = await call('guest.news', { body: { token } });
      setStanding((now) =>
        now.at === 'page' ? { ...now, isAway: false, page: { ...now.page, ...news } } : now,
      );
    } catch (cause) {
      if (!(cause instanceof CallError)) throw cause;
      if (ENDS.has(cause.code)) setStanding({ at: 'end', why: cause.message });
      else setStanding((now) => (now.at === 'page' ? { ...now, isAway: true } : now));
    }
  });
  const isReading = standing.at === 'page';
  useEffect(() => {
    if (!isReading) return;
    const look = () => void ask();
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isReading]);

  /** Sends words about something. @throws CallError with the server's own words, after which they are still there to be sent. */
  const say = async (about: GuestAbout, words: { text: string; verdict: Verdict | null }) => {
    try {
      const thread = await call('guest.say', { body: { token, about, id: newId(), ...words } });
      setStanding((now) => {
        if (now.at !== 'page') return now;
        const others = now.page.threads.filter(({ id }) => id !== thread.id);
        return { ...now, page: { ...now.page, threads: [...others, thread] } };
      });
    } catch (cause) {
      if (cause instanceof CallError && cause.code === 'gone')
        setStanding({ at: 'end', why: `${cause.message} What you wrote last was not sent.` });
      throw cause;
    }
  };
  return { standing, open, say };
}
