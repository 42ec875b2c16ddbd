'use client';
import { type ReactNode, useState } from 'react';
import { useLinkToken } from '../auth/link-token';
import { SecretMissing } from '../auth/secret-missing';
import { Button } from '../ui/button';
import { Spinner } from '../ui/progress';
import { TextField } from '../ui/text-field';
import { ThemeToggle } from '../ui/theme-toggle';
import { GuestReading } from './guest-reading';
import { useGuest } from './use-guest';

/** What somebody without an account sees who opened a link for guests. */
export function GuestDoor() {
  const token = useLinkToken();
  if (token === null) return <Frame>{<Spinner label="Opening" />}</Frame>;
  if (token === '')
    return (
      <Frame title="This link is not whole">
        <SecretMissing />
      </Frame>
    );
  return <Opened key={token} token={token} />;
}

function Opened({ token }: { token: string }) {
  const { standing, open, say } = useGuest(token);
  switch (standing.at) {
    case 'door':
      return (
        <Frame>
          <Spinner label="Opening" />
        </Frame>
      );
    case 'pin':
      return <AskPin wrong={standing.wrong} onPin={open} />;
    case 'end':
      return (
        <Frame title="Nothing more to read here">
          <p role="status" className="text-muted">
            {standing.why}
          </p>
        </Frame>
      );
    case 'fault':
      return (
        <Frame title="This did not work">
          <p role="alert" className="text-muted">
            {standing.why}
          </p>
          <Button onPress={() => void open(null)}>Try again</Button>
        </Frame>
      );
    case 'page':
      return <GuestReading page={standing.page} isAway={standing.isAway} onSay={say} />;
  }
}

function AskPin({ wrong, onPin }: { wrong: string | null; onPin: (pin: string) => Promise<void> }) {
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <Frame title="This link asks for a PIN">
      <form
        className="flex w-full flex-col items-start gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          await onPin(pin);
          setBusy(false);
        }}
      >
        <TextField
          label="PIN"
          hint="Those who sent you the link told you."
          error={wrong}
          autoFocus
          autoComplete="off"
          maxLength={64}
          value={pin}
          onChange={setPin}
          className="w-full"
        />
        <Button type="submit" look="primary" isPending={busy} isDisabled={pin.trim() === ''}>
          Open
        </Button>
      </form>
    </Frame>
  );
}

function Frame({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col items-start gap-4 px-4 py-10 sm:py-[12dvh]">
      {title === undefined ? (
        <h1 className="sr-only">For you to read</h1>
      ) : (
        <div className="flex w-full items-start justify-between gap-4">
          <h1 className="break-words font-serif text-[28px] font-semibold leading-tight">{title}</h1>
          <ThemeToggle />
        </div>
      )}
      {children}
    </main>
  );
}
