'use client';

import { useEffect } from 'react';
import { onSignal } from '@/components/live/signals';

/** ms after the last news before it is asked anew: what happens at once in a project is told in many messages. */
const REST_MS = 300;

/** Asks anew when the live socket says that webhooks are others, or that one was told something: this one, or any with `null`. */
export function useTold(webhookId: string | null, reload: () => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(reload, REST_MS);
    };
    const stop = [
      onSignal('webhooks', soon),
      onSignal('webhook.deliveries', (of) => {
        if (webhookId === null || of.webhookId === null || of.webhookId === webhookId) soon();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of stop) end();
    };
  }, [webhookId, reload]);
}
