'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Section } from '@/components/ui/section';
import { TextField } from '@/components/ui/text-field';
import { toast } from '@/components/ui/toasts';
import { useAction } from '@/components/ui/use-action';

export function YourName({ name: known }: { name: string }) {
  const router = useRouter();
  const [name, setName] = useState(known);
  const save = useAction(async () => {
    const me = await call('me.update', { body: { name } });
    setName(me.name);
    toast({ text: `You are called ${me.name} now.` });
    router.refresh();
  });
  return (
    <Section title="Name" about="Stands beside everything you mark and write.">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <FormError>{save.error}</FormError>
        <div className="flex items-end gap-2">
          <TextField
            label="Your name"
            labelHidden
            autoComplete="name"
            isRequired
            maxLength={120}
            value={name}
            onChange={setName}
            className="grow"
          />
          <Button type="submit" isPending={save.busy} isDisabled={name.trim() === known}>
            Save
          </Button>
        </div>
      </form>
    </Section>
  );
}
