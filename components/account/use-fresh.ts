'use client';

import { useEffect } from 'react';
import { useCall } from '@/components/ui/use-call';

/** Reads something of the account, and again when the person comes back to the page: they may have changed it elsewhere. */
export function useFresh<T>(read: (signal: AbortSignal) => Promise<T>) {
  const found = useCall(read);
  const { reload } = found;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [reload]);
  return found;
}
