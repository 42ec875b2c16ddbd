'use client';

import { useSyncExternalStore } from 'react';
import { timeWords } from './time-words';

/** A moment in words ("3 minutes ago"), with the full local time on hover and for machines. */
export function Time({ at }: { at: string }) {
  const now = useSyncExternalStore(everyMinute, minuteNow, noMinute);
  // The server knows neither the reader's clock nor their time zone: it shows the plain UTC date until the page stands.
  if (now === 0) return <time dateTime={at}>{at.slice(0, 10)}</time>;
  return (
    <time
      dateTime={at}
      title={new Date(at).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' })}
    >
      {timeWords(Date.parse(at), now)}
    </time>
  );
}

const MINUTE = 60_000;
const minuteNow = () => Math.floor(Date.now() / MINUTE) * MINUTE;
const noMinute = () => 0;

function everyMinute(tick: () => void): () => void {
  const timer = setInterval(tick, MINUTE / 4);
  return () => clearInterval(timer);
}
