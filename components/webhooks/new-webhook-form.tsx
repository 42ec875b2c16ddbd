'use client';

import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import type { WebhookMade } from '@/lib/webhooks/webhook';
import { EVENT_CHOICES, eventsOf } from './event-choices';

const FIRST = ['discussions', 'claims', 'follow-ups'];

export function NewWebhookForm({
  projectId,
  onMade,
}: {
  projectId: string;
  onMade: (webhook: WebhookMade) => void;
}) {
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(FIRST);
  const make = useAction(async () => {
    onMade(await call('webhook.create', { params: { projectId }, body: { url, events: eventsOf(chosen) } }));
    setUrl('');
    setChosen(FIRST);
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <FormError>{make.error}</FormError>
      <TextField
        label="Address"
        hint="https, on the public internet"
        type="url"
        placeholder="https://"
        value={url}
        onChange={setUrl}
        isRequired
      />
      <CheckboxGroup value={chosen} onChange={setChosen} className="flex flex-col gap-2">
        <Label className="text-[14px] font-medium">It hears of</Label>
        <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
          {EVENT_CHOICES.map(({ id, name }) => (
            <Checkbox key={id} value={id}>
              {name}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <Button
        type="submit"
        look="primary"
        className="self-start"
        isPending={make.busy}
        isDisabled={url.trim() === '' || chosen.length === 0}
      >
        Make the webhook
      </Button>
    </form>
  );
}
