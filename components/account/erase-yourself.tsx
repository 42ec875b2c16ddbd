'use client';

import Link from 'next/link';
import { useState } from 'react';
import { leave, unsentOf } from '@/components/auth/sign-out';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { call } from '@/components/ui/http';
import { TextField } from '@/components/ui/text-field';
import { useAction } from '@/components/ui/use-action';
import type { ErasurePlan } from '@/lib/erasure/erasure';
import type { Factors } from '@/lib/factors/factor';
import { useProved } from './prove';

type Asking = { readonly plan: ErasurePlan; readonly factors: Factors; readonly unsent: number };
type Me = { id: string; email: string };

/** Erases an account, once whoever it is of has read what goes and what stays, typed their address and proved who they are. */
export function EraseYourself({ me }: { me: Me }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const [isOpen, setOpen] = useState(false);
  const begin = useAction(async () => {
    const [plan, factors, unsent] = await Promise.all([
      call('me.plan-erasure'),
      call('factor.list'),
      unsentOf(me.id),
    ]);
    setAsking({ plan, factors, unsent });
    setOpen(true);
  });
  const proved = useProved(asking?.factors ?? null);
  const erase = (email: string) =>
    proved.run(async () => {
      await call('me.erase', { body: { email } });
      await leave(me.id);
    });
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-5">
      <p className="max-w-prose text-[14px] text-muted">
        You may also erase yourself: your name, your address and how you sign in are gone from here at once.
        What you wrote in shared projects stays there without your name.
      </p>
      <FormError>{begin.error}</FormError>
      <Button look="danger" className="self-start" isPending={begin.busy} onPress={() => begin.run()}>
        Erase yourself…
      </Button>
      <Dialog title="Erase yourself?" role="alertdialog" isOpen={isOpen} onClose={() => setOpen(false)}>
        {asking === null ? null : asking.plan.blockedBy.length > 0 ? (
          <HandOver projects={asking.plan.blockedBy} />
        ) : (
          <Confirm me={me} {...asking} error={proved.error} busy={proved.busy} onErase={erase} />
        )}
      </Dialog>
      {proved.dialog}
    </div>
  );
}

function HandOver({ projects }: { projects: ErasurePlan['blockedBy'] }) {
  return (
    <>
      <p>Nobody else owns these. Make another member an owner of each, or delete it, and come back:</p>
      <ul className="flex flex-col gap-1 border-s-2 border-line ps-4">
        {projects.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={`/projects/${id}/members`}
              className="rounded text-accent underline underline-offset-2"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Confirm({
  me,
  plan,
  unsent,
  error,
  busy,
  onErase,
}: Pick<Asking, 'plan' | 'unsent'> & {
  me: Me;
  error: string | null;
  busy: boolean;
  onErase: (email: string) => Promise<boolean>;
}) {
  const [email, setEmail] = useState('');
  const isMeant = email.trim().toLowerCase() === me.email;
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isMeant) void onErase(email);
      }}
    >
      <p className="font-medium">It can’t be undone.</p>
      <Counted title="Gone for good" first="Name, address, memberships" items={plan.goes} />
      <Counted title="Stays, under a pseudonym" first={null} items={plan.stays} />
      <ul className="flex list-disc flex-col gap-1 ps-5 text-[14px] text-muted">
        <li>Where somebody typed your name into a text of theirs, it stays: those are their words.</li>
        <li>Backups from before still hold you until they are thrown away.</li>
        {plan.aloneKnows > 0 ? (
          <li className="text-danger">
            Only you may look up who{' '}
            {plan.aloneKnows === 1 ? 'a protected speaker is' : `${plan.aloneKnows} protected speakers are`}.
            Name somebody else first, or nobody ever can.
          </li>
        ) : null}
        {unsent > 0 ? (
          <li className="text-danger">
            {unsent === 1 ? '1 change' : `${unsent} changes`} of yours never reached the server, and will be
            lost.
          </li>
        ) : null}
      </ul>
      <FormError>{error}</FormError>
      <TextField
        label={`Type ${me.email} to confirm`}
        value={email}
        onChange={setEmail}
        autoComplete="off"
        spellCheck="false"
        maxLength={254}
      />
      <Button type="submit" look="danger" className="self-end" isDisabled={!isMeant} isPending={busy}>
        {busy ? 'Erasing…' : 'Erase me for good'}
      </Button>
    </form>
  );
}

function Counted({
  title,
  first,
  items,
}: {
  title: string;
  /** What is there in any case. */
  first: string | null;
  items: readonly { what: string; count: number }[];
}) {
  const words = [...(first === null ? [] : [first]), ...items.map(({ what, count }) => `${what} (${count})`)];
  return (
    <div>
      <h3 className="text-[13px] font-medium text-muted">{title}</h3>
      <p>
        {words.length === 0
          ? 'Nothing: you made nothing that others share.'
          : `${words.join(', ').replace(/^./, (first) => first.toUpperCase())}.`}
      </p>
    </div>
  );
}
