'use client';

import { useEffect, useRef, useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Secret } from '@/components/ui/secret';
import { Section } from '@/components/ui/section';
import { useCall } from '@/components/ui/use-call';
import { whyNot } from '@/lib/access/why-not';
import type { WebhookMade } from '@/lib/webhooks/webhook';
import { NewWebhookForm } from './new-webhook-form';
import { useTold } from './use-told';
import { WebhookRow } from './webhook-row';

const ABOUT =
  'An address of yours is told what happens here as it happens, as far as you may see it: to post it in a chat, or to keep another program up to date. It ends when you leave the project.';

/** Addresses that are told what happens in the project. Those who may not have one see nothing of it. */
export function Webhooks() {
  // In an archived project everybody reads, but whoever may have webhooks may still end them.
  const { role, isArchived } = useProject((state) => ({
    ...{ role: state.project.role, isArchived: state.project.archived !== null },
  }));
  const reason = whyNot(role, 'webhook.read');
  return (
    <div id="webhooks" className="scroll-mt-20">
      <Section title="Webhooks" about={ABOUT}>
        {reason === null ? <List isArchived={isArchived} /> : <Because reason={reason} />}
      </Section>
    </div>
  );
}

function List({ isArchived }: { isArchived: boolean }) {
  const projectId = useProject((state) => state.project.id);
  const list = useCall((signal) => call('webhook.list', { params: { projectId }, signal }));
  useTold(null, list.reload);
  const [made, setMade] = useState<WebhookMade | null>(null);
  const secret = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (made !== null) secret.current?.scrollIntoView({ block: 'nearest' });
  }, [made]);
  const show = (webhook: WebhookMade) => {
    setMade(webhook);
    list.reload();
  };
  return (
    <>
      {isArchived ? null : <NewWebhookForm projectId={projectId} onMade={show} />}
      {made === null ? null : (
        <div ref={secret} role="status" className="flex flex-col gap-2 rounded-md bg-accent-wash p-3">
          <p className="text-[14px]">
            What is sent to {new URL(made.url).host} is signed with this secret. Copy it now: it is not shown
            again.
          </p>
          <Secret label={`Secret of the webhook to ${new URL(made.url).host}`} value={made.secret} />
        </div>
      )}
      <FormError>{list.error}</FormError>
      {list.data === null && list.error === null ? <Spinner label="Reading the webhooks" /> : null}
      {list.data && list.data.items.length > 0 ? (
        <ul className="border-t border-line">
          {list.data.items.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              isArchived={isArchived}
              onChange={list.reload}
              onSecret={show}
              onDelete={() => {
                if (made?.id === webhook.id) setMade(null);
                list.reload();
              }}
            />
          ))}
        </ul>
      ) : null}
    </>
  );
}
