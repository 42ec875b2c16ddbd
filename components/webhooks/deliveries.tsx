'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { useCall } from '@/components/ui/use-call';
import type { Delivery, Webhook } from '@/lib/webhooks/webhook';
import { useTold } from './use-told';

const MOST = 50;

/** What a webhook was told lately and what became of it, each to be sent again; and a test. */
export function Deliveries({
  projectId,
  webhook,
  isArchived,
}: {
  projectId: string;
  webhook: Webhook;
  /** Nothing can be sent by hand then. */
  isArchived: boolean;
}) {
  const params = { projectId, webhookId: webhook.id };
  const list = useCall((signal) => call('webhook-delivery.list', { params, query: { limit: MOST }, signal }));
  const { reload } = list;
  useTold(webhook.id, reload);
  const ping = useAction(async () => {
    await call('webhook.ping', { params });
    reload();
  });
  const replay = useAction(async (deliveryId: string) => {
    await call('webhook-delivery.replay', { params: { ...params, deliveryId } });
    reload();
  });
  const isOn = webhook.disabled === null && !isArchived;
  return (
    <div className="flex max-h-[70dvh] flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 break-all text-[14px] text-muted">{webhook.url}</p>
        <Button isDisabled={!isOn} isPending={ping.busy} onPress={() => void ping.run()}>
          Send a test
        </Button>
      </div>
      <FormError>{ping.error ?? replay.error ?? list.error}</FormError>
      {list.data === null && list.error === null ? <Spinner label="Reading what was sent" /> : null}
      {list.data?.items.length === 0 ? (
        <EmptyState title="Nothing was sent yet">
          Send a test, or wait until something happens that this webhook hears of.
        </EmptyState>
      ) : null}
      <ul aria-live="polite" className="min-h-0 overflow-y-auto">
        {list.data?.items.map((delivery) => (
          <Line
            key={delivery.id}
            delivery={delivery}
            onReplay={isOn && !replay.busy ? () => void replay.run(delivery.id) : null}
          />
        ))}
      </ul>
    </div>
  );
}

const STATES: Record<Delivery['state'], string> = {
  waiting: 'Waiting',
  sent: 'Sent',
  failed: 'Given up',
  skipped: 'Not sent: you could not see it any more',
};

function Line({ delivery, onReplay }: { delivery: Delivery; onReplay: (() => void) | null }) {
  const { type, state, attempts, at, status, tookMs, due, answer, error, created } = delivery;
  const [open, setOpen] = useState(false);
  const isBad = state === 'failed' || (state === 'waiting' && attempts > 0);
  const said = error ?? answer;
  return (
    <li className="flex flex-col gap-1 border-b border-line py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <span className="font-mono text-[14px]">{type}</span>
        <span className={`text-[14px] ${isBad ? 'text-danger' : 'text-muted'}`}>
          {state === 'waiting' && attempts > 0 ? 'Failed' : STATES[state]}
          {status === null ? '' : `, ${status}`}
          {tookMs === null ? '' : ` in ${tookMs.toLocaleString('en-GB')} ms`} · <Time at={at ?? created} />
        </span>
      </div>
      {state === 'waiting' && attempts > 0 && due !== null ? (
        <p className="text-[14px] text-muted">
          Tried {attempts === 1 ? 'once' : `${attempts} times`}; again at{' '}
          {new Date(due).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}.
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {onReplay !== null && (state !== 'waiting' || attempts > 0) ? (
          <Button size="small" look="quiet" aria-label={`Send ${type} again`} onPress={onReplay}>
            Send again
          </Button>
        ) : null}
        {said ? (
          <Button
            size="small"
            look="quiet"
            aria-expanded={open}
            aria-label={`What answered ${type}`}
            onPress={() => setOpen(!open)}
          >
            {open ? 'Hide the answer' : 'Answer'}
          </Button>
        ) : null}
      </div>
      {open && said ? (
        <pre className="max-h-40 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere] rounded-md bg-hover p-2 text-[13px]">
          {said}
        </pre>
      ) : null}
    </li>
  );
}
