'use client';

import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { can } from '@/lib/access/can';
import type { Disabled, Webhook, WebhookMade } from '@/lib/webhooks/webhook';
import { Deliveries } from './deliveries';
import { eventWords } from './event-choices';

const BECAUSE: Record<Disabled, string> = {
  failing: 'Switched off: it failed for three days.',
  gone: 'Switched off: its receiver says that it is gone.',
  left: 'Ended: whoever made it is no longer in the project, or may have none.',
  'by-hand': 'Switched off.',
  unreadable: 'Switched off: its secret can’t be read. Make a new one, then switch it on.',
};

/** A webhook with what may be done about it; all of that, whoever made it alone may do. */
export function WebhookRow({
  webhook,
  isArchived,
  onChange,
  onSecret,
  onDelete,
}: {
  webhook: Webhook;
  /** It can be looked at and deleted then, and nothing else. */
  isArchived: boolean;
  onChange: () => void;
  onSecret: (made: WebhookMade) => void;
  onDelete: () => void;
}) {
  const { me, role, projectId } = useProject((state) => ({
    ...{ me: state.me.id, role: state.project.role, projectId: state.project.id },
  }));
  const [open, setOpen] = useState<'deliveries' | 'delete' | null>(null);
  const params = { projectId, webhookId: webhook.id };
  const isMine = webhook.maker.id === me;
  const isOn = webhook.disabled === null;
  const act = useAction(async (what: 'switch' | 'secret' | 'delete') => {
    if (what === 'secret') onSecret(await call('webhook.renew', { params }));
    else if (what === 'delete') {
      await call('webhook.delete', { params });
      onDelete();
    } else {
      await call('webhook.update', { params, body: { isEnabled: !isOn } });
      onChange();
    }
  });
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3">
      <div className="flex flex-col gap-0.5">
        <span className="break-all font-medium">{webhook.url}</span>
        <span className="text-[14px] text-muted">
          {eventWords(webhook.events)} · {isMine ? 'made by you' : `made by ${webhook.maker.name}`}{' '}
          <Time at={webhook.created} />
        </span>
        <State webhook={webhook} />
      </div>
      <FormError>{act.error}</FormError>
      <div className="flex flex-wrap gap-2">
        {isMine ? (
          <>
            <Button size="small" onPress={() => setOpen('deliveries')}>
              Deliveries
            </Button>
            {isArchived ? null : (
              <>
                <Button size="small" isDisabled={act.busy} onPress={() => void act.run('switch')}>
                  {isOn ? 'Switch off' : 'Switch on'}
                </Button>
                <Button size="small" isDisabled={act.busy} onPress={() => void act.run('secret')}>
                  New secret
                </Button>
              </>
            )}
          </>
        ) : null}
        {isMine || can(role, 'webhook.delete-any') ? (
          <Button size="small" look="danger" onPress={() => setOpen('delete')}>
            Delete…
          </Button>
        ) : null}
      </div>
      <Dialog
        title="Deliveries"
        isOpen={open === 'deliveries'}
        onClose={() => {
          setOpen(null);
          onChange();
        }}
        width="max-w-2xl"
      >
        <Deliveries projectId={projectId} webhook={webhook} isArchived={isArchived} />
      </Dialog>
      <Dialog
        role="alertdialog"
        title="Delete this webhook?"
        isOpen={open === 'delete'}
        onClose={() => setOpen(null)}
        width="max-w-md"
      >
        <p className="break-words">{webhook.url} is told nothing any more. This can’t be undone.</p>
        <div className="flex justify-end gap-2">
          <Button onPress={() => setOpen(null)}>Cancel</Button>
          <Button look="danger" isPending={act.busy} onPress={() => void act.run('delete')}>
            Delete it
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function State({ webhook: { disabled, failingSince } }: { webhook: Webhook }) {
  if (disabled !== null)
    return (
      <span className="text-[14px] text-danger">
        {BECAUSE[disabled.because]} <Time at={disabled.at} />
      </span>
    );
  if (failingSince === null) return null;
  return (
    <span className="text-[14px] text-danger">
      It failed first <Time at={failingSince} /> and has not been taken since. After three days it is switched
      off.
    </span>
  );
}
