'use client';

import { useState } from 'react';
import { useSignOut } from '@/components/auth/sign-out';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { deviceWords } from './device-words';
import { useFresh } from './use-fresh';

export function Sessions({ me }: { me: { id: string } }) {
  const sessions = useFresh((signal) => call('session.list', { signal }));
  const end = useAction(async (id: string, current: boolean) => {
    await call('session.end', { body: { id } });
    if (current) window.location.assign('/sign-in');
    else sessions.reload();
  });
  const endOthers = useAction(async () => {
    await call('session.end', { body: { others: true } });
    sessions.reload();
  });
  const out = useSignOut(me.id);
  const [asking, setAsking] = useState(false);
  const [tokensToo, setTokensToo] = useState(true);
  return (
    <Section
      title="Where you are signed in"
      about="Ending a session also closes what is open there, at once."
      action={
        <div className="flex flex-wrap gap-2">
          {(sessions.data?.items.length ?? 0) > 1 ? (
            <Button size="small" isPending={endOthers.busy} onPress={() => endOthers.run()}>
              Sign out all others
            </Button>
          ) : null}
          <Button id="devices" size="small" look="danger" onPress={() => setAsking(true)}>
            Sign out everywhere
          </Button>
        </div>
      }
    >
      <ConfirmDialog
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void out.start(tokensToo ? 'everywhere and tokens' : 'everywhere');
        }}
      >
        <p className="pb-3">Every device is signed out, this one too, and what is open there is closed.</p>
        <Checkbox isSelected={tokensToo} onChange={setTokensToo}>
          Revoke my API tokens too: scripts that use them stop working
        </Checkbox>
      </ConfirmDialog>
      {out.dialog}
      <FormError>{end.error ?? endOthers.error ?? sessions.error}</FormError>
      {sessions.data ? (
        <ul className="border-t border-line">
          {sessions.data.items.map((session) => (
            <li
              key={session.id}
              className="flex items-center justify-between gap-4 border-b border-line py-2.5"
            >
              <span className="min-w-0">
                {deviceWords(session.userAgent)}
                {session.current ? <strong className="font-medium text-accent"> · this one</strong> : null}
                <span className="block text-[13px] text-muted">
                  {session.current ? (
                    'in use now'
                  ) : (
                    <>
                      last used <Time at={session.lastUsed} />
                    </>
                  )}
                  {session.ip ? ` from ${session.ip}` : ''} · signed in <Time at={session.created} />
                </span>
              </span>
              <Button
                size="small"
                aria-label={`Sign out ${deviceWords(session.userAgent)}`}
                isDisabled={end.busy}
                onPress={() => end.run(session.id, session.current)}
              >
                Sign out
              </Button>
            </li>
          ))}
        </ul>
      ) : sessions.error ? (
        <Button className="self-start" onPress={sessions.reload}>
          Try again
        </Button>
      ) : (
        <Spinner label="Reading your sessions" />
      )}
    </Section>
  );
}
