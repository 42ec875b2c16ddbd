'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';

export function MailLink({ email, onEmail }: { email: string; onEmail: (email: string) => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = useAction(async () => {
    await call('sign-in.link', { body: { email } });
    setSentTo(email);
  });
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send.run();
      }}
    >
      <FormError>{send.error}</FormError>
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        value={email}
        onChange={onEmail}
      />
      <Button type="submit" look="primary" isPending={send.busy}>
        {send.busy ? 'Sending…' : 'Mail me a link'}
      </Button>
      <p role="status" className="text-[14px] text-muted">
        {sentTo
          ? `If ${sentTo} has an account here, a link is on its way. It works once, for a short time.`
          : ''}
      </p>
    </form>
  );
}
