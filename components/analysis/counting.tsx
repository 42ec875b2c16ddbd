'use client';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Spinner } from '../ui/progress';

/** ms that counting may take before anything is said of it. */
const SOON = 600;

/** That something is being counted, for how long by now, and a way to stop it; nothing while it is quick. */
export function Counting({ onStop }: { onStop: () => void }) {
  const [began] = useState(() => Date.now());
  const [now, setNow] = useState(began);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SOON);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now - began) / 1_000);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 text-[14px] text-muted">
      {now === began ? null : (
        <>
          <Spinner label="Counting" />
          <span>
            Counting
            {seconds > 0 ? <span className="tabular-nums">, {seconds} s</span> : null}
          </span>
          <Button size="small" look="quiet" onPress={onStop}>
            Stop
          </Button>
        </>
      )}
    </div>
  );
}
