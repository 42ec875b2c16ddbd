'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { FormError } from '@/components/ui/form-error';
import { type Answer, call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import { useAction } from '@/components/ui/use-action';
import { useCall } from '@/components/ui/use-call';
import { dropInvitation, stashInvitation, useInvitationToken } from './link-token';
import { SecretMissing } from './secret-missing';
import { signInElsewhere } from './session';
import { SignUp } from './sign-up';

type Me = { name: string; email: string } | null;

const ROLE_MEANS: Record<string, string> = {
  editor: 'You can bring sources in, mark passages and write the notes.',
  annotator: 'You can mark passages and take part in discussions.',
  reader: 'You can read everything.',
  owner: 'You can do everything, and decide who is in.',
};

/** An invitation link as whoever opened it sees it. */
export function Invited({ me, organisation }: { me: Me; organisation: string | null }) {
  const token = useInvitationToken();
  if (token === null)
    return <Frame title="Your invitation">{<Spinner label="Reading the invitation" />}</Frame>;
  if (token === '') {
    return (
      <Frame title="Your invitation">
        <SecretMissing />
      </Frame>
    );
  }
  return <Offer key={token} token={token} me={me} organisation={organisation} />;
}

type Given = { token: string; me: Me; organisation: string | null };

function Offer({ token, me, organisation }: Given) {
  const { data, error, reload } = useCall((signal) => call('invitation.look', { body: { token }, signal }));
  if (data) return <Accept token={token} me={me} organisation={organisation} offer={data} />;
  return (
    <Frame title="Your invitation">
      {error ? (
        <>
          <FormError>{error}</FormError>
          <p className="text-muted">If it has run out, ask whoever sent it for a new one.</p>
          <Button onPress={reload}>Try again</Button>
        </>
      ) : (
        <Spinner label="Reading the invitation" />
      )}
    </Frame>
  );
}

function Accept({ token, me, organisation, offer }: Given & { offer: Answer<'invitation.look'> }) {
  const join = useAction(async () => {
    const project = await call('invitation.accept', { body: { token } });
    dropInvitation();
    window.location.assign(`/projects/${project.id}`);
  });
  const elsewhere = useAction(() => signInElsewhere('/projects', token));
  return (
    <Frame title={`Join ${offer.projectName}`}>
      <p className="text-muted">
        The team {offer.teamName} invites you as <strong className="text-ink">{offer.role}</strong>.{' '}
        {ROLE_MEANS[offer.role]} The invitation runs out <Time at={offer.expires} />.
      </p>
      {me ? (
        <>
          <FormError>{join.error}</FormError>
          <Button look="primary" isPending={join.busy} onPress={() => join.run()}>
            {join.busy ? 'Joining…' : `Join as ${me.name}`}
          </Button>
          <p className="text-[14px] text-muted">You are signed in as {me.email}.</p>
        </>
      ) : (
        <>
          {organisation ? (
            <>
              <FormError>{elsewhere.error}</FormError>
              <Button isPending={elsewhere.busy} onPress={() => elsewhere.run()}>
                Join with {organisation}
              </Button>
              <p className="text-[14px] text-muted">Or with a password:</p>
            </>
          ) : null}
          <SignUp token={token} />
          <p className="border-t border-line pt-4 text-[14px] text-muted">You have an account already?</p>
          <ButtonLink href="/sign-in?to=/invitations" onClick={() => stashInvitation(token)}>
            Sign in and join
          </ButtonLink>
        </>
      )}
    </Frame>
  );
}

function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 className="break-words font-serif text-[28px] font-semibold leading-tight">{title}</h1>
      {children}
    </div>
  );
}
