'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { call } from '@/components/ui/http';
import { useAction } from '@/components/ui/use-action';
import { EmailField } from './fields';

export function MailLink({ email, onEmail }: { email: string; onEmail: (email: string) => void }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = useAction(async () => {
    await call('sign-in.link', { body: { email } });
    setSentTo(email);
  });
  return (
    <>
      <ActionForm action={send} submit="Mail me a link" busy="Sending…">
        <EmailField value={email} onChange={onEmail} />
      </ActionForm>
      <p role="status" className="text-[14px] text-muted">
        {sentTo
          ? `If ${sentTo} has an account here, a link is on its way. It works once, for a short time.`
          : ''}
      </p>
    </>
  );
}
