'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { type Answer, call } from '@/components/ui/http';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';

const SPANS = { '30': '30 days', '90': '90 days', '365': 'a year', never: 'until revoked' } as const;
type Span = keyof typeof SPANS;

export function NewToken({ onMade }: { onMade: (token: Answer<'token.create'>) => void }) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'write'>('read');
  const [span, setSpan] = useState<Span>('90');
  const make = useAction(async () => {
    const token = await call('token.create', {
      body: {
        name,
        scopes: scope === 'read' ? ['read'] : ['read', 'write'],
        ...(span === 'never' ? {} : { days: Number(span) }),
      },
    });
    setName('');
    onMade(token);
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <FormError>{make.error}</FormError>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_auto_auto_auto]">
        <TextField
          label="What is it for?"
          placeholder="Nightly export"
          isRequired
          maxLength={120}
          value={name}
          onChange={setName}
        />
        <Select
          label="It may"
          options={[
            { id: 'read', label: 'read' },
            { id: 'write', label: 'read and change' },
          ]}
          value={scope}
          onChange={setScope}
        />
        <Select
          label="For"
          options={Object.entries(SPANS).map(([id, label]) => ({ id: id as Span, label }))}
          value={span}
          onChange={setSpan}
        />
        <Button type="submit" isPending={make.busy}>
          Make a token
        </Button>
      </div>
    </form>
  );
}
