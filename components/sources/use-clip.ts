'use client';

import { useEffect, useState } from 'react';
import { CLIP_HASH, CLIP_READY } from '@/lib/sources/bookmarklet';
import { type Clip, readClip } from '@/lib/sources/clip';

/** What the window that opened this one has sent. */
export type Sent =
  | { at: 'asking' }
  | { at: 'nothing' }
  | { at: 'refused'; fault: string }
  | { at: 'sent'; clip: Clip };

/** Takes the first page that the window which opened this one sends, and hears nobody else and nothing after it. */
export function useClip(): Sent {
  const [sent, setSent] = useState<Sent>({ at: 'asking' });
  useEffect(() => {
    const opener = window.opener as Window | null;
    if (opener === null || window.location.hash !== CLIP_HASH) {
      setSent({ at: 'nothing' });
      return;
    }
    const hear = (event: MessageEvent<unknown>) => {
      if (event.source !== opener) return;
      const read = readClip(event.data, event.origin);
      if (read === null) return;
      window.removeEventListener('message', hear);
      setSent('fault' in read ? { at: 'refused', fault: read.fault } : { at: 'sent', clip: read.clip });
    };
    window.addEventListener('message', hear);
    // Whose page it is is not known before it speaks; this says nothing but that we listen.
    opener.postMessage(CLIP_READY, '*');
    return () => window.removeEventListener('message', hear);
  }, []);
  return sent;
}

const PAUSE_MS = 1_000;

/** Whether the page was seen for a second: a press that was meant for the window before it brings nothing in. */
export function useSeen(): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') setSeen(false);
      else timer = setTimeout(() => setSeen(true), PAUSE_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return seen;
}
