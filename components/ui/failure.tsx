'use client';

import { Button } from './button';
import { ButtonLink } from './button-link';

/** A page that could not be shown: what to do, and the number to quote to whoever runs the server. */
export function Failure({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-start justify-center gap-4 px-4">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">This page did not load</h1>
      <p className="text-muted" role="alert">
        What you saved is safe. Try again; if it keeps happening, tell whoever runs this server
        {digest ? (
          <>
            {' '}
            and give them the number <code>{digest}</code>
          </>
        ) : null}
        .
      </p>
      <div className="flex gap-2">
        <Button look="primary" onPress={onRetry}>
          Try again
        </Button>
        <ButtonLink href="/projects">Your projects</ButtonLink>
      </div>
    </main>
  );
}
