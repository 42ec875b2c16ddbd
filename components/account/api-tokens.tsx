'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { type Answer, call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Secret } from '@/components/ui/secret';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { useCall } from '@/components/ui/use-call';
import { NewToken } from './new-token';

const hasEnded = (expires: string) => Date.parse(expires) <= Date.now();

/** Keys for scripts and other programs. */
export function ApiTokens() {
  const tokens = useCall((signal) => call('token.list', { signal }));
  const [made, setMade] = useState<Answer<'token.create'> | null>(null);
  const revoke = useAction(async (id: string) => {
    await call('token.revoke', { body: { id } });
    if (made?.id === id) setMade(null);
    tokens.reload();
  });
  return (
    <Section
      title="API tokens"
      about={
        <>
          A token lets a script do what you may do, in every project you are in. How to use one:{' '}
          <Link href="/api/docs" className="text-accent underline underline-offset-2">
            the API
          </Link>
          .
        </>
      }
    >
      <FormError>{revoke.error ?? tokens.error}</FormError>
      {made ? (
        <div role="status" className="flex flex-col gap-2 rounded-md bg-accent-wash p-3">
          <p className="text-[14px]">
            <strong className="font-medium">{made.name}</strong> is ready. Copy it now: it is not shown again.
          </p>
          <Secret label={`Token ${made.name}`} value={made.token} />
        </div>
      ) : null}
      {tokens.data === null && tokens.error === null ? <Spinner label="Reading your tokens" /> : null}
      {tokens.data && tokens.data.items.length > 0 ? (
        <ul className="border-t border-line">
          {tokens.data.items.map((token) => (
            <li
              key={token.id}
              className="flex items-center justify-between gap-4 border-b border-line py-2.5"
            >
              <span className="min-w-0 break-words">
                {token.name}
                <span className="block text-[13px] text-muted">
                  {token.scopes.includes('write') ? 'reads and changes' : 'reads only'} · made{' '}
                  <Time at={token.created} />
                  {token.expires ? (
                    <>
                      {' '}
                      · {hasEnded(token.expires) ? <span className="text-danger">ran out</span> : 'runs out'}{' '}
                      <Time at={token.expires} />
                    </>
                  ) : null}
                </span>
              </span>
              <Button
                size="small"
                look="danger"
                aria-label={`Revoke ${token.name}`}
                isDisabled={revoke.busy}
                onPress={() => revoke.run(token.id)}
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <NewToken
        onMade={(token) => {
          setMade(token);
          tokens.reload();
        }}
      />
    </Section>
  );
}
