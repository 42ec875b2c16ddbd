'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ActionForm } from '@/components/ui/action-form';
import { Dialog } from '@/components/ui/dialog';
import { type Answer, call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';

const QrCode = dynamic(() => import('./qr-code').then((module) => module.QrCode), {
  ssr: false,
  loading: () => <div className="size-44" />,
});

/** Takes an authenticator app into use: it reads the code, and shows a first one of its own. */
export function AddAuthenticator({
  begun,
  onClose,
  onAdded,
}: {
  /** The secret that the app is to have; `null` while nothing was begun. */
  begun: Answer<'authenticator.begin'> | null;
  onClose: () => void;
  onAdded: (codes: string[] | null) => void;
}) {
  return (
    <Dialog title="Add an authenticator app" isOpen={begun !== null} onClose={onClose}>
      {begun ? <Steps begun={begun} onAdded={onAdded} /> : null}
    </Dialog>
  );
}

function Steps({
  begun,
  onAdded,
}: {
  begun: Answer<'authenticator.begin'>;
  onAdded: (codes: string[] | null) => void;
}) {
  const [code, setCode] = useState('');
  const confirm = useAction(async () => {
    onAdded((await call('authenticator.confirm', { body: { code } })).recoveryCodes);
  });
  return (
    <>
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <QrCode text={begun.uri} label="QR code for the authenticator app" />
        <div className="flex min-w-0 flex-col gap-3 text-[14px] text-muted">
          <p>
            Open the app on your phone (any that makes six-digit codes: Aegis, 2FAS, Google Authenticator, a
            password manager) and let it read this.
          </p>
          <p>No camera? Type this key into it:</p>
          <code className="select-all break-words rounded-md bg-accent-wash px-3 py-2 text-[15px] text-ink">
            {begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
        </div>
      </div>
      <ActionForm action={confirm} submit="Use this app" busy="Checking…">
        <TextField
          label="The code it shows now"
          inputMode="numeric"
          autoComplete="one-time-code"
          isRequired
          maxLength={10}
          value={code}
          onChange={setCode}
        />
      </ActionForm>
    </>
  );
}
